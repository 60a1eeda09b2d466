import { describe, expect, test } from "vitest";
import type { PaymentState } from "@/lib/payments/gateway";
import { coinAmount, portionOf, reaches } from "@/lib/payments/nowpayments/amounts";
import { toCheckout, toPayment, toPaymentPage } from "@/lib/payments/nowpayments/answers";
import { plainOf, readJson } from "@/lib/payments/nowpayments/json-text";
import { isKnownStatus, toPaymentState } from "@/lib/payments/nowpayments/map";
import { created, reDeposit, waiting } from "./recorded";

/** As the client reads an answer. */
const read = (text: string): unknown => {
  const document = readJson(text);
  return document && plainOf(document);
};
/** The recorded payment with other values, each written as it stands on the wire. */
const payment = (change: Record<string, string> = {}, text = waiting) => {
  const written = Object.entries({ ...fieldsOf(text), ...change }).map(
    ([name, value]) => `"${name}":${value}`,
  );
  const parsed = toPayment(read(`{${written.join(",")}}`));
  if (!parsed) throw new Error("no payment");
  return parsed;
};
const fieldsOf = (text: string) =>
  Object.fromEntries(
    Object.entries(JSON.parse(text) as object).map(([name, value]) => [name, JSON.stringify(value)]),
  );
const stateOf = (...changes: [Record<string, string>, ...Record<string, string>[]]): PaymentState => {
  const [first, ...others] = changes;
  return toPaymentState([payment(first), ...others.map((one) => payment(one))]);
};
const finished = { payment_status: '"finished"', actually_paid: "0.17070286" };
const half = { payment_status: '"partially_paid"', actually_paid: "0.08535143" };
const other = { payment_id: "5745459420", purchase_id: '"5837122680"' };
const child = { payment_id: "5745459421", parent_payment_id: "5745459419" };

describe("a checkout", () => {
  test("is the invoice's page, and its number the name to ask by", () => {
    expect(toCheckout(read(created))).toEqual({
      url: "https://nowpayments.io/payment/?iid=4522625843",
      invoice: { kind: "invoice", value: "4522625843" },
    });
  });

  test.each([
    ["no page", created.replace("invoice_url", "url")],
    [
      "a script for a page",
      created.replace("https://nowpayments.io/payment/?iid=4522625843", "javascript:alert(1)"),
    ],
    ["no number", created.replace('"4522625843"', "null")],
    ["no form", '"ok"'],
  ])("is none with %s", (_, text) => {
    expect(toCheckout(read(text))).toBeNull();
  });
});

describe("a payment's status", () => {
  test.each([
    ["waiting", "pending"],
    ["confirming", "processing"],
    ["confirmed", "processing"],
    ["sending", "processing"],
    ["finished", "succeeded"],
    ["partially_paid", "processing"],
    ["failed", "failed"],
    ["refunded", "refunded"],
    ["expired", "expired"],
    ["wrong_asset_confirmed", "pending"],
    ["cancelled", "pending"],
    ["FINISHED", "pending"],
    ["constructor", "pending"],
  ])("%s means %s", (status, meaning) => {
    const state = stateOf({ payment_status: JSON.stringify(status), actually_paid: "0.17070286" });
    expect(state).toMatchObject({ normalized: meaning, rawStatus: status });
  });

  test("that the documentation does not have is known to be unknown", () => {
    expect(["waiting", "partially_paid", "refunded"].every(isKnownStatus)).toBe(true);
    expect(["wrong_asset_confirmed", "Finished", ""].some(isKnownStatus)).toBe(false);
  });
});

