import { useTranslations } from "next-intl";
import { Moment } from "@/components/ui/moment";
import { Cell, Header, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import { CONSOLE_ZONE } from "./organizations-table";
import { gatewayName } from "./payments-parts";
import { NoticeStatus, ProofBadge } from "./webhooks-parts";

interface WebhooksTableProps {
  path: string;
  rows: readonly {
    id: number;
    gateway: string;
    kind: string;
    reference: string | null;
    verified_by: string;
    status: string;
    attempts: number;
    received_at: Date;
    next_attempt_at: Date;
    last_error: string | null;
    organization: string | null;
  }[];
}

/** Notices, the newest first. */
export function WebhooksTable({ rows, path }: WebhooksTableProps) {
  const t = useTranslations("consolePayments");
  return (
    <Table caption={t("webhooks.title")}>
      <TableHead>
        <Header>{t("webhooks.when")}</Header>
        <Header>{t("gateway")}</Header>
        <Header>{t("reference")}</Header>
        <Header>{t("proof.label")}</Header>
        <Header>{t("state")}</Header>
        <Header numeric hideBelow="md">
          {t("webhooks.attempts")}
        </Header>
        <Header hideBelow="lg">{t("webhooks.error")}</Header>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Row key={row.id}>
            <Cell lead>
              <RowLink href={`${path}/${row.id}`}>
                <Moment value={row.received_at} timeZone={CONSOLE_ZONE} />
              </RowLink>
              <span className="block text-xs font-normal text-ink-faint">#{row.id}</span>
            </Cell>
            <Cell label={t("gateway")}>
              {gatewayName(row.gateway)}
              <span className="block text-xs text-ink-faint">{row.kind}</span>
            </Cell>
            <Cell label={t("reference")}>
              <span className="block max-w-48 truncate font-mono text-xs">{row.reference ?? "—"}</span>
              {row.organization && <span className="block text-xs text-ink-faint">{row.organization}</span>}
            </Cell>
            <Cell label={t("proof.label")}>
              <ProofBadge proof={row.verified_by} />
            </Cell>
            <Cell label={t("state")}>
              <NoticeStatus status={row.status} />
            </Cell>
            <Cell numeric hideBelow="md">
              {row.attempts}
              {row.status === "received" && (
                <span className="block text-xs text-ink-faint">
                  <Moment value={row.next_attempt_at} timeZone={CONSOLE_ZONE} as="relative" />
                </span>
              )}
            </Cell>
            <Cell hideBelow="lg">
              <span className="block max-w-64 truncate text-sm text-ink-soft">{row.last_error ?? "—"}</span>
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
