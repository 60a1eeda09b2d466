import Link from "next/link";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import { Cell, Header, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { ToldEntry } from "@/lib/audit";

export interface ActivityTableProps {
  entries: readonly ToldEntry[];
  timeZone: string;
  /** Leads to the records; left out where the page is that record. */
  linked?: boolean;
}

/** Who did what and when, the newest first. */
export function ActivityTable({ entries, timeZone, linked = false }: ActivityTableProps) {
  const t = useTranslations("activity");
  return (
    <Table caption={t("caption")}>
      <TableHead>
        <Header>{t("when")}</Header>
        <Header>{t("who")}</Header>
        <Header>{t("what")}</Header>
        <Header>{t("details")}</Header>
      </TableHead>
      <TableBody>
        {entries.map((entry) => (
          <Row key={entry.seq} className="align-top">
            <Cell className="whitespace-nowrap text-ink-soft tabular">
              <Moment value={entry.at} timeZone={timeZone} />
            </Cell>
            <Cell className="font-medium sm:whitespace-nowrap">
              {entry.via === "system" ? t("via.system") : entry.actorName}
              {entry.via === "console" && <Badge className="ml-2">{t("via.console")}</Badge>}
            </Cell>
            <Cell className="max-sm:w-full">
              {linked && entry.href ? (
                <Link href={entry.href} className="text-brand-text underline-offset-2 hover:underline">
                  {entry.sentence}
                </Link>
              ) : (
                entry.sentence
              )}
            </Cell>
            <Cell className="max-w-120 text-ink-soft max-sm:w-full">
              <Details entry={entry} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function Details({ entry: { details, reason } }: { entry: ToldEntry }) {
  const t = useTranslations("activity");
  return (
    <ul className="flex flex-col gap-0.5 break-words">
      {reason && <li className="text-ink">{t("reason", { reason })}</li>}
      {details.map((detail) => (
        <li key={detail}>{detail}</li>
      ))}
    </ul>
  );
}
