import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Moment } from "@/components/ui/moment";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { SubscriptionDetail } from "@/lib/console";
import { CONSOLE_ZONE } from "./organizations-table";
import { Amount } from "./payments-parts";
import { PaymentLink } from "./subscriptions-parts";

const tones = { open: "warning", paid: "success", void: "neutral", refunded: "info" } as const;

/** One statement for each period, with the payment that settled it. */
export function SubscriptionsInvoices({ invoices }: Pick<SubscriptionDetail, "invoices">) {
  const t = useTranslations("consoleSubscriptions.invoices");
  return (
    <Card title={t("title")} flush>
      {invoices.length === 0 ? (
        <p className="px-5 pb-4.5 text-ink-soft">{t("none")}</p>
      ) : (
        <Table caption={t("title")}>
          <TableHead>
            <Header>{t("number")}</Header>
            <Header>{t("period")}</Header>
            <Header hideBelow="md">{t("issued")}</Header>
            <Header>{t("state")}</Header>
            <Header numeric>{t("total")}</Header>
            <Header>{t("payment")}</Header>
          </TableHead>
          <TableBody>
            {invoices.map((invoice) => (
              <Row key={invoice.id}>
                <Cell lead>{invoice.number}</Cell>
                <Cell label={t("period")}>
                  <Moment value={invoice.period_start} timeZone={CONSOLE_ZONE} as="day" /> –{" "}
                  <Moment value={invoice.period_end} timeZone={CONSOLE_ZONE} as="day" />
                </Cell>
                <Cell hideBelow="md">
                  <Moment value={invoice.issued_at} timeZone={CONSOLE_ZONE} />
                </Cell>
                <Cell label={t("state")}>
                  <Badge tone={tones[invoice.status]}>{t(`status.${invoice.status}`)}</Badge>
                </Cell>
                <Cell label={t("total")} numeric>
                  <Amount minor={invoice.total} currency={invoice.currency} />
                </Cell>
                <Cell label={t("payment")}>
                  {invoice.payment_id ? (
                    <PaymentLink
                      id={invoice.payment_id}
                      label={t("openPaymentOf", { number: invoice.number })}
                    >
                      {t("openPayment")}
                    </PaymentLink>
                  ) : (
                    "—"
                  )}
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}
