import { describe, expect, test } from "vitest";
import { emptyTill, saleBody, type Till } from "@/components/pos/cart";
import { readTill, tillFrom, writeTill } from "@/components/pos/stored-till";
import { reduceTill } from "@/components/pos/till-events";
import { frame } from "./till-fixtures";

const filled: Till = reduceTill(
  reduceTill(emptyTill, { type: "productAdded", product: frame, quantity: 2 }),
  { type: "customerChosen", customer: { id: "c", name: "María José Núñez", detail: "12.345.678-5" } },
);

describe("a cart in the browser's storage", () => {
  test("comes back as it was, a sale without answer and its key included", () => {
    const pending = {
      key: "f".repeat(32),
      body: saleBody(filled, "b", [{ method: "cash", amount: 100_000 }]),
      tenders: [],
    };
    const waiting = reduceTill(filled, { type: "sent", pending });
    expect(readTill(writeTill(waiting))).toEqual(waiting);
    expect(readTill(writeTill(filled))).toEqual(filled);
    expect(readTill(writeTill(emptyTill))).toEqual(emptyTill);
  });

  test.each([
    ["nothing", null],
    ["no JSON", "{lines"],
    ["another version", JSON.stringify({ version: 0, till: emptyTill })],
    ["a list", "[]"],
    ["no till", JSON.stringify({ version: 1 })],
    [
      "a line without price",
      JSON.stringify({
        version: 1,
        till: { ...emptyTill, lines: [{ ...filled.lines[0], unitPrice: null }] },
      }),
    ],
    [
      "a price in fractions",
      JSON.stringify({ version: 1, till: { ...emptyTill, lines: [{ ...filled.lines[0], unitPrice: 0.5 }] } }),
    ],
    [
      "a negative quantity",
      JSON.stringify({ version: 1, till: { ...emptyTill, lines: [{ ...filled.lines[0], quantity: -1 }] } }),
    ],
    [
      "a customer whose address is no text",
      JSON.stringify({ version: 1, till: { ...emptyTill, customer: { id: "c", name: "M", email: {} } } }),
    ],
    [
      "a pending sale without key",
      JSON.stringify({ version: 1, till: { ...emptyTill, pending: { body: {}, tenders: [] } } }),
    ],
  ])("is left aside when it is %s", (_, text) => {
    expect(readTill(text)).toBeNull();
  });
});

test("an approval that names no pesos is asked for anew", () => {
  const approval = { id: "a", maxDiscountBp: 2_000, expiresAt: 1 };
  expect(tillFrom({ ...filled, approval })?.approval).toBeNull();
  expect(tillFrom({ ...filled, approval: { ...approval, maxDiscount: 3_000 } })?.approval).toMatchObject(
    approval,
  );
});

test("a cart that another till parked is read as carefully", () => {
  expect(tillFrom(JSON.parse(JSON.stringify(filled)))).toEqual(filled);
  expect(tillFrom({})).toBeNull();
  expect(tillFrom("cart")).toBeNull();
});
