import { useLocale, useTranslations } from "next-intl";
import { Moment } from "@/components/ui/moment";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, Header, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import type { SessionRow } from "@/lib/cash-register";
import { formatMoney } from "@/lib/money";
import { formatDay } from "@/lib/time";
import { Difference } from "./difference";

/** Drawers of one page of the list. */
export function SessionTable({
  rows,
  severalBranches,
}: {
  rows: readonly SessionRow[];
  severalBranches: boolean;
}) {
  const t = useTranslations("cashRegister.sessions");
  const locale = useLocale();
  return (
    <Table caption={t("caption")}>
      <TableHead>
        <Header>{t("day")}</Header>
        <Header>{t("member")}</Header>
        {severalBranches && <Header hideBelow="lg">{t("branch")}</Header>}
        <Header hideBelow="md">{t("openedAt")}</Header>
        <Header hideBelow="md">{t("closedAt")}</Header>
        <Header numeric>{t("counted")}</Header>
        <Header numeric>{t("difference")}</Header>
        <Header>{t("status")}</Header>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Row key={row.id}>
            <Cell lead className="whitespace-nowrap tabular">
              <RowLink href={`/cash-register/sessions/${row.id}`}>
                {formatDay(row.businessDate, locale)}
              </RowLink>
            </Cell>
            <Cell className="max-w-48 truncate">{row.memberName}</Cell>
            {severalBranches && <Cell hideBelow="lg">{row.branchName}</Cell>}
            <Cell hideBelow="md" className="tabular">
              <Moment value={row.openedAt} timeZone={row.timeZone} as="time" />
            </Cell>
            <Cell hideBelow="md" className="tabular">
              {row.closedAt ? <Moment value={row.closedAt} timeZone={row.timeZone} as="time" /> : "—"}
            </Cell>
            <Cell numeric label={t("counted")}>
              {row.counted ? formatMoney(row.counted.cash, "CLP", locale) : "—"}
            </Cell>
            <Cell numeric label={t("difference")}>
              {row.cashDifference === null ? "—" : <Difference pesos={row.cashDifference} />}
            </Cell>
            <Cell>
              <StatusBadge status={row.status} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
