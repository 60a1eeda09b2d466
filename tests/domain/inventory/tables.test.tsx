import { describe, expect, test } from "vitest";
import { NearLimit } from "@/components/billing/near-limit";
import { LabelSheet } from "@/components/catalog/label-sheet";
import { MovementTable } from "@/components/catalog/movement-table";
import { PriceHistory } from "@/components/catalog/price-history";
import { ProductFacts } from "@/components/catalog/product-facts";
import { StockCard } from "@/components/catalog/stock-card";
import { StockCount } from "@/components/catalog/stock-count";
import { DocumentPaper } from "@/components/inventory/document-paper";
import { DocumentTable } from "@/components/inventory/document-table";
import { StockTable } from "@/components/inventory/stock-table";
import { readTableView } from "@/components/ui/table-view";
import type { Product } from "@/lib/catalog";
import type { StockMovement, StockRow } from "@/lib/inventory";
import { code128 } from "@/lib/receipts/barcode";
import { markup, shown } from "../home/shown";
import { seen } from "../ui/seen";

const branches = [
  { id: "a", name: "Centro", timeZone: "America/Santiago" },
  { id: "b", name: "Hanga Roa", timeZone: "Pacific/Easter" },
];

describe("a count of units", () => {
  test.each([
    [5, 2, "5"],
    [5, null, "5"],
    [2, 2, "2 , Stock bajo"],
    [0, null, "0 , Sin stock"],
    [-3, 2, "-3 , Sin stock"],
    [1500, null, "1.500"],
  ])("says in words what its colour means: %i of %j", (units, lowAt, text) => {
    expect(shown(<StockCount units={units} lowAt={lowAt} />)).toBe(text);
  });

  test("is no number for what keeps no stock", () => {
    expect(shown(<StockCount units={null} lowAt={null} />)).toBe("— No lleva stock");
  });
});

describe("the ledger", () => {
  const movement = (fields: Partial<StockMovement>): StockMovement => ({
    id: Math.random().toString(36),
    at: new Date("2026-11-22T15:00:00Z"),
    branchId: "a",
    kind: "sale",
    quantity: -2,
    balanceAfter: 8,
    reason: null,
    documentId: null,
    orderId: null,
    ...fields,
  });

  test("leads to the sale or the paper behind an entry, on the clock of its branch", () => {
    const html = markup(
      <MovementTable
        movements={[
          movement({ orderId: "o1" }),
          movement({ kind: "receive", quantity: 5, documentId: "d1", reason: "Guía 12", branchId: "b" }),
          movement({ kind: "martian", quantity: 1 }),
        ]}
        branches={branches}
        linksOrders
      />,
    );
    expect(html).toContain('href="/orders/o1"');
    expect(html).toContain('href="/inventory/documents/d1"');
    expect(html).toContain("−2");
    expect(html).toContain("+5");
    expect(html).toContain("10:00"); // noon in Santiago
    expect(html).toContain("martian");
  });

  test("leads to no sale for who may not see it", () => {
    const html = markup(
      <MovementTable movements={[movement({ orderId: "o1" })]} branches={branches} linksOrders={false} />,
    );
    expect(html).not.toContain("/orders/");
  });
});

