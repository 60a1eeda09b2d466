import { describe, expect, test } from "vitest";
import { refusalOf } from "@/lib/payments/paypal/answers";

describe("a refusal", () => {
  const unprocessable = (issue: string) => ({
    name: "UNPROCESSABLE_ENTITY",
    message: "The requested action could not be performed.",
    debug_id: "f1a2b3c4d5e6f",
    details: [{ issue, description: "Why." }],
  });
  const kindOf = (status: number, body: unknown) => {
    const refusal = refusalOf(status, body, []);
    return refusal && !refusal.ok ? [refusal.failure.kind, refusal.failure.code] : null;
  };

  test.each([
    [422, unprocessable("INSTRUMENT_DECLINED"), "declined", "INSTRUMENT_DECLINED"],
    [422, unprocessable("ORDER_NOT_APPROVED"), "invalid", "ORDER_NOT_APPROVED"],
    [422, unprocessable("DUPLICATE_INVOICE_ID"), "unknown-outcome", "DUPLICATE_INVOICE_ID"],
    [422, unprocessable("CURRENCY_NOT_SUPPORTED"), "unsupported", "CURRENCY_NOT_SUPPORTED"],
    [
      404,
      { ...unprocessable("INVALID_RESOURCE_ID"), name: "RESOURCE_NOT_FOUND" },
      "invalid",
      "RESOURCE_NOT_FOUND",
    ],
    [401, { error: "invalid_client", error_description: "no" }, "auth", "invalid_client"],
    [403, { name: "NOT_AUTHORIZED" }, "auth", "NOT_AUTHORIZED"],
    [401, null, "auth", "401"],
  ])("of %s is told apart by its issue", (status, body, kind, code) => {
    expect(kindOf(status, body)).toEqual([kind, code]);
  });

  test("that is not PayPal's is none", () => {
    expect(kindOf(404, null)).toBeNull();
    expect(kindOf(400, { other: 1 })).toBeNull();
  });

  test("keeps PayPal's debug id, and no secret", () => {
    const said = { ...unprocessable("X"), message: "client AVx-secret-id and ana@optica.cl" };
    const refusal = refusalOf(422, said, ["AVx-secret-id"]);
    const detail = refusal && !refusal.ok ? refusal.failure.detail : "";
    expect(detail).toContain("debug_id f1a2b3c4d5e6f");
    expect(detail).not.toMatch(/AVx-secret-id|ana@optica/);
  });
});
