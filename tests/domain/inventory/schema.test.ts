import { describe, expect, test } from "vitest";
import { adjustment, reception, transfer } from "@/lib/inventory/schema";

const [branch, other, product] = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`);
const form = (fields: object = {}) => ({
  key: "clave-del-formulario",
  branchId: branch,
  note: "",
  ...fields,
});

describe("a stock document as a form sends it", () => {
  test("gathers its lines in their order", () => {
    const input = reception.parse(
      form({
        "lines.1.productId": other,
        "lines.1.quantity": "2",
        "lines.1.unitCost": "",
        "lines.0.productId": product,
        "lines.0.quantity": "10",
        "lines.0.unitCost": "12.990",
      }),
    );
    expect(input.lines).toEqual([
      { productId: product, quantity: 10, unitCost: 12_990 },
      { productId: other, quantity: 2, unitCost: null },
    ]);
    expect(input.note).toBeNull();
  });

  test("says at which line what is wrong", () => {
    const refused = reception.safeParse(
      form({
        "lines.0.productId": product,
        "lines.0.quantity": "0",
        "lines.1.productId": "x",
        "lines.1.quantity": "1",
      }),
    );
    expect(refused.error?.issues.map(({ path }) => path.join("."))).toEqual([
      "lines.0.quantity",
      "lines.1.productId",
    ]);
  });

  test.each([{}, { lines: [] }])("is refused without lines: %j", (lines) => {
    expect(reception.safeParse(form(lines)).error?.issues[0]).toMatchObject({
      path: ["lines"],
      message: "inventory.refusals.lines",
    });
  });

  const manyLines = (count: number) => {
    const fields: Record<string, string> = {};
    for (let n = 0; n < count; n++) {
      fields[`lines.${n}.productId`] = product ?? "";
      fields[`lines.${n}.quantity`] = "1";
    }
    return fields;
  };

  test("holds 500 products, and is refused with one more: none is left out in silence", () => {
    const { lines } = reception.parse(form(manyLines(500)));
    expect(lines).toHaveLength(500);
    for (const refused of [
      reception.safeParse(form(manyLines(501))),
      transfer.safeParse(form({ ...manyLines(501), toBranchId: other })),
      reception.safeParse(form({ "lines.7000.productId": product, ...manyLines(500) })),
    ])
      expect(refused.error?.issues).toMatchObject([
        { path: ["lines"], message: "inventory.refusals.tooManyLines", maximum: 500 },
      ]);
  });

  test("says one sentence of thousands of lines that are none", () => {
    const flood: Record<string, string> = {};
    for (let n = 0; n < 30_000; n++) flood[`lines.${n}.quantity`] = "x";
    expect(reception.safeParse(form(flood)).error?.issues).toHaveLength(1);
  });

  test("goes from one branch to another one", () => {
    const lines = { "lines.0.productId": product, "lines.0.quantity": "1" };
    expect(transfer.safeParse(form({ toBranchId: other, ...lines })).success).toBe(true);
    expect(transfer.safeParse(form({ toBranchId: branch, ...lines })).error?.issues[0]?.path).toEqual([
      "toBranchId",
    ]);
  });

  test("counts whole units and wants a reason", () => {
    const count = (fields: object) =>
      adjustment.safeParse(
        form({ productId: product, book: "10", counted: "7", reason: "conteo", ...fields }),
      );
    expect(count({}).success).toBe(true);
    expect(count({ counted: "0" }).success).toBe(true);
    expect(count({ book: "-2" }).success).toBe(true);
    for (const fields of [
      { counted: "-1" },
      { counted: "1.5" },
      { book: "" },
      { counted: "", reason: "  " },
      { reason: "no" },
      { productId: "" },
    ]) {
      expect(count(fields).success).toBe(false);
    }
  });
});
