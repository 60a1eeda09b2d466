import { describe, expect, test } from "vitest";
import {
  ownerOfRefund,
  toApproval,
  toCaptureState,
  toOrderState,
  toRefundState,
} from "@/lib/payments/paypal/map";
import { toCharges, toInterval, toPlanPrice, toSubscription } from "@/lib/payments/paypal/map-renewals";
import { minorOf, toPaypal } from "@/lib/payments/paypal/money";
import { capturedOrder, createdOrder, subscription, subscriptionTransactions } from "./recorded";

const withCapture = (status: string, more: object = {}, order: object = {}) => {
  const [unit] = capturedOrder.purchase_units;
  const [capture] = unit.payments.captures;
  return {
    ...capturedOrder,
    ...order,
    purchase_units: [{ ...unit, payments: { captures: [{ ...capture, status }], ...more } }],
  };
};

describe("an order", () => {
  test("opens on the page where the payer agrees, whichever name the link has", () => {
    expect(toApproval(createdOrder)).toEqual({
      id: "5O190127TN364715T",
      url: "https://www.paypal.com/checkoutnow?token=5O190127TN364715T",
    });
    const older = {
      ...createdOrder,
      links: [{ href: "https://www.paypal.com/x", rel: "approve", method: "GET" }],
    };
    expect(toApproval(older)?.url).toBe("https://www.paypal.com/x");
    for (const href of ["javascript:alert(1)", "/x", "ftp://paypal.com/x"])
      expect(toApproval({ id: "5O1", links: [{ href, rel: "approve" }] })).toBeNull();
    expect(toApproval({ id: "5O1", links: [] })).toBeNull();
  });

  test.each([
    ["CREATED", "pending"],
    ["SAVED", "pending"],
    ["PAYER_ACTION_REQUIRED", "pending"],
    ["APPROVED", "processing"],
    ["VOIDED", "cancelled"],
    ["SOMETHING_NEW", "pending"],
  ])("that is %s counts as %s, and nothing is paid", (status, normalized) => {
    const [{ amount, custom_id }] = capturedOrder.purchase_units;
    const state = toOrderState({ id: "5O1", status, purchase_units: [{ amount, custom_id }] });
    expect(state).toMatchObject({
      normalized,
      amountPaidMinor: 0,
      amountExpectedMinor: 2_990,
      currency: "USD",
    });
  });

  test.each([
    ["COMPLETED", "succeeded", 2_990],
    ["PENDING", "processing", 0],
    ["DECLINED", "failed", 0],
    ["FAILED", "failed", 0],
    ["PARTIALLY_REFUNDED", "partially_refunded", 2_990],
    ["REFUNDED", "refunded", 2_990],
    ["REVERSED", "disputed", 2_990],
  ])("that is COMPLETED with a capture that is %s counts as %s", (status, normalized, amountPaidMinor) => {
    expect(toOrderState(withCapture(status))).toMatchObject({ normalized, amountPaidMinor });
  });

  test("is found by its own name and its capture's, and repeats our reference", () => {
    expect(toOrderState(capturedOrder)).toMatchObject({
      reference: "00112233445566778899aabbccddeeff",
      updatedAt: new Date("2026-11-20T12:00:30Z"),
      references: [
        { kind: "paypal_order", value: "5O190127TN364715T" },
        { kind: "capture", value: "3C679366HH908993F" },
      ],
    });
  });

  test("adds up the refunds that went through", () => {
    const refund = (value: string, status: string) => ({
      id: value,
      status,
      amount: { currency_code: "USD", value },
    });
    const partly = withCapture("PARTIALLY_REFUNDED", {
      refunds: [refund("9.90", "COMPLETED"), refund("5.00", "PENDING"), refund("0.10", "COMPLETED")],
    });
    expect(toOrderState(partly)).toMatchObject({
      normalized: "partially_refunded",
      amountRefundedMinor: 1_000,
    });
    const whole = withCapture("COMPLETED", { refunds: [refund("29.90", "COMPLETED")] });
    expect(toOrderState(whole)).toMatchObject({ normalized: "refunded", amountRefundedMinor: 2_990 });
  });

  test("whose capture took less than was asked for is underpaid", () => {
    const [unit] = capturedOrder.purchase_units;
    const dearer = { ...unit, amount: { currency_code: "USD", value: "39.90" } };
    expect(toOrderState({ ...capturedOrder, purchase_units: [dearer] })).toMatchObject({
      underpaid: true,
      amountExpectedMinor: 3_990,
      amountPaidMinor: 2_990,
    });
  });

  test("of another form is nothing", () => {
    for (const answer of [null, [], {}, { id: "5O1" }, { id: 5, status: "COMPLETED" }])
      expect(toOrderState(answer)).toBeNull();
    expect(toCaptureState({ id: "3C6" })).toBeNull();
    expect(toRefundState({ status: "COMPLETED" })).toBeNull();
  });
});

