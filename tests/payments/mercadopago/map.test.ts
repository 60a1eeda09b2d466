import { describe, expect, test } from "vitest";
import {
  chooseFrom,
  isKnownStatus,
  isOpen,
  type Payment,
  toOpenState,
  toPage,
  toPayment,
  toPaymentState,
  toPreference,
  toRefundState,
} from "@/lib/payments/mercadopago/map";
import { approved, preference, refund } from "./recorded";

const ours = { isTest: false, ownerId: "446566691" };
const payment = (change: object = {}): Payment => {
  const made = toPayment({ ...approved, ...change });
  if (!made) throw new Error("no payment");
  return made;
};
const state = (change: object = {}) => toPaymentState(payment(change), ours);

describe("a payment's status", () => {
  test.each([
    ["pending", "pending_waiting_payment", "pending"],
    ["in_process", "pending_review_manual", "processing"],
    ["authorized", "pending_capture", "processing"],
    ["approved", "accredited", "succeeded"],
    ["approved", "partially_refunded", "partially_refunded"],
    ["rejected", "cc_rejected_insufficient_amount", "failed"],
    ["cancelled", "by_collector", "cancelled"],
    ["cancelled", "expired", "expired"],
    ["refunded", "refunded", "refunded"],
    ["in_mediation", "pending", "disputed"],
    ["charged_back", "in_process", "disputed"],
    ["charged_back", "settled", "disputed"],
    ["charged_back", "reimbursed", "succeeded"],
    ["toString", "", "pending"],
    ["something_new", "", "pending"],
  ])("%s (%s) means %s", (status, status_detail, meaning) => {
    expect(state({ status, status_detail }).normalized).toBe(meaning);
  });

  test("outside the documentation is known to be unknown", () => {
    expect(["approved", "charged_back"].every(isKnownStatus)).toBe(true);
    expect(["something_new", "toString"].some(isKnownStatus)).toBe(false);
  });
});

describe("a payment", () => {
  test("as recorded: whole pesos, our own reference, a name to ask by", () => {
    expect(state()).toMatchObject({
      normalized: "succeeded",
      rawStatus: "approved/accredited",
      reference: "pay_42",
      amountExpectedMinor: 19_990,
      amountPaidMinor: 19_990,
      amountRefundedMinor: 0,
      currency: "CLP",
      objection: null,
      updatedAt: new Date("2026-11-24T14:15:00Z"),
      references: [{ kind: "payment", value: "128843756012" }],
    });
  });

  test.each([19990.0, "19990", "19990.0", "19990.00", "1.999e4"])("may write its amount as %o", (amount) => {
    expect(state({ transaction_amount: amount }).amountPaidMinor).toBe(19_990);
  });

  test.each([19990.5, "19990.01", "19.990", "1e-7", "-19990", "12345678901234567890", "", null])(
    "with the amount %o has none, and equals no price",
    (amount) => {
      expect(state({ transaction_amount: amount }).amountPaidMinor).toBeNull();
    },
  );

  test("in another currency is counted in that currency's own units", () => {
    expect(state({ currency_id: "USD", transaction_amount: 199.9 })).toMatchObject({
      currency: "USD",
      amountPaidMinor: 19_990,
    });
    expect(state({ currency_id: "ARS" }).amountPaidMinor).toBeNull();
    expect(state({ currency_id: null }).amountPaidMinor).toBeNull();
  });

  test("partly given back says how much", () => {
    expect(state({ transaction_amount_refunded: "5000.0" })).toMatchObject({
      normalized: "partially_refunded",
      amountRefundedMinor: 5_000,
    });
  });

  test("that is not approved has paid nothing", () => {
    for (const status of ["pending", "in_process", "authorized", "rejected", "cancelled"])
      expect(state({ status }).amountPaidMinor).toBe(0);
  });

  test("of the test world is objected to on a real account alone", () => {
    expect(state({ live_mode: false }).objection).toBe("test-mode");
    expect(toPaymentState(payment({ live_mode: false }), { ...ours, isTest: true }).objection).toBeNull();
  });

  test.each([{ collector_id: 99 }, { collector: { id: "99" } }])(
    "made to another account is objected to: %j",
    (to) => {
      expect(state(to).objection).toBe("foreign-account");
      expect(toPaymentState(payment(to), { ...ours, ownerId: null }).objection).toBeNull();
    },
  );

  test("made to our own account is ours", () => {
    expect(state({ collector_id: 446566691 }).objection).toBeNull();
  });

  test.each([null, "paid", [], {}, { id: 1 }, { ...approved, id: null }])(
    "of another form is none: %j",
    (answer) => {
      expect(toPayment(answer)).toBeNull();
    },
  );
});