describe("a payment", () => {
  test("as recorded: our reference, the price in cents, its own id as a further name", () => {
    expect(stateOf({})).toEqual({
      normalized: "pending",
      rawStatus: "waiting",
      reference: "RGDBP-21314",
      amountExpectedMinor: 399_950,
      amountPaidMinor: 0,
      amountRefundedMinor: 0,
      currency: "USD",
      underpaid: false,
      reason: null,
      updatedAt: new Date("2020-12-22T15:00:22.742Z"),
      objection: null,
      references: [{ kind: "payment", value: "5745459419" }],
    });
  });

  test.each(["3999.5", "3999.50", '"3999.5"', "3.9995e3"])("may write its price as %s", (price_amount) => {
    expect(stateOf({ price_amount, ...finished })).toMatchObject({
      amountExpectedMinor: 399_950,
      amountPaidMinor: 399_950,
    });
  });

  test.each(["null", "-1", '""', "3999.505", "1e40", '"3.999,5"'])(
    "with the price %s has none",
    (price_amount) => {
      expect(stateOf({ price_amount, ...finished })).toMatchObject({
        amountExpectedMinor: null,
        amountPaidMinor: null,
        underpaid: true,
      });
    },
  );

  test.each([
    ["exactly", "0.17070286", 399_950, false],
    ["in another spelling", "1.7070286e-1", 399_950, false],
    ["more", "0.2", 399_950, false],
    ["one of its smallest units less", "0.170702859999999999", 399_949, true],
    ["half", "0.08535143", 199_975, true],
    ["nothing", "0", 0, true],
    ["who knows how much", "null", null, true],
    ["less than nothing", "-1", null, true],
  ])(
    "finished with %s of the coins asked for is paid so far",
    (_, actually_paid, amountPaidMinor, underpaid) => {
      expect(stateOf({ ...finished, actually_paid })).toMatchObject({
        normalized: "succeeded",
        amountPaidMinor,
        underpaid,
      });
    },
  );

  test("that asked for nothing was not paid by anything", () => {
    expect(stateOf({ ...finished, pay_amount: "0" })).toMatchObject({
      amountPaidMinor: null,
      underpaid: true,
    });
    expect(stateOf({ ...finished, pay_amount: "null" })).toMatchObject({
      amountPaidMinor: null,
      underpaid: true,
    });
  });

  test("priced in another currency says so", () => {
    expect(stateOf({ ...finished, price_currency: '"eur"' })).toMatchObject({
      currency: "EUR",
      amountPaidMinor: null,
    });
  });

  test("paid in part waits with what there is, and does not expire", () => {
    expect(stateOf(half)).toMatchObject({
      normalized: "processing",
      amountPaidMinor: 199_975,
      underpaid: true,
    });
  });

  test("refunded was paid, and is back", () => {
    expect(stateOf({ ...finished, payment_status: '"refunded"' })).toMatchObject({
      normalized: "refunded",
      amountPaidMinor: 399_950,
      amountRefundedMinor: 399_950,
    });
  });

  test.each([null, "paid", [], {}, { payment_id: "1" }])("of another form is none: %j", (answer) => {
    expect(toPayment(answer)).toBeNull();
    expect(toPaymentPage(answer)).toBeNull();
  });
});

