import { describe, expect, test } from "vitest";
import { isKnownStatus, toCheckout, toPaymentState, toRefundState } from "@/lib/payments/flow/map";
import { created, paid, paidAsText, pending, refund } from "./recorded";

describe("a checkout", () => {
  test("is url and token joined: url alone is a dead end", () => {
    const checkout = toCheckout(created);
    expect(checkout?.url).toBe(
      "https://sandbox.flow.cl/app/web/pay.php?token=33373581FC32576FAF33C46FC6454B1FFEBD7E1H",
    );
    expect(checkout?.token).toEqual({ kind: "token", value: "33373581FC32576FAF33C46FC6454B1FFEBD7E1H" });
    expect(checkout?.flowOrder).toEqual({ kind: "flow_order", value: "8765456" });
  });

  test.each([
    ["no token", { ...created, token: "" }],
    ["no url", { ...created, url: undefined }],
    ["a script for an address", { ...created, url: "javascript:alert(1)" }],
    ["a text", "ok"],
    ["nothing", null],
  ])("is refused with %s", (_, answer) => {
    expect(toCheckout(answer)).toBeNull();
  });
});

describe("a payment's status", () => {
  test.each([
    [1, "pending"],
    [2, "succeeded"],
    [3, "failed"],
    [4, "cancelled"],
    [0, "pending"],
    [7, "pending"],
  ])("%i means %s", (status, meaning) => {
    expect(toPaymentState({ ...paid, status })?.normalized).toBe(meaning);
    expect(toPaymentState({ ...paid, status: String(status) })?.normalized).toBe(meaning);
  });

  test("outside 1 to 4 is known to be unknown", () => {
    expect(["1", "2", "3", "4"].every(isKnownStatus)).toBe(true);
    expect(isKnownStatus("7")).toBe(false);
  });
});

describe("a payment", () => {
  test("as recorded: amounts are whole pesos, the reference is our own", () => {
    expect(toPaymentState(paid)).toMatchObject({
      normalized: "succeeded",
      reference: "sf12377",
      amountExpectedMinor: 12_000,
      amountPaidMinor: 12_000,
      currency: "CLP",
      underpaid: false,
      references: [{ kind: "flow_order", value: "3567899" }],
    });
  });

  test("may carry its amounts as text", () => {
    expect(toPaymentState(paidAsText)).toMatchObject({ amountExpectedMinor: 9_990, amountPaidMinor: 9_990 });
  });

  test("may write what it does not know as an empty list, as PHP does", () => {
    const state = toPaymentState({ ...paid, pending_info: [], paymentData: [] });
    expect(state).toMatchObject({ normalized: "succeeded", amountPaidMinor: state?.amountExpectedMinor });
    expect(toPaymentState({ ...paid, paymentData: ["?"] })).toBeNull();
  });

  test("that waits for cash is pending and says where", () => {
    expect(toPaymentState(pending)).toMatchObject({
      normalized: "pending",
      amountPaidMinor: 0,
      reason: "Multicaja",
    });
  });

  test.each([12000.5, "12.000", "1e4", "-5", "", "12000.01", "9".repeat(16)])(
    "with the amount %s has no amount",
    (amount) => {
      expect(toPaymentState({ ...paid, amount })?.amountExpectedMinor).toBeNull();
    },
  );

  test("paid in another currency than asked says so", () => {
    const state = toPaymentState({ ...paid, paymentData: { ...paid.paymentData, currency: "USD" } });
    expect(state?.currency).toBe("USD");
  });

  test("paid with less than asked is underpaid", () => {
    const state = toPaymentState({ ...paid, paymentData: { ...paid.paymentData, amount: 11_999 } });
    expect(state).toMatchObject({ underpaid: true, amountPaidMinor: 11_999 });
  });

  test.each([null, "paid", [], {}, { status: 2 }, { ...paid, commerceOrder: null }])(
    "of another form is none: %j",
    (answer) => {
      expect(toPaymentState(answer)).toBeNull();
    },
  );
});

test.each([
  ["created", "processing"],
  ["accepted", "processing"],
  ["rejected", "failed"],
  ["refunded", "succeeded"],
  ["canceled", "cancelled"],
  ["something new", "processing"],
])("a refund that is %s is %s", (status, meaning) => {
  expect(toRefundState({ ...refund, status })).toMatchObject({ normalized: meaning, amountMinor: 12_000 });
});