describe("several tries of one preference", () => {
  const choose = (...statuses: string[]) =>
    chooseFrom(statuses.map((status, index) => payment({ status, id: index + 1 })))?.status;

  test("are spoken for by the approved one, whatever came before or after", () => {
    expect(choose("rejected", "approved", "rejected", "pending")).toBe("approved");
    expect(choose("refunded", "approved")).toBe("approved");
  });

  test("else by what was paid once, by what may still be paid, by the refusal", () => {
    expect(choose("rejected", "in_process", "refunded")).toBe("refunded");
    expect(choose("pending", "in_process", "rejected")).toBe("in_process");
    expect(choose("rejected", "pending", "cancelled")).toBe("pending");
    expect(choose("rejected")).toBe("rejected");
    expect(chooseFrom([])).toBeNull();
  });

  test("among equals by the latest", () => {
    const early = payment({ id: 1, status: "rejected", date_last_updated: "2026-11-24T10:00:00Z" });
    const late = payment({ id: 2, status: "rejected", date_last_updated: "2026-11-24T10:05:00Z" });
    expect(chooseFrom([early, late])?.id).toBe("2");
    expect(chooseFrom([late, early])?.id).toBe("2");
  });
});

describe("a preference", () => {
  const made = toPreference(preference);
  const before = new Date("2026-12-01T14:59:59Z");
  const after = new Date("2026-12-01T15:00:00Z");

  test("is open until its date, and without one for ever", () => {
    expect(made && isOpen(made, before)).toBe(true);
    expect(made && isOpen(made, after)).toBe(false);
    expect(made && isOpen({ ...made, expires: false }, after)).toBe(true);
  });

  test("that nobody tried to pay is pending, then expired", () => {
    expect(made && toOpenState(made, before)).toMatchObject({
      normalized: "pending",
      reference: "pay_42",
      amountExpectedMinor: 19_990,
      amountPaidMinor: 0,
    });
    expect(made && toOpenState(made, after).normalized).toBe("expired");
  });

  test.each([
    { ...preference, init_point: "javascript:alert(1)" },
    { ...preference, init_point: undefined },
    { ...preference, id: null },
    null,
    "ok",
  ])("of another form is none: %j", (answer) => {
    expect(toPreference(answer)).toBeNull();
  });
});

test.each([
  ["approved", "succeeded"],
  ["in_process", "processing"],
  ["rejected", "failed"],
  ["cancelled", "cancelled"],
  ["something new", "processing"],
])("a refund that is %s is %s", (status, meaning) => {
  expect(toRefundState({ ...refund, status }, "128843756012", "CLP")).toMatchObject({
    normalized: meaning,
    amountMinor: 5_000,
    references: [{ kind: "refund", value: "128843756012:1009042015" }],
  });
});

test("a page of a search says how many there are in all", () => {
  expect(toPage({ results: [1], paging: { total: "120" } })).toEqual({ items: [1], total: 120 });
  expect(toPage({ results: [1, 2] })?.total).toBe(2);
  expect(toPage({ elements: [] })).toBeNull();
});
