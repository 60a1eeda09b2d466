import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Moment } from "@/components/ui/moment";
import { Money } from "@/components/ui/money";
import { Cell, Header, Row, RowLink, Table, TableBody, TableHead } from "@/components/ui/table";
import type { StockDocument } from "@/lib/inventory";

/** A stock document as it is read and printed. */
export function DocumentPaper({ document, shop }: { document: StockDocument; shop: string }) {
  const t = useTranslations("inventory");
  const { kind, branchName, toBranchName, lines } = document;
  const costed = lines.some(({ unitCost }) => unitCost !== null);
  const units = lines.reduce((sum, { quantity }) => sum + Math.abs(quantity), 0);
  const cost = lines.reduce((sum, { unitCost, quantity }) => sum + (unitCost ?? 0) * quantity, 0);
  return (
    <div className="flex flex-col gap-6">
      <header className="hidden print:block">
        <p className="text-lg font-semibold">{shop}</p>
        <h1 className="text-xl font-semibold">{t(`kind.${kind}`)}</h1>
        <p className="text-sm">{t("document.printed")}</p>
      </header>
      <Card className="print:border-0 print:shadow-none">
        <DescriptionList
          columns={3}
          items={[
            {
              label: t("documents.when"),
              value: <Moment value={document.at} timeZone={document.timeZone} />,
            },
            {
              label: t("documents.branch"),
              value: toBranchName ? t("documents.route", { from: branchName, to: toBranchName }) : branchName,
            },
            { label: t("documents.by"), value: document.createdByName },
            { label: t("documents.note"), value: document.note, wide: true },
          ]}
        />
      </Card>
      <Card
        flush
        title={t("document.lines")}
        footer={
          <>
            <span>{t("lines.total", { products: lines.length, units })}</span>
            {costed && (
              <span className="font-semibold text-ink">
                {t("document.total")} <Money minor={cost} />
              </span>
            )}
          </>
        }
        className="print:border-0 print:shadow-none"
      >
        <Lines lines={lines} costed={costed} />
      </Card>
      <p className="hidden pt-16 print:block">
        <span className="inline-block w-64 border-t border-ink pt-1 text-sm">{t("document.signature")}</span>
      </p>
    </div>
  );
}

function Lines({ lines, costed }: { lines: StockDocument["lines"]; costed: boolean }) {
  const t = useTranslations("inventory");
  return (
    <Table caption={t("document.lines")}>
      <TableHead>
        <Header>{t("lines.product")}</Header>
        <Header>{t("columns.sku")}</Header>
        <Header numeric>{t("lines.quantity")}</Header>
        <Header numeric>{t("document.balance")}</Header>
        {costed && <Header numeric>{t("document.cost")}</Header>}
      </TableHead>
      <TableBody>
        {lines.map((line) => (
          <Row key={line.productId}>
            <Cell lead>
              <RowLink href={`/products/${line.productId}`}>{line.name}</RowLink>
            </Cell>
            <Cell className="whitespace-nowrap text-ink-soft tabular">{line.sku}</Cell>
            <Cell numeric side className="font-medium">
              {line.quantity > 0 ? `+${line.quantity}` : `−${-line.quantity}`}
            </Cell>
            <Cell numeric label={t("document.balance")} className="text-ink-soft">
              {line.balanceAfter}
            </Cell>
            {costed && (
              <Cell numeric label={t("document.cost")}>
                {line.unitCost !== null && <Money minor={line.unitCost} />}
              </Cell>
            )}
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
