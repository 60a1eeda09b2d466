import { useTranslations } from "next-intl";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, Header, Row, RowLink, SortHeader, Table, TableBody, TableHead } from "@/components/ui/table";
import type { TableView } from "@/components/ui/table-view";
import type { ProductRow } from "@/lib/catalog";
import { StockCount } from "./stock-count";

export interface ProductTableProps {
  rows: readonly ProductRow[];
  view: TableView;
  /** Stock is shown to who may see it; the sum over branches where there are several. */
  stock: "none" | "branch" | "branches";
}

/** The products of one page of the list. */
export function ProductTable({ rows, view, stock }: ProductTableProps) {
  const t = useTranslations("products");
  return (
    <Table caption={t("caption")}>
      <TableHead>
        <SortHeader view={view} column="name">
          {t("columns.name")}
        </SortHeader>
        <SortHeader view={view} column="sku">
          {t("columns.sku")}
        </SortHeader>
        <Header hideBelow="lg">{t("columns.category")}</Header>
        {stock !== "none" && (
          <SortHeader view={view} column="stock" numeric>
            {t("columns.stock")}
          </SortHeader>
        )}
        {stock === "branches" && (
          <Header numeric hideBelow="md">
            {t("columns.everywhere")}
          </Header>
        )}
        <SortHeader view={view} column="price" numeric>
          {t("columns.price")}
        </SortHeader>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Row key={row.id}>
            <Cell lead>
              <RowLink href={`/products/${row.id}`}>{row.name}</RowLink>
              {row.archivedAt && <StatusBadge status="archived" className="ml-2" />}
            </Cell>
            <Cell className="whitespace-nowrap text-ink-soft tabular">{row.sku}</Cell>
            <Cell hideBelow="lg" className="text-ink-soft">
              {t(`category.${row.category}`)}
            </Cell>
            {stock !== "none" && (
              <Cell numeric label={t("columns.stock")}>
                <StockCount units={row.stock} lowAt={row.lowStockAt} />
              </Cell>
            )}
            {stock === "branches" && (
              <Cell numeric hideBelow="md" className="text-ink-soft">
                {row.stockEverywhere}
              </Cell>
            )}
            <Cell numeric side>
              <Money minor={row.price} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
