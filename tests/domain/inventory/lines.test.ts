import { expect, test } from "vitest";
import { addGoods, type Lines, noLines, removeGoods, setQuantity } from "@/components/inventory/lines";
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
