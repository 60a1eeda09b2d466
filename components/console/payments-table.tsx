import { useTranslations } from "next-intl";
import { Moment } from "@/components/ui/moment";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, Header, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { CONSOLE_ZONE } from "./organizations-table";
import { Amount, GatewayName, TestBadge } from "./payments-parts";

interface PaymentsTableProps {
  path: string;
  rows: readonly {
    id: string;
    organization: string;
    payer_email: string;
    gateway: string;
    status: string;
    amount: number;
    currency: string;
    refunded_amount: number;
    test_mode: boolean;
    reference: string | null;
    gateway_reference: string | null;
    created_at: Date;
  }[];
}

/** Payments of all shops, the newest first. */
export function PaymentsTable({ rows, path }: PaymentsTableProps) {
  const t = useTranslations("consolePayments");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <Header>{t("organization")}</Header>
        <Header>{t("date")}</Header>
        <Header>{t("gateway")}</Header>
        <Header hideBelow="lg">{t("reference")}</Header>
        <Header>{t("state")}</Header>
        <Header numeric hideBelow="md">
          {t("refunded")}
        </Header>
        <Header numeric>{t("amount")}</Header>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Row key={row.id}>
            <Cell lead>
              <RowLink href={`${path}/${row.id}`}>{row.organization}</RowLink>
              <span className="block text-xs font-normal text-ink-faint">{row.payer_email}</span>
            </Cell>
            <Cell label={t("date")}>
              <Moment value={row.created_at} timeZone={CONSOLE_ZONE} />
            </Cell>
            <Cell label={t("gateway")}>
              <span className="inline-flex flex-wrap items-center gap-1.5">
                <GatewayName id={row.gateway} />
                {row.test_mode && <TestBadge />}
              </span>
            </Cell>
            <Cell hideBelow="lg">
              <span className="block max-w-44 truncate font-mono text-xs">
                {row.gateway_reference ?? row.reference ?? "—"}
              </span>
            </Cell>
            <Cell label={t("state")}>
              <StatusBadge status={row.status} />
            </Cell>
            <Cell numeric hideBelow="md">
              {row.refunded_amount > 0 ? <Amount minor={row.refunded_amount} currency={row.currency} /> : "—"}
            </Cell>
            <Cell label={t("amount")} numeric>
              <Amount minor={row.amount} currency={row.currency} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
