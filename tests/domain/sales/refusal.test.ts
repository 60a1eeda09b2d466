import { describe, expect, test } from "vitest";
import { emptyTill, type Till } from "@/components/pos/cart";
import { afterRefusal, losesApproval, refusedOf, stillTrue } from "@/components/pos/refusal";
import { reduceTill, type TillEvent } from "@/components/pos/till-events";
import type { Problem } from "@/components/ui/problem";
import { cleaner, frame } from "./till-fixtures";

const after = (till: Till, ...events: TillEvent[]) => events.reduce(reduceTill, till);
const cart = after(
  emptyTill,
  { type: "productAdded", product: cleaner, quantity: 3 },
  { type: "productAdded", product: frame, quantity: 1 },
);

function aRefusal(code: Problem["code"], ...errors: [pointer: string, detail: string][]): Problem {
  return {
    type: `https://opttius.app/problems/${code}`,
    title: "Conflicto",
    status: 409,
    detail: "Algo no calza.",
    instance: "r",
    code,
    errors: errors.map(([pointer, detail]) => ({ pointer, code, detail })),
  };
}

const noticeOf = (problem: Problem) => afterRefusal(problem, cart.lines, []).notice;

describe("a refused sale", () => {
  const gone = noticeOf(aRefusal("product.not_found", ["/lines/1/productId", "Ya no está a la venta."]));

  test("marks the line that it is about, and names its product", () => {
    expect(refusedOf(gone, frame.id)).toBe("Armazón clásico: Ya no está a la venta.");
    expect(refusedOf(gone, cleaner.id)).toBeNull();
  });

  test("names a product once where the sentence does so itself", () => {
    const short = aRefusal("sale.insufficient_stock", ["/lines/0/quantity", "Quedan 2 de Limpiador."]);
    expect(refusedOf(noticeOf(short), cleaner.id)).toBe("Quedan 2 de Limpiador.");
  });

  test("marks nothing where it is about something else", () => {
    const other = aRefusal(
      "customer.not_found",
      ["/customerId", "El cliente ya no existe."],
      ["/lines/7/productId", "?"],
      ["/linesOfSomething/0", "?"],
    );
    expect(noticeOf(other)).toMatchObject({ kind: "refused", lines: [] });
  });

  test("is spoken of until its line leaves the cart, whatever else happens there", () => {
    const without = (product: typeof frame) => after(cart, { type: "lineRemoved", productId: product.id });
    expect(stillTrue(gone, without(cleaner))).toEqual(gone);
    expect(stillTrue(gone, without(frame))).toBeNull();
  });

  test("for want of stock is spoken of until fewer are asked for", () => {
    const short = noticeOf(aRefusal("sale.insufficient_stock", ["/lines/0/quantity", "Quedan 2."]));
    const asked = (quantity: number) => after(cart, { type: "quantitySet", productId: cleaner.id, quantity });
    expect(stillTrue(short, asked(4))).toEqual(short);
    expect(stillTrue(short, asked(2))).toBeNull();
  });

  test("leads to the drawer, to an approval or back to the cart", () => {
    expect(afterRefusal(aRefusal("cash_session.required"), cart.lines, [])).toEqual({
      layer: { kind: "pay" },
      notice: null,
    });
    expect(afterRefusal(aRefusal("sale.approval_invalid"), cart.lines, []).layer).toEqual({
      kind: "approve",
    });
    expect(afterRefusal(aRefusal("sale.already_voided"), cart.lines, []).layer).toBeNull();
  });

  test("because it was voided since takes its approval along: that was good for one sale", () => {
    expect(losesApproval(aRefusal("sale.already_voided"))).toBe(true);
    expect(losesApproval(aRefusal("sale.approval_invalid"))).toBe(true);
    expect(losesApproval(aRefusal("product.not_found"))).toBe(false);
  });
});
