import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import { Cell, Header, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import type { DocumentRow } from "@/lib/inventory";

export interface DocumentTableProps {
  rows: readonly DocumentRow[];
  /** Names by branch id. */
  branches: ReadonlyMap<string, string>;
  timeZone: string;
}

const documentTones = {
  receive: "success",
  transfer: "info",
  adjust: "warning",
} as const satisfies Record<DocumentRow["kind"], Tone>;

/** Papers behind goods that moved by hand. */
export function DocumentTable({ rows, branches, timeZone }: DocumentTableProps) {
  const t = useTranslations("inventory");
  return (
    <Table caption={t("documents.caption")}>
      <TableHead>
        <Header>{t("documents.when")}</Header>
        <Header>{t("documents.kind")}</Header>
        <Header>{t("documents.branch")}</Header>
        <Header hideBelow="md">{t("documents.note")}</Header>
        <Header hideBelow="lg">{t("documents.by")}</Header>
        <Header numeric hideBelow="md">
          {t("documents.products")}
        </Header>
        <Header numeric>{t("documents.units")}</Header>
      </TableHead>
      <TableBody>
        {rows.map((row) => {
          const from = branches.get(row.branchId) ?? "";
          const to = row.toBranchId && branches.get(row.toBranchId);
          return (
            <Row key={row.id}>
              <Cell lead className="whitespace-nowrap tabular">
                <RowLink href={`/inventory/documents/${row.id}`}>
                  <Moment value={row.at} timeZone={timeZone} />
                </RowLink>
              </Cell>
              <Cell side>
                <Badge tone={documentTones[row.kind]}>{t(`kind.${row.kind}`)}</Badge>
              </Cell>
              <Cell className="text-ink-soft">{to ? t("documents.route", { from, to }) : from}</Cell>
              <Cell hideBelow="md" className="max-w-64 truncate text-ink-soft">
                {row.note}
              </Cell>
              <Cell hideBelow="lg" className="text-ink-soft">
                {row.createdByName}
              </Cell>
              <Cell numeric hideBelow="md" className="text-ink-soft">
                {row.products}
              </Cell>
              <Cell numeric label={t("documents.units")}>
                {row.units}
              </Cell>
            </Row>
          );
        })}
      </TableBody>
    </Table>
  );
}
