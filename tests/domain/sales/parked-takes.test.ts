import { describe, expect, test } from "vitest";
import type { Called } from "@/components/pos/actions";
import { takeOf, UnansweredTakes } from "@/components/pos/parked-takes";
import type { Problem } from "@/components/ui/problem";
import type { ParkedSale } from "@/lib/sales";

const refused = (code: string, status: number): Called<never> => ({
  ok: false,
  problem: { code, status, detail: "" } as Problem,
});
const lost: Called<never> = { ok: false, problem: null };
const notThere = refused("parked_sale.not_found", 404);

describe("taking up a parked sale", () => {
  test.each([
    ["an answer", { ok: true, data: { cart: {} } } as const, "taken"],
    ["no answer", lost, "unanswered"],
    ["a server that broke down meanwhile", refused("server.unavailable", 503), "unanswered"],
    ["somebody who was quicker", notThere, "gone"],
    ["a plan without a till", refused("tier.feature_locked", 402), "refused"],
  ] as const)("with %s", (_, answer, take) => {
    expect(takeOf(answer)).toBe(take);
  });
});

describe("a sale whose take had no answer", () => {
  const sale = (id: string): ParkedSale => ({ id, label: id, parkedAt: new Date(0), cart: {} });

  test("stays within reach when the list is opened again and does not have it any more", () => {
    const takes = new UnansweredTakes();
    takes.keep("centro", sale("a"), "intento-1");
    expect(takes.with("centro", [sale("b")]).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(takes.with("centro", [sale("b"), sale("a")]).map(({ id }) => id)).toEqual(["b", "a"]);
    expect(takes.with("mall", [])).toEqual([]);
    takes.forget("a");
    expect(takes.with("centro", [])).toEqual([]);
  });

  test("is reached for under the same key until somebody knows what came of it", () => {
    const takes = new UnansweredTakes();
    takes.keep("centro", sale("a"), "intento-1");
    expect([takes.keyOf("a"), takes.keyOf("b")]).toEqual(["intento-1", undefined]);
    takes.forget("a");
    expect(takes.keyOf("a")).toBeUndefined();
  });
});
