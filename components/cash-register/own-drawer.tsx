import { useLocale, useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import type { FormAction } from "@/components/ui/form-outcome";
import { Lock, ScanBarcode } from "@/components/ui/icons";
import { Moment } from "@/components/ui/moment";
import { StatusBadge } from "@/components/ui/status-badge";
import type { SessionReport } from "@/lib/cash-register";
import { formatMoney } from "@/lib/money";
import { formatDay } from "@/lib/time";
import { MoveCashButton } from "./move-cash-button";
import { MovementList } from "./movement-list";

interface OwnDrawerProps {
  session: SessionReport;
  moveCash: FormAction<null>;
  maySell: boolean;
}

/** One's open drawer. What it should hold is not told here: the count at the end is blind. */
export function OwnDrawer({ session, moveCash, maySell }: OwnDrawerProps) {
  const t = useTranslations("cashRegister.drawer");
  const locale = useLocale();
  return (
    <div className="flex flex-col gap-6">
      <Card
        title={
          <span className="flex items-center gap-3">
            {t("title")}
            <StatusBadge status="open" />
          </span>
        }
        actions={
          maySell && (
            <ButtonLink href="/pos" size="sm" icon={<ScanBarcode aria-hidden className="size-4" />}>
              {t("sell")}
            </ButtonLink>
          )
        }
      >
        <DescriptionList
          columns={3}
          items={[
            { label: t("openedAt"), value: <Moment value={session.openedAt} timeZone={session.timeZone} /> },
            { label: t("businessDate"), value: formatDay(session.businessDate, locale) },
            { label: t("float"), value: formatMoney(session.openingFloat, "CLP", locale) },
          ]}
        />
        <div className="mt-5 flex flex-wrap gap-2.5">
          <MoveCashButton sessionId={session.id} kind="paid_in" action={moveCash} />
          <MoveCashButton sessionId={session.id} kind="paid_out" action={moveCash} />
          <ButtonLink
            href={`/cash-register/sessions/${session.id}/close`}
            variant="primary"
            icon={<Lock aria-hidden />}
            className="sm:ml-auto"
          >
            {t("close")}
          </ButtonLink>
        </div>
      </Card>
      <Card title={t("movements")}>
        {session.movements.length > 0 ? (
          <MovementList movements={session.movements} timeZone={session.timeZone} />
        ) : (
          <p className="text-ink-soft">{t("noMovements")}</p>
        )}
      </Card>
      <Alert tone="neutral">{t("blind")}</Alert>
    </div>
  );
}
