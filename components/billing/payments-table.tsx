import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { CreditCard } from "@/components/ui/icons";
import { Moment } from "@/components/ui/moment";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { currencyOf, tierCode } from "./names";
import { gatewayCode } from "./offers";

interface PaymentsTableProps {
  payments: readonly {
    id: string;
    gateway: string;
    status: string;
    amount: number;
    currency: string;
    tier: string;
    interval: string;
    createdAt: Date;
    continueUrl: string | null;
  }[];
  timeZone: string;
  mayPay: boolean;
}

/** Every attempt of the shop to pay its subscription, the newest first. */
export function PaymentsTable({ payments, timeZone, mayPay }: PaymentsTableProps) {
  const t = useTranslations("billing");
  return (
    <Card title={t("history")} flush>
      {payments.length === 0 ? (
        <EmptyState icon={<CreditCard />} title={t("historyEmpty")} description={t("historyEmptyHint")} />
      ) : (
        <Table caption={t("history")}>
          <TableHead>
            <Header>{t("date")}</Header>
            <Header>{t("plan")}</Header>
            <Header>{t("state")}</Header>
            <Header>{t("gateway")}</Header>
            <Header numeric>{t("amount")}</Header>
          </TableHead>
          <TableBody>
            {payments.map((payment) => (
              <Row key={payment.id}>
                <Cell lead>
                  <Moment value={payment.createdAt} timeZone={timeZone} />
                </Cell>
                <Cell label={t("plan")}>
                  {t(`tiers.${tierCode(payment.tier)}`)} · {t("interval", { interval: payment.interval })}
                </Cell>
                <Cell label={t("state")}>
                  <StatusBadge status={payment.status} />
                  {mayPay && payment.continueUrl && (
                    <a
                      href={payment.continueUrl}
                      className="ml-2 text-brand-text underline underline-offset-2"
                    >
                      {t("continue")}
                    </a>
                  )}
                </Cell>
                <Cell label={t("gateway")}>
                  {t(`gateways.${payment.gateway === "credit" ? "credit" : gatewayCode(payment.gateway)}`)}
                </Cell>
                <Cell label={t("amount")} numeric>
                  <Money minor={payment.amount} currency={currencyOf(payment.currency)} />
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}
