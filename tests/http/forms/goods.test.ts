// First, for its effect: what is loaded after it finds the framework stood in for.
import "@/tests/fixtures/at-work";

import { adjustStockAction, receiveStockAction, transferStockAction } from "@/app/(store)/inventory/actions";
import { createProductAction, updateProductAction } from "@/app/(store)/products/actions";
import type { World } from "../wall/world";
import { type Mistake, proveForm } from "./form-proof";

const EMPTY = "Completa este campo.";
const NUMBER = "Escribe un número.";
const PESOS = "Escribe un monto en pesos, sin decimales.";
const CHOICE = "Elige una de las opciones.";
const LISTED = "Elige un elemento de la lista.";

const aFrame = {
  name: "Lenga 4021",
  category: "frame",
  brand: "Lenga",
  sku: "",
  barcode: "",
  price: "59.990",
  cost: "20.000",
  lowStockAt: "2",
  tracksStock: "on",
};

const mistakesAboutProducts: Record<string, Mistake> = {
  "a product without a name and a price": {
    typed: { name: " ", price: "" },
    refused: { name: EMPTY, price: PESOS },
  },
  "amounts that are none": {
    typed: { price: "59,9", cost: "poco" },
    refused: { price: PESOS, cost: PESOS },
  },
  "a price below nothing": {
    typed: { price: "-5" },
    refused: { price: PESOS },
  },
  "a price that nobody asks": {
    typed: { price: "100.000.001" },
    refused: { price: "El máximo es $100.000.000." },
  },
  "a shelf that the shop does not have": { typed: { category: "hat" }, refused: { category: CHOICE } },
  "a barcode with an accent": {
    typed: { barcode: "código" },
    refused: { barcode: "Usa de 4 a 48 letras o números, sin espacios." },
  },
  "a barcode that another product has": {
    typed: { barcode: "7800000000024" },
    refused: { barcode: "Otro producto ya usa este código de barras." },
    code: "product.barcode_taken",
  },
  "a code that another product has": {
    typed: { sku: "LIM-1" },
    refused: { sku: "Otro producto ya usa este código." },
    code: "product.sku_taken",
  },
  "a threshold written as a word": { typed: { lowStockAt: "dos" }, refused: { lowStockAt: NUMBER } },
  "a threshold below nothing": { typed: { lowStockAt: "-1" }, refused: { lowStockAt: "El mínimo es 0." } },
  "words that fit no label": {
    typed: { name: "L".repeat(161), brand: "B".repeat(81), sku: "S".repeat(41) },
    refused: {
      name: "Usa como máximo 160 caracteres.",
      brand: "Usa como máximo 80 caracteres.",
      sku: "Usa como máximo 40 caracteres.",
    },
  },
};

proveForm("the form of a new product", {
  action: createProductAction,
  by: ({ vista }) => vista.store_manager,
  right: () => aFrame,
  mistakes: mistakesAboutProducts,
  writes: ["public.products", "public.audit_entries", "public.usage_counters"],
});

proveForm("the form of a known product", {
  action: updateProductAction,
  by: ({ vista }) => vista.store_manager,
  right: ({ own }) => ({ ...aFrame, sku: "ARM-1", barcode: "7800000000017", id: own.product, version: "1" }),
  mistakes: {
    ...mistakesAboutProducts,
    "a product whose code was wiped": { typed: { sku: " " }, refused: { sku: EMPTY } },
  },
  writes: ["public.products", "public.audit_entries"],
});

const mistakesInLines: Record<string, Mistake> = {
  "a quantity left empty": { typed: { "lines.1.quantity": " " }, refused: { "lines.1.quantity": EMPTY } },
  "quantities that nobody can count": {
    typed: { "lines.0.quantity": "1,5", "lines.1.quantity": "muchos" },
    refused: { "lines.0.quantity": NUMBER, "lines.1.quantity": NUMBER },
  },
  "none of it and too much of it": {
    typed: { "lines.0.quantity": "0", "lines.1.quantity": "100001" },
    refused: { "lines.0.quantity": "El mínimo es 1.", "lines.1.quantity": "El máximo es 100.000." },
  },
  "goods picked from nowhere": {
    typed: { "lines.0.productId": "x" },
    refused: { "lines.0.productId": LISTED },
  },
  "a note that fits no slip": {
    typed: { note: "n".repeat(201) },
    refused: { note: "Usa como máximo 200 caracteres." },
  },
  "no branch": { typed: { branchId: "" }, refused: { branchId: LISTED } },
  "a form that lost its key": {
    typed: { key: "" },
    refused: { key: "Recarga el formulario y vuelve a intentarlo." },
  },
};

