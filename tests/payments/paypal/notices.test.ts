import { describe, expect, test } from "vitest";
import { toNotice } from "@/lib/payments/paypal/notices";
import { saleCompleted } from "./recorded";

describe("a notice", () => {
  const notice = (event_type: string, resource: unknown) => toNotice({ id: "WH-1", event_type, resource });
  const related = { supplementary_data: { related_ids: { order_id: "5O190127TN364715T" } } };

  test.each([
    ["CHECKOUT.ORDER.APPROVED", { id: "5O1" }, "payment", "paypal_order", "5O1"],
    ["CHECKOUT.PAYMENT-APPROVAL.REVERSED", { order_id: "5O1" }, "payment", "paypal_order", "5O1"],
    ["PAYMENT.CAPTURE.COMPLETED", { id: "3C6", ...related }, "payment", "paypal_order", "5O190127TN364715T"],
    ["PAYMENT.CAPTURE.PENDING", { id: "3C6" }, "payment", "capture", "3C6"],
    ["PAYMENT.CAPTURE.REFUNDED", { id: "1JU" }, "refund", "refund", "1JU"],
    ["PAYMENT.REFUND.FAILED", { id: "1JU" }, "refund", "refund", "1JU"],
    ["PAYMENT.SALE.REFUNDED", { id: "1JU", sale_id: "80F" }, "payment", "capture", "80F"],
    [
      "BILLING.SUBSCRIPTION.ACTIVATED",
      { id: "I-BW452GLLEP1G" },
      "subscription",
      "subscription",
      "I-BW452GLLEP1G",
    ],
    [
      "CUSTOMER.DISPUTE.CREATED",
      { dispute_id: "PP-D-1", disputed_transactions: [{ seller_transaction_id: "3C6" }] },
      "payment",
      "capture",
      "3C6",
    ],
  ])("%s names whom it is about", (type, resource, kind, refKind, value) => {
    expect(notice(type, resource)).toEqual({
      dedupeKey: "WH-1",
      kind,
      ref: { kind: refKind, value },
      needsFetch: true,
    });
  });

  test("of a subscription's charge is about the subscription, whose id it carries", () => {
    expect(toNotice(saleCompleted)).toEqual({
      dedupeKey: "WH-7TD06178SN6217624-3C226533PM3353143",
      kind: "subscription",
      ref: { kind: "subscription", value: "I-BW452GLLEP1G" },
      needsFetch: true,
    });
  });

  test("of a type that nobody knows, or with a name of another form, is kept and names nobody", () => {
    for (const [type, resource] of [
      ["VAULT.CREDIT-CARD.CREATED", { id: "5O1" }],
      ["CHECKOUT.ORDER.APPROVED", { id: "<script>" }],
      ["CHECKOUT.ORDER.APPROVED", { id: 7 }],
      ["CHECKOUT.ORDER.APPROVED", "text"],
      ["CHECKOUT.ORDER.APPROVED", undefined],
    ] as const)
      expect(notice(type, resource)).toMatchObject({ dedupeKey: "WH-1", kind: "unknown", ref: null });
  });

  test("without an id is no notice", () => {
    for (const body of [null, [], "x", {}, { id: "", event_type: "X" }, { id: "a b", event_type: "X" }])
      expect(toNotice(body)).toBeNull();
  });
});
