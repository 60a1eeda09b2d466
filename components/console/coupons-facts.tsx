import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { DescriptionList } from "@/components/ui/description-list";
import { Moment } from "@/components/ui/moment";
import {
  CouponDiscount,
  CouponLasts,
  CouponPlans,
  type CouponTerms,
  CouponUses,
  lastInstant,
} from "./coupons-parts";
import { CONSOLE_ZONE } from "./organizations-table";

interface CouponsFactsProps {
  coupon: CouponTerms & {
    code: string;
    note: string;
    made_by: string | null;
    created_at: string;
    retired_at: string | null;
  };
}

/** What a coupon promises, to whom, and who made it. */
export function CouponsFacts({ coupon }: CouponsFactsProps) {
  const t = useTranslations("consoleCoupons");
  const moment = (value: string | null) => value && <Moment value={value} timeZone={CONSOLE_ZONE} />;
  return (
    <Card title={t("detail.facts")}>
      <DescriptionList
        columns={3}
        items={[
          {
            label: t("code"),
            value: (
              <span className="flex items-center gap-1">
                <code className="min-w-0 text-sm break-all">{coupon.code}</code>
                <CopyButton text={coupon.code} label={t("detail.copy")} />
              </span>
            ),
          },
          { label: t("discount"), value: <CouponDiscount coupon={coupon} /> },
          { label: t("detail.lasts"), value: <CouponLasts coupon={coupon} /> },
          { label: t("plans"), value: <CouponPlans coupon={coupon} /> },
          { label: t("detail.from"), value: <Moment value={coupon.valid_from} timeZone={CONSOLE_ZONE} /> },
          { label: t("detail.until"), value: <LastDay until={coupon.valid_until} /> },
          {
            label: t("uses"),
            value: (
              <>
                <CouponUses coupon={coupon} />
                <span className="block text-xs text-ink-faint">{t("detail.usesHint")}</span>
              </>
            ),
          },
          { label: t("detail.madeBy"), value: coupon.made_by },
          { label: t("detail.madeAt"), value: moment(coupon.created_at) },
          ...(coupon.retired_at ? [{ label: t("detail.retiredAt"), value: moment(coupon.retired_at) }] : []),
          { label: t("note"), value: coupon.note, wide: true },
        ]}
      />
    </Card>
  );
}

function LastDay({ until }: { until: Date | string | null }) {
  const t = useTranslations("consoleCoupons.detail");
  if (until === null) return t("noEnd");
  return <Moment value={lastInstant(until)} timeZone={CONSOLE_ZONE} as="day" />;
}
