import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Moment } from "@/components/ui/moment";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { SubscriptionDetail } from "@/lib/console";
import { formatInstant } from "@/lib/time";
import { CONSOLE_ZONE } from "./organizations-table";
import { Amount, GatewayName } from "./payments-parts";
import { PaymentLink, PlanName } from "./subscriptions-parts";

/** What a shop paid for or was given, period by period. */
export function SubscriptionsPeriods({ periods }: Pick<SubscriptionDetail, "periods">) {
  const t = useTranslations("consoleSubscriptions");
  const locale = useLocale();
  return (
    <Card title={t("periods.title")} description={t("periods.description")} flush>
      {periods.length === 0 ? (
        <p className="px-5 pb-4.5 text-ink-soft">{t("periods.none")}</p>
      ) : (
        <Table caption={t("periods.title")}>
          <TableHead>
            <Header>{t("periods.from")}</Header>
            <Header>{t("periods.to")}</Header>
            <Header>{t("plan")}</Header>
            <Header numeric>{t("periods.value")}</Header>
            <Header>{t("periods.payment")}</Header>
          </TableHead>
          <TableBody>
            {periods.map((period) => (
              <Row key={`${period.payment_id} ${period.period_start}`}>
                <Cell lead>
                  <Moment value={period.period_start} timeZone={CONSOLE_ZONE} />
                </Cell>
                <Cell label={t("periods.to")}>
                  <Moment value={period.period_end} timeZone={CONSOLE_ZONE} />{" "}
                  {period.ended_early && <Badge tone="warning">{t("periods.early")}</Badge>}
                </Cell>
                <Cell label={t("plan")}>
                  <PlanName
                    tier={period.tier_code}
                    version={period.tier_version}
                    interval={period.billing_interval}
                  />
                </Cell>
                <Cell label={t("periods.value")} numeric>
                  <Amount minor={period.value} currency={period.currency} />
                </Cell>
                <Cell label={t("periods.payment")}>
                  <span className="inline-flex flex-wrap items-center gap-x-2">
                    <GatewayName id={period.gateway} />
                    <PaymentLink
                      id={period.payment_id}
                      label={t("periods.openPaymentOf", {
                        day: formatInstant(new Date(period.period_start), CONSOLE_ZONE, locale),
                      })}
                    >
                      {t("periods.openPayment")}
                    </PaymentLink>
                  </span>
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}
