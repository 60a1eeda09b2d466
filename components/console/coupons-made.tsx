import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { CopyButton } from "@/components/ui/copy-button";

/** A coupon that was made just now: its code, to be handed over. */
export function CouponsMade({ code }: { code: string }) {
  const t = useTranslations("consoleCoupons.detail");
  return (
    <Alert tone="success" title={t("made")}>
      <p>{t("madeHint")}</p>
      <p className="mt-2 flex flex-wrap items-center gap-1">
        <code className="text-lg font-semibold break-all">{code}</code>
        <CopyButton text={code} label={t("copy")} />
      </p>
    </Alert>
  );
}