describe("the shelves", () => {
  const row = (levels: StockRow["levels"]): StockRow => ({
    id: "p",
    sku: "LEN-1",
    name: "Lenga",
    brand: null,
    category: "frame",
    lowStockAt: 2,
    levels,
    isLow: true,
  });

  test("show each branch and the sum", () => {
    const text = seen(
      <StockTable view={readTableView("/inventory", {})} rows={[row({ a: 1, b: 12 })]} branches={branches} />,
    ).text;
    expect(text).toContain("Producto Código Centro Hanga Roa Total Aviso");
    expect(text).toContain("Lenga LEN-1 1 , Stock bajo 12 13 2");
  });

  test("show the own branch and the sum where there are many", () => {
    const many = Array.from({ length: 7 }, (_, n) => ({ id: `s${n}`, name: `Sucursal ${n}` }));
    const text = seen(
      <StockTable view={readTableView("/inventory", {})} rows={[row({ s0: 3, s6: 4 })]} branches={many} />,
    ).text;
    expect(text).toContain("Sucursal 0 Total Aviso");
    expect(text).not.toContain("Sucursal 1");
    expect(text).toContain("3 7 2");
  });

  test("leave out of every sum what stands in an archived branch", () => {
    const text = seen(
      <StockTable
        view={readTableView("/inventory", {})}
        rows={[row({ a: 1, b: 12, gone: 40 })]}
        branches={branches}
      />,
    ).text;
    expect(text).toContain("1 , Stock bajo 12 13 2");
    const levels = new Map([
      ["a", 3],
      ["gone", 40],
    ]);
    expect(shown(<StockCard branches={branches} levels={levels} lowStockAt={null} tracksStock />)).toContain(
      "Total 3",
    );
    const stocked = new Map([["a", 12_000]]);
    expect(shown(<StockCard branches={branches} levels={stocked} lowStockAt={null} tracksStock />)).toContain(
      "Total 12.000",
    );
  });

  test("of one product tell branches that never had it from empty ones", () => {
    const text = shown(
      <StockCard branches={branches} levels={new Map([["a", 0]])} lowStockAt={null} tracksStock />,
    );
    expect(text).toContain("Centro 0 , Sin stock Hanga Roa Nunca lo ha tenido Total 0");
    const service = (
      <StockCard branches={branches} levels={new Map()} lowStockAt={null} tracksStock={false} />
    );
    expect(shown(service)).toContain("Este producto no lleva stock.");
  });
});

describe("a product's record", () => {
  const product: Product = {
    id: "p",
    sku: "LEN-1",
    barcode: "7800000000017",
    name: "Lenga",
    category: "frame",
    brand: null,
    price: 59_990,
    cost: 20_000,
    taxKind: "taxable",
    tracksStock: true,
    allowsNegative: false,
    lowStockAt: 0,
    version: 1,
    archivedAt: null,
    createdAt: new Date("2026-01-02T15:00:00Z"),
    updatedAt: new Date("2026-01-02T15:00:00Z"),
  };

  test("takes the price apart and doubts a wrong check digit", () => {
    const text = shown(<ProductFacts product={product} timeZone="America/Santiago" showsCost />);
    expect(text).toContain("Precio de venta $59.990 Neto · IVA 19 % $50.412 + $9.578");
    expect(text).toContain("Costo neto $20.000 Margen $30.412 (60,3%)");
    expect(text).toContain("7800000000017 Revisar dígito");
    expect(text).toContain("Aviso de stock bajo al agotarse");
  });

  test("keeps what it cost from who does not keep the catalogue", () => {
    const text = shown(<ProductFacts product={product} timeZone="America/Santiago" showsCost={false} />);
    expect(text).not.toMatch(/Costo|Margen|20\.000/);
  });

  test("shows exempt services without tax", () => {
    const exam = { ...product, taxKind: "exempt" as const, category: "service" as const, tracksStock: false };
    const text = shown(<ProductFacts product={exam} timeZone="America/Santiago" showsCost />);
    expect(text).toContain("Impuesto Exento");
    expect(text).not.toContain("Aviso de stock bajo");
  });

  test("remembers its prices", () => {
    const change = {
      id: "c",
      at: new Date("2026-05-02T15:00:00Z"),
      actorName: "Carolina",
      before: 9_990,
      after: 12_990,
    };
    expect(shown(<PriceHistory changes={[change]} timeZone="America/Santiago" />)).toContain(
      "$9.990 $12.990 Carolina · 02-05-2026",
    );
    expect(shown(<PriceHistory changes={[]} timeZone="America/Santiago" />)).toContain(
      "El precio no ha cambiado",
    );
  });

  test.each([
    [{ used: 80, max: 100 }, ""],
    [{ used: 80, max: null }, ""],
    [{ used: 95, max: 100 }, "95 de 100 productos Quedan 5 lugares en tu plan. Ver planes"],
    [
      { used: 100, max: 100 },
      "100 de 100 productos Tu plan llegó a su límite. Archiva los que ya no vendas o mejora el plan para agregar más. Ver planes",
    ],
    [
      { used: 130, max: 100 },
      "130 de 100 productos Son más de los que incluye tu plan. Nada se borra: todo se puede ver y cambiar, pero no agregar. Archiva los que ya no vendas o mejora el plan. Ver planes",
    ],
  ])("warns before the plan is full: %j", (usage, text) => {
    expect(shown(<NearLimit metric="products" usage={usage} mayUpgrade />)).toBe(text);
  });

  test("whoever may not see the plans is told whom to ask, once it matters", () => {
    const told = (used: number) =>
      shown(<NearLimit metric="customers" usage={{ used, max: 500 }} mayUpgrade={false} />);
    expect(told(498)).toBe("498 de 500 clientes Quedan 2 lugares en tu plan.");
    expect(told(500)).toContain("Pide a quien es dueño de la óptica que mejore el plan.");
  });
});

