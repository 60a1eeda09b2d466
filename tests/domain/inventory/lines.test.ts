import { expect, test } from "vitest";
import {
  addGoods,
  type Lines,
  linesFrom,
  noLines,
  removeGoods,
  setQuantity,
  setUnitCost,
} from "@/components/inventory/lines";
import type { Goods } from "@/lib/inventory";

const box = (id: string): Goods => ({
  id,
  sku: id,
  barcode: null,
  name: `Caja ${id}`,
  stock: 0,
  isExact: true,
});
const read = (codes: string, most = 500, from: Lines = noLines) =>
  codes.split(" ").reduce((known, id) => addGoods(known, box(id), most), from);
const told = ({ lines, leftOut }: Lines) => [
  lines.map(({ goods, quantity }) => `${goods.id} ${quantity}`).join(", "),
  leftOut?.name ?? null,
];

test("each reading of a box adds a unit, and another box another line", () => {
  expect(told(read("a b a"))).toEqual(["a 2, b 1", null]);
});

test("a field that was emptied counts on from nothing", () => {
  expect(told(read("a", 500, setQuantity(read("a b"), "a", Number.NaN)))).toEqual(["a 1, b 1", null]);
});

test("a product more than the document takes is named and not taken; those that are in it count on", () => {
  const full = read("a b c", 2);
  expect(told(full)).toEqual(["a 1, b 1", "Caja c"]);
  expect(told(setQuantity(full, "a", 7))).toEqual(["a 7, b 1", "Caja c"]);
  expect(told(read("b", 2, full))).toEqual(["a 1, b 2", null]);
});

test("a line that was taken out makes room", () => {
  const full = read("a b c", 2);
  expect(told(removeGoods(full, "a"))).toEqual(["b 1", null]);
  expect(told(read("c", 2, removeGoods(full, "a")))).toEqual(["b 1, c 1", null]);
});

test("what was kept in the browser comes back as it was, an empty field and a cost included", () => {
  const lines = setUnitCost(setQuantity(read("a b"), "b", Number.NaN), "a", 12_990);
  const stored: unknown = JSON.parse(JSON.stringify(lines));
  expect(linesFrom(stored)).toEqual(lines);
  expect(linesFrom(JSON.parse(JSON.stringify(read("a b c", 2))))).toEqual(read("a b"));
});

test.each([
  ["nothing", null],
  ["a list", []],
  ["lines that are none", { lines: ["a"] }],
  [
    "a product without a name",
    { lines: [{ goods: { ...box("a"), name: null }, quantity: 1, unitCost: null }] },
  ],
  ["units in words", { lines: [{ goods: box("a"), quantity: "dos", unitCost: null }] }],
  ["a cost in words", { lines: [{ goods: box("a"), quantity: 1, unitCost: "caro" }] }],
])("%s in the browser's storage is left aside", (_, stored) => {
  expect(linesFrom(stored)).toBeNull();
});
