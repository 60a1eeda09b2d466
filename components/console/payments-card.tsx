import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { CreditCard } from "@/components/ui/icons";
import { Moment } from "@/components/ui/moment";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { CONSOLE_ZONE } from "./organizations-table";
import { GatewayName } from "./payments-parts";

interface PaymentsCardProps {
  payments: readonly {
    id: string;
    gateway: string;
    status: string;
    amount: number;
    currency: string;
    created_at: string;
  }[];
}

/** The newest payments of an organization to us. */
export function PaymentsCard({ payments }: PaymentsCardProps) {
  const t = useTranslations("console.payments");
  return (
    <Card title={t("title")} flush>
      {payments.length === 0 ? (
        <EmptyState icon={<CreditCard />} title={t("emptyTitle")} description={t("emptyDescription")} />
      ) : (
        <Table caption={t("title")}>
          <TableHead>
            <Header>{t("date")}</Header>
            <Header>{t("gateway")}</Header>
            <Header>{t("state")}</Header>
            <Header numeric>{t("amount")}</Header>
          </TableHead>
          <TableBody>
            {payments.map((payment) => (
              <Row key={payment.id}>
                <Cell lead>
                  <Moment value={payment.created_at} timeZone={CONSOLE_ZONE} />
                </Cell>
                <Cell label={t("gateway")}>
                  <GatewayName id={payment.gateway} />
                </Cell>
                <Cell label={t("state")}>
                  <StatusBadge status={payment.status} />
                </Cell>
                <Cell label={t("amount")} numeric>
                  <Money minor={payment.amount} currency={payment.currency === "USD" ? "USD" : "CLP"} />
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}
