import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { History } from "@/components/ui/icons";
import { Moment } from "@/components/ui/moment";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { CONSOLE_ZONE } from "./organizations-table";
import { gatewayName } from "./payments-parts";

interface Change {
  id: number;
  at: string;
  kind: string;
  gateway: string;
  details: { by?: string | null; mode?: string | readonly (string | null)[] | null; reason?: string };
}

const kinds = ["credentials_changed", "credentials_forgotten", "mode_switched", "paused", "resumed"] as const;

/** Who changed what about the gateways. */
export function GatewaysChanges({ changes }: { changes: readonly Change[] }) {
  const t = useTranslations("consolePayments.gateways");
  const c = useTranslations("consolePayments");
  return (
    <Card title={t("changes")} description={t("changesHint")} flush>
      {changes.length === 0 ? (
        <EmptyState icon={<History />} title={t("noChanges")} description={t("noChangesHint")} />
      ) : (
        <Table caption={t("changes")}>
          <TableHead>
            <Header>{t("when")}</Header>
            <Header>{c("gateway")}</Header>
            <Header>{t("who")}</Header>
            <Header>{t("what")}</Header>
            <Header>{t("why")}</Header>
          </TableHead>
          <TableBody>
            {changes.map((change) => (
              <Row key={change.id}>
                <Cell lead>
                  <Moment value={change.at} timeZone={CONSOLE_ZONE} />
                </Cell>
                <Cell label={c("gateway")}>{gatewayName(change.gateway)}</Cell>
                <Cell label={t("who")}>{change.details.by ?? "—"}</Cell>
                <Cell label={t("what")}>{whatOf(change.kind)}</Cell>
                <Cell label={t("why")}>{whyOf(change.details)}</Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );

  function whatOf(kind: string): string {
    const known = kinds.find((one) => kind === `gateway.${one}`);
    return known ? t(`kinds.${known}`) : kind;
  }

  function whyOf({ reason, mode }: Change["details"]): string {
    if (reason) return reason;
    if (typeof mode === "string") return t("toMode", { mode });
    if (mode) return mode.map((one) => t("toMode", { mode: one ?? "environment" })).join(" → ");
    return "—";
  }
}