describe("papers and labels", () => {
  const document = {
    id: "d",
    kind: "transfer" as const,
    at: new Date("2026-11-22T15:00:00Z"),
    branchId: "a",
    branchName: "Centro",
    timeZone: "America/Santiago",
    toBranchName: "Hanga Roa",
    note: "Por avión",
    createdByName: "Matías Araya",
    lines: [
      {
        productId: "p",
        name: "Lenga",
        sku: "LEN-1",
        barcode: null,
        quantity: -3,
        balanceAfter: 4,
        unitCost: null,
      },
      {
        productId: "q",
        name: "Duna",
        sku: "DUN-1",
        barcode: null,
        quantity: -1,
        balanceAfter: 0,
        unitCost: null,
      },
    ],
  };

  test("say from where to where, how many, and what remains", () => {
    const text = shown(<DocumentPaper document={document} shop="Óptica Vista" />);
    expect(text).toContain("Centro → Hanga Roa");
    expect(text).toContain("Lenga LEN-1 −3 4");
    expect(text).toContain("2 productos, 4 unidades");
    expect(text).not.toContain("Costo unitario");
  });

  test("add up what goods cost that came in", () => {
    const lines = document.lines.map((line) => ({ ...line, quantity: 3, unitCost: 10_000 }));
    const text = shown(
      <DocumentPaper document={{ ...document, kind: "receive", lines }} shop="Óptica Vista" />,
    );
    expect(text).toContain("Total $60.000");
  });

  test("are listed with their branches by name", () => {
    const row = { ...document, toBranchId: "b", products: 2, units: 4 };
    const names = new Map(branches.map(({ id, name }) => [id, name]));
    const text = seen(
      <DocumentTable
        view={readTableView("/inventory/documents", {})}
        rows={[row]}
        branches={names}
        timeZone="America/Santiago"
      />,
    ).text;
    expect(text).toContain("22-11-2026, 12:00 Traslado Centro → Hanga Roa Por avión Matías Araya 2 4");
  });

  test("are read aloud once, however many labels there are", () => {
    const label = { name: "Lenga", price: 59_990, shop: "Óptica Vista" };
    const html = markup(<LabelSheet count={3} {...label} barcode={code128("7800000000016")} />);
    expect(html.match(/<article/g)).toHaveLength(3);
    expect(html.match(/<article aria-hidden="true"/g)).toHaveLength(2);
    expect(html.match(/<path/g)).toHaveLength(3);
    expect(markup(<LabelSheet count={1} {...label} barcode={null} />)).not.toContain("<path");
  });
});