describe("an amount", () => {
  test.each([
    ["29.90", "USD", 2_990],
    ["29.9", "USD", 2_990],
    ["0.01", "USD", 1],
    ["1E2", "USD", 10_000],
    ["185000", "JPY", 185_000],
    ["185000.00", "HUF", 185_000],
    ["29.901", "USD", null],
    ["-29.90", "USD", null],
    ["29,90", "USD", null],
    ["99999999999999999999", "USD", null],
    ["", "USD", null],
  ])("of %s %s is %s in minor units", (value, currency_code, minor) => {
    expect(minorOf({ value, currency_code })).toBe(minor);
  });

  test("is written as PayPal reads it", () => {
    expect(toPaypal({ amountMinor: 2_990, currency: "USD" })).toEqual({
      currencyCode: "USD",
      value: "29.90",
    });
    expect(toPaypal({ amountMinor: 1_500, currency: "TWD" })).toEqual({ currencyCode: "TWD", value: "1500" });
  });
});

describe("a refund", () => {
  test.each([
    ["PENDING", "processing"],
    ["COMPLETED", "succeeded"],
    ["FAILED", "failed"],
    ["CANCELLED", "cancelled"],
    ["SOMETHING_NEW", "processing"],
  ])("that is %s counts as %s", (status, normalized) => {
    expect(toRefundState({ id: "1JU0", status, amount: { currency_code: "USD", value: "10.00" } })).toEqual({
      normalized,
      rawStatus: status,
      amountMinor: 1_000,
      references: [{ kind: "refund", value: "1JU0" }],
    });
  });

  test("belongs to our own name for it, or to the capture that somebody refunded on PayPal's pages", () => {
    const up = { href: "https://api.paypal.com/v2/payments/captures/3C679366HH908993F", rel: "up" };
    expect(ownerOfRefund({ id: "1", status: "COMPLETED", custom_id: "our-refund", links: [up] })).toEqual({
      kind: "refund_order",
      value: "our-refund",
    });
    expect(ownerOfRefund({ id: "1", status: "COMPLETED", links: [up] })).toEqual({
      kind: "capture",
      value: "3C679366HH908993F",
    });
    expect(ownerOfRefund({ id: "1", status: "COMPLETED" })).toBeNull();
  });
});

describe("a subscription", () => {
  test.each([
    ["APPROVAL_PENDING", "pending"],
    ["APPROVED", "pending"],
    ["ACTIVE", "active"],
    ["SUSPENDED", "past_due"],
    ["CANCELLED", "cancelled"],
    ["EXPIRED", "expired"],
    ["SOMETHING_NEW", "pending"],
  ])("that is %s counts as %s", (status, normalized) => {
    expect(toSubscription({ ...subscription, status })?.state.normalized).toBe(normalized);
  });

  test("tells its price, its next charge, and whose it is without telling everything", () => {
    expect(toSubscription(subscription)).toMatchObject({
      planId: "P-5ML4271244454362WXNWU5NQ",
      lastChargeAt: new Date("2026-11-01T10:00:00Z"),
      state: {
        reference: "ffeeddccbbaa99887766554433221100",
        amountMinor: 2_990,
        currency: "USD",
        nextChargeAt: new Date("2026-12-01T10:00:00Z"),
        methodLabel: "PayPal · a···@example.com",
      },
    });
    expect(toInterval(subscription.plan)).toBe("month");
    expect(toPlanPrice({})).toBeNull();
  });

  test("lists its charges by names of their own", () => {
    const charges = toCharges(subscriptionTransactions, "ref");
    expect(
      charges?.map(({ normalized, amountPaidMinor, references }) => [
        normalized,
        amountPaidMinor,
        references[0]?.value,
      ]),
    ).toEqual([
      ["succeeded", 2_990, "TRFGHNJKOIIOJKL"],
      ["failed", 0, "VBNMKLOIUYTRDCV"],
      ["refunded", 2_990, "QAZXSWEDCVFRTGB"],
    ]);
  });
});