describe("several payments of one invoice", () => {
  test("given up in one coin and paid in another are paid", () => {
    const expired = { payment_status: '"expired"' };
    expect(stateOf(expired, { ...finished, ...other })).toMatchObject({
      normalized: "succeeded",
      amountPaidMinor: 399_950,
    });
    expect(stateOf({ ...finished, ...other }, expired)).toMatchObject({
      normalized: "succeeded",
      updatedAt: null,
    });
  });

  test("are open as long as one of them is", () => {
    expect(stateOf({ payment_status: '"expired"' }, other)).toMatchObject({ normalized: "pending" });
    expect(stateOf({ payment_status: '"failed"' }, { ...other, payment_status: '"sending"' })).toMatchObject({
      normalized: "processing",
    });
  });

  test("a part and its top-up add up, in one coin to the last unit of it", () => {
    const topUp = { payment_id: "2", price_amount: "1999.75", pay_amount: "0.08535143" };
    expect(
      stateOf(half, { ...topUp, payment_status: '"finished"', actually_paid: "0.08535143" }),
    ).toMatchObject({
      normalized: "succeeded",
      amountExpectedMinor: 399_950,
      amountPaidMinor: 399_950,
      underpaid: false,
    });
    expect(
      stateOf(half, { ...topUp, payment_status: '"finished"', actually_paid: "0.08535142" }),
    ).toMatchObject({
      amountPaidMinor: 399_949,
      underpaid: true,
    });
  });

  test("a part and its top-up in another coin add up by their prices", () => {
    const topUp = {
      payment_id: "2",
      price_amount: "1999.75",
      pay_amount: "2000",
      pay_currency: '"usdttrc20"',
    };
    expect(stateOf(half, { ...topUp, payment_status: '"finished"', actually_paid: "2000" })).toMatchObject({
      amountPaidMinor: 399_950,
      underpaid: false,
    });
  });

  test("a part and a little of another coin do not add up by the number of coins", () => {
    const topUp = {
      payment_id: "2",
      price_amount: "1999.75",
      pay_amount: "2000",
      pay_currency: '"usdttrc20"',
    };
    expect(stateOf(half, { ...topUp, payment_status: '"finished"', actually_paid: "0.1" })).toMatchObject({
      amountPaidMinor: 199_975 + 9,
      underpaid: true,
    });
  });

  test("a part of another purchase fills up nothing", () => {
    expect(stateOf(half, { ...half, ...other })).toMatchObject({
      normalized: "processing",
      amountPaidMinor: 199_975,
    });
  });

  test("paid twice are more than the price", () => {
    expect(stateOf(finished, { ...finished, ...other })).toMatchObject({
      amountPaidMinor: 799_900,
      reason: "paid 2 times",
    });
  });
});

describe("a deposit that was sent again, or in another coin", () => {
  test("as recorded is money that equals no price", () => {
    const recorded = toPayment(read(reDeposit));
    if (!recorded) throw new Error("no payment");
    expect(toPaymentState([recorded])).toMatchObject({
      amountPaidMinor: null,
      underpaid: true,
      reference: null,
    });
  });

  test.each(["0.00000001", "0.17070286", "1000"])("of %s never makes up the price", (actually_paid) => {
    for (const parent of ["waiting", "expired", "failed", "partially_paid"]) {
      const state = stateOf(
        { payment_status: JSON.stringify(parent), actually_paid: "0.08535143" },
        { ...finished, ...child, actually_paid },
      );
      expect(state, parent).toMatchObject({ amountPaidMinor: null, underpaid: true });
      expect(state.reason).toContain("5745459421");
    }
  });

  test("takes nothing from what was paid in full, and is told", () => {
    expect(stateOf(finished, { ...finished, ...child })).toMatchObject({
      normalized: "succeeded",
      amountPaidMinor: 399_950,
      underpaid: false,
      reason: expect.stringContaining("another deposit") as string,
    });
  });

  test("on its way keeps an expired payment from being over", () => {
    expect(
      stateOf({ payment_status: '"expired"' }, { ...child, payment_status: '"confirming"' }).normalized,
    ).toBe("processing");
  });
});

describe("amounts of coins", () => {
  const coins = (text: string) => {
    const amount = coinAmount(text);
    if (!amount) throw new Error(`${text} is no amount`);
    return amount;
  };

  test("are compared to the eighteenth decimal", () => {
    expect(reaches(coins("1.000000000000000001"), coins("1.000000000000000001"))).toBe(true);
    expect(reaches(coins("1.000000000000000000"), coins("1.000000000000000001"))).toBe(false);
    expect(reaches(coins("1e-18"), coins("0.000000000000000001"))).toBe(true);
    expect(reaches(coins("12345678901234567890"), coins("12345678901234567891"))).toBe(false);
  });

  test.each(["", "-1", "1,5", "NaN", "Infinity", "0x1", "1e1000", ".5", "5."])("%j is none", (text) => {
    expect(coinAmount(text)).toBeNull();
  });

  test("pay a part of a price rounded down, and never more than the price", () => {
    expect(portionOf(10_000, coins("1"), coins("3"))).toBe(3_333);
    expect(portionOf(10_000, coins("2.9999999999"), coins("3"))).toBe(9_999);
    expect(portionOf(10_000, coins("4"), coins("3"))).toBe(10_000);
  });
});
