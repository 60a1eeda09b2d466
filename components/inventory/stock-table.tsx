import { useTranslations } from "next-intl";
import { StockCount } from "@/components/catalog/stock-count";
import { Cell, Header, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import type { StockRow } from "@/lib/inventory";

export interface StockTableProps {
  rows: readonly StockRow[];
  /** The branch that the list is sorted for, first. */
  branches: readonly { readonly id: string; readonly name: string }[];
}

/** Columns that fit; a shop with more branches sees its own and the sum. */
const MOST_BRANCHES = 4;

/** Units on the shelves, by branch. */
export function StockTable({ rows, branches }: StockTableProps) {
  const t = useTranslations("inventory");
  const shown = branches.slice(0, branches.length > MOST_BRANCHES ? 1 : MOST_BRANCHES);
  return (
    <Table caption={t("caption")}>
      <TableHead>
        <Header>{t("columns.product")}</Header>
        <Header hideBelow="lg">{t("columns.sku")}</Header>
        {shown.map(({ id, name }, index) => (
          <Header key={id} numeric className={index === 0 ? "text-ink" : undefined}>
            {name}
          </Header>
        ))}
        {branches.length > 1 && <Header numeric>{t("columns.total")}</Header>}
        <Header numeric hideBelow="lg">
          {t("columns.lowStockAt")}
        </Header>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Row key={row.id}>
            <Cell lead>
              <RowLink href={`/products/${row.id}/movements`}>{row.name}</RowLink>
            </Cell>
            <Cell hideBelow="lg" className="whitespace-nowrap text-ink-soft tabular">
              {row.sku}
            </Cell>
            {shown.map(({ id, name }, index) => (
              <Cell key={id} numeric side={index === 0} {...(index > 0 && { label: name })}>
                <StockCount
                  units={row.levels[id] ?? null}
                  lowAt={row.lowStockAt}
                  {...(index > 0 && { className: "font-normal" })}
                />
              </Cell>
            ))}
            {branches.length > 1 && (
              <Cell numeric label={t("columns.total")} className="font-medium">
                {Object.values(row.levels).reduce((sum, units) => sum + units, 0)}
              </Cell>
            )}
            <Cell numeric hideBelow="lg" className="text-ink-soft">
              {row.lowStockAt}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