function moreLinesThanFit({ own }: World): Record<string, string> {
  const fields: Record<string, string> = {};
  for (let line = 0; line <= 500; line++) {
    fields[`lines.${line}.productId`] = own.product;
    fields[`lines.${line}.quantity`] = "1";
  }
  return fields;
}
const TOO_MANY =
  "Un documento lleva hasta 500 productos. Quita los que sobran y regístralos en otro; no se guardó nada.";

const noLines = Object.fromEntries(
  [0, 1].flatMap((line) =>
    ["productId", "quantity", "unitCost"].map((field) => [`lines.${line}.${field}`, undefined]),
  ),
);

proveForm("the reception of goods", {
  action: receiveStockAction,
  right: ({ own, vista }) => ({
    key: "recepcion-uno",
    branchId: own.branch,
    note: "guía 12",
    "lines.0.productId": own.product,
    "lines.0.quantity": "5",
    "lines.0.unitCost": "12.000",
    "lines.1.productId": vista.cleaner,
    "lines.1.quantity": "3",
    "lines.1.unitCost": "",
  }),
  mistakes: {
    ...mistakesInLines,
    "a cost that nobody pays": {
      typed: { "lines.0.unitCost": "100.000.001" },
      refused: { "lines.0.unitCost": "El máximo es $100.000.000." },
    },
    "a cost that is no amount, beside a line that is right": {
      typed: { "lines.1.unitCost": "doce" },
      refused: { "lines.1.unitCost": PESOS },
    },
    "more products than a slip holds, of which none is left out": {
      typed: moreLinesThanFit,
      refused: { lines: TOO_MANY },
    },
    "a slip without goods": {
      typed: noLines,
      refused: { lines: "Agrega al menos un producto." },
    },
  },
  writes: ["public.stock_documents", "public.stock_levels", "public.stock_movements"],
});

proveForm("the transfer of goods", {
  action: transferStockAction,
  right: ({ own, vista }) => ({
    key: "traslado-uno",
    branchId: own.branch,
    toBranchId: own.secondBranch,
    note: "",
    "lines.0.productId": own.product,
    "lines.0.quantity": "2",
    "lines.1.productId": vista.cleaner,
    "lines.1.quantity": "1",
  }),
  mistakes: {
    ...mistakesInLines,
    "more products than a slip holds, of which none stays behind": {
      typed: moreLinesThanFit,
      refused: { lines: TOO_MANY },
    },
    "goods that stay where they are": {
      typed: ({ own }) => ({ toBranchId: own.branch }),
      refused: { toBranchId: "Elige otra sucursal: es la misma de origen." },
    },
    "goods that go to no branch": { typed: { toBranchId: "" }, refused: { toBranchId: LISTED } },
    "goods that go to a branch of the neighbour": {
      typed: ({ foreign }) => ({ toBranchId: foreign.branch }),
      refused: { toBranchId: "Esta sucursal ya no existe o está archivada." },
      code: "branch.not_found",
    },
    "more than there is, of the second of two": {
      typed: { "lines.1.quantity": "11" },
      refused: { "lines.1.quantity": "Quedan 10 unidades." },
      code: "stock.insufficient",
    },
  },
  writes: ["public.stock_documents", "public.stock_levels", "public.stock_movements"],
});

proveForm("the count of a product", {
  action: adjustStockAction,
  right: ({ own }) => ({
    key: "conteo-uno",
    branchId: own.branch,
    productId: own.product,
    book: "14",
    counted: "7",
    reason: "conteo de la semana",
  }),
  mistakes: {
    "a count that nobody wrote down, which is not a count of zero": {
      typed: { counted: "" },
      refused: { counted: EMPTY },
    },
    "a count in words": { typed: { counted: "siete" }, refused: { counted: NUMBER } },
    "a count below nothing": { typed: { counted: "-1" }, refused: { counted: "El mínimo es 0." } },
    "a count without a reason": {
      typed: { reason: " no " },
      refused: { reason: "Escribe el motivo, al menos 3 letras." },
    },
    "a count of what was sold meanwhile": {
      typed: { book: "15" },
      refused: {
        counted:
          "El stock cambió mientras contabas: ahora el sistema tiene 14. Revisa el conteo y vuelve a guardar.",
      },
      code: "stock.changed",
    },
    "a count of nothing": { typed: { productId: "" }, refused: { productId: "Elige un producto." } },
  },
  writes: ["public.stock_documents", "public.stock_levels", "public.stock_movements", "public.audit_entries"],
});
