import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Moment } from "@/components/ui/moment";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { formatInstant } from "@/lib/time";
import { CONSOLE_ZONE } from "./organizations-table";

interface ActivityCardProps {
  activity: readonly {
    seq: number;
    at: string;
    actor_name: string;
    via: "shop" | "console" | "system";
    action: string;
    reason: string | null;
  }[];
  /** When the whole trail was looked at last, as an ISO text. */
  verifiedAt: string | null;
}

/**
 * The newest entries of an organization's audit trail, actions by their code, as in the trail itself; and when somebody last
 * made sure that nobody had changed it.
 */
export function ActivityCard({ activity, verifiedAt }: ActivityCardProps) {
  const t = useTranslations("console.activity");
  const via = useTranslations("activity.via");
  const locale = useLocale();
  const looked = verifiedAt
    ? t("looked", { at: formatInstant(new Date(verifiedAt), CONSOLE_ZONE, locale) })
    : t("notLooked");
  return (
    <Card title={t("title")} description={`${t("description")} ${looked}`} flush>
      <Table caption={t("title")}>
        <TableHead>
          <Header>{t("at")}</Header>
          <Header>{t("who")}</Header>
          <Header>{t("what")}</Header>
          <Header>{t("why")}</Header>
        </TableHead>
        <TableBody>
          {activity.map((entry) => (
            <Row key={entry.seq}>
              <Cell lead>
                <Moment value={entry.at} timeZone={CONSOLE_ZONE} />
              </Cell>
              <Cell label={t("who")}>
                {entry.actor_name}{" "}
                <Badge tone={entry.via === "console" ? "accent" : "neutral"}>{via(entry.via)}</Badge>
              </Cell>
              <Cell label={t("what")}>
                <code className="text-xs">{entry.action}</code>
              </Cell>
              <Cell label={t("why")}>{entry.reason ?? "—"}</Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
