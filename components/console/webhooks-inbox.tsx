import { useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/ui/alert-dialog";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form";
import { Moment } from "@/components/ui/moment";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { CONSOLE_ZONE } from "./organizations-table";
import { gatewayName } from "./payments-parts";

interface WebhooksInboxProps {
  rows: readonly {
    gateway: string;
    waiting: number;
    dead: number;
    refused: number;
    last_notice_at: Date | null;
  }[];
  /** Null for staff who may only look. */
  replay: FormAction<unknown> | null;
}

/** How the inbox stands, gateway by gateway; nothing before the first notice. */
export function WebhooksInbox({ rows, replay }: WebhooksInboxProps) {
  const t = useTranslations("consolePayments.webhooks");
  const c = useTranslations("consolePayments");
  if (rows.length === 0) return null;
  return (
    <Card title={t("inbox")} flush>
      <Table caption={t("inbox")}>
        <TableHead>
          <Header>{c("gateway")}</Header>
          <Header numeric>{t("waiting")}</Header>
          <Header numeric>{t("dead")}</Header>
          <Header numeric>{t("refused")}</Header>
          <Header>{t("last")}</Header>
          <Header>
            <span className="sr-only">{t("replayDead")}</span>
          </Header>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <Row key={row.gateway}>
              <Cell lead>{gatewayName(row.gateway)}</Cell>
              <Cell label={t("waiting")} numeric>
                {row.waiting}
              </Cell>
              <Cell label={t("dead")} numeric>
                {row.dead > 0 ? <Badge tone="danger">{row.dead}</Badge> : 0}
              </Cell>
              <Cell label={t("refused")} numeric>
                {row.refused > 0 ? <Badge tone="warning">{row.refused}</Badge> : 0}
              </Cell>
              <Cell label={t("last")}>
                {row.last_notice_at ? (
                  <Moment value={row.last_notice_at} timeZone={CONSOLE_ZONE} as="relative" />
                ) : (
                  t("never")
                )}
              </Cell>
              <Cell>
                {replay && row.dead > 0 && (
                  <ConfirmButton
                    size="sm"
                    label={t("replayDead")}
                    title={t("replayDeadTitle", { count: row.dead, gateway: gatewayName(row.gateway) })}
                    description={t("replayDeadHint")}
                    action={replay}
                    values={{ id: row.gateway }}
                    tone="primary"
                    confirmLabel={t("replay")}
                    successMessage={t("replayed")}
                  />
                )}
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
