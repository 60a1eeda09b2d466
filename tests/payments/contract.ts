import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { CheckoutRequest, PaymentState, Reference } from "@/lib/payments/gateway";
import type { Outcome } from "@/lib/payments/outcome";
import { type ContractDriver, failureOf, valueOf } from "./contract-driver";
import { keepsRenewals } from "./contract-renewals";

const WEBHOOK_URL = new URL("https://shop.test/api/webhooks/x");
/** What a plan costs here, and how a page for people writes it. */
const prices: Readonly<Record<string, { readonly amountMinor: number; readonly written: RegExp }>> = {
  CLP: { amountMinor: 99_000, written: /99[.,]000/ },
  USD: { amountMinor: 10_900, written: /109[.,]00/ },
};
const minutes = (count: number) => new Date(Date.now() + count * 60_000);

/** The promises of the port, as every adapter must keep them. */
export function keepsTheContract(driver: ContractDriver): void {
  const currency = () => driver.gateway.capabilities.currencies[0] ?? "";
  const price = () => prices[currency()] ?? { amountMinor: 0, written: /no price in this currency/ };
  const money = () => ({ amountMinor: price().amountMinor, currency: currency() });
  const request = (change: Partial<CheckoutRequest> = {}): CheckoutRequest => ({
    paymentId: randomUUID(),
    reference: randomUUID().replaceAll("-", ""),
    idempotencyKey: randomUUID(),
    money: money(),
    subject: "Opttius Pro, 1 mes",
    payer: { email: "owner@vista.test" },
    returnUrl: "http://127.0.0.1:9/return",
    notifyUrl: "http://127.0.0.1:9/notify",
    expiresAt: minutes(60),
    ...change,
  });
  const open = async (asked = request()) => {
    const checkout = valueOf(await driver.gateway.createCheckout(asked));
    const names = [checkout.gatewayRef, ...checkout.secondaryRefs];
    return { asked, checkout, names, own: { kind: "order", value: asked.reference } };
  };

  describe("capabilities", () => {
    test("name at least one currency and a positive minimum for it", () => {
      const { capabilities } = driver.gateway;
      expect(capabilities.currencies.length).toBeGreaterThan(0);
      for (const currency of capabilities.currencies)
        expect(capabilities.minAmountMinor(currency)).toBeGreaterThan(0);
    });

    test("agree with what the adapter offers", () => {
      const { recurring } = driver.gateway.capabilities;
      expect(driver.gateway.subscriptions === null).toBe(recurring !== "native");
    });
  });

  describe("a checkout", () => {
    test("sends the payer to a page of the gateway, and gives names to ask by", async () => {
      const { checkout, names } = await open();
      expect(checkout.redirect.url).toMatch(/^https?:\/\//);
      expect(names.every(({ kind, value }) => kind !== "" && value !== "")).toBe(true);
      const page = await fetch(checkout.redirect.url);
      expect(page.status).toBe(200);
      expect(await page.text()).toMatch(price().written);
    });

    test("in a currency that the gateway does not take is refused before any call", async () => {
      const asked = request({ money: { amountMinor: 99_000, currency: "XTS" } });
      expect(failureOf(await driver.gateway.createCheckout(asked))).toBe("unsupported");
      expect(await driver.checkoutsNamed(asked.reference)).toBe(0);
    });

    test("below the minimum is refused before any call", async () => {
      const minimum = driver.gateway.capabilities.minAmountMinor(currency());
      const asked = request({ money: { currency: currency(), amountMinor: minimum - 1 } });
      expect(failureOf(await driver.gateway.createCheckout(asked))).toBe("unsupported");
      expect(await driver.checkoutsNamed(asked.reference)).toBe(0);
    });

    test("with wrong credentials is an auth failure", async () => {
      expect(failureOf(await driver.withWrongKey().createCheckout(request()))).toBe("auth");
    });

    test.each(["error500", "malformed", "lost-answer"] as const)(
      "whose answer is %s has an unknown outcome and is not sent twice",
      async (kind) => {
        await driver.fault("checkout", kind, 1);
        const asked = request();
        expect(failureOf(await driver.gateway.createCheckout(asked))).toBe("unknown-outcome");
        expect(await driver.checkoutsNamed(asked.reference)).toBe(kind === "error500" ? 0 : 1);
      },
    );

    test("that hangs is given up within the time that a person waits", { timeout: 20_000 }, async () => {
      await driver.fault("checkout", "timeout", 1);
      const started = Date.now();
      expect(failureOf(await driver.gateway.createCheckout(request()))).toBe("unknown-outcome");
      expect(Date.now() - started).toBeLessThan(8_500);
    });

    test("is told to wait when the gateway says so", async () => {
      await driver.fault("checkout", "rate-limited", 1);
      const refused = await driver.gateway.createCheckout(request());
      expect(failureOf(refused)).toBe("rate-limited");
      expect(refused.ok ? null : refused.failure.retryAfterMs).toBe(1_000);
      expect(failureOf(await driver.gateway.createCheckout(request())), "the next call is held back").toBe(
        "rate-limited",
      );
    });
  });

  describe("a payment's state", () => {
    test("is pending until the payer decides, with our own reference and amounts", async () => {
      const { asked, names } = await open();
      const state = stateOf(await driver.gateway.fetchStatus(names));
      expect(state).toMatchObject({
        normalized: "pending",
        reference: asked.reference,
        currency: currency(),
      });
      // Some gateways tell the price only once somebody pays.
      expect([money().amountMinor, null]).toContain(state.amountExpectedMinor);
      expect(state.amountPaidMinor).toBe(0);
    });

    test("is succeeded and whole after paying", async () => {
      const { asked, names } = await open();
      await driver.decide(names, "pay");
      expect(stateOf(await driver.gateway.fetchStatus(names))).toMatchObject({
        normalized: "succeeded",
        reference: asked.reference,
        amountExpectedMinor: money().amountMinor,
        amountPaidMinor: money().amountMinor,
        currency: currency(),
        underpaid: false,
        objection: null,
      });
    });

    test("is not paid after the payer's card was refused", async () => {
      const { names } = await open();
      await driver.decide(names, "reject");
      const expected = driver.refusedIs ?? "failed";
      expect(stateOf(await driver.gateway.fetchStatus(names)).normalized).toBe(expected);
    });

    test("is found by our own reference alone, as after a lost answer, or known to be out of reach", async () => {
      const { own, names } = await open();
      await driver.decide(names, "pay");
      const found = valueOf(await driver.gateway.fetchStatus([own]));
      expect(found?.normalized).toBe(driver.findsByOwnReference ? "succeeded" : undefined);
    });

    test("of a name that the gateway never gave is nothing, and no failure", async () => {
      const asked = await driver.gateway.fetchStatus([
        { kind: "order", value: "00000000000000000000000000000000" },
      ]);
      expect(asked).toEqual({ ok: true, value: null });
    });

    test("that the gateway makes up counts as pending", async () => {
      const { names } = await open();
      await driver.lie(names, "status");
      expect(stateOf(await driver.gateway.fetchStatus(names)).normalized).toBe("pending");
    });

    test.each(["amount", "currency", "reference"] as const)(
      "tells the %s as the gateway tells it, right or wrong",
      async (lie) => {
        const { asked, names } = await open();
        await driver.decide(names, "pay");
        await driver.lie(names, lie);
        const state = stateOf(await driver.gateway.fetchStatus(names));
        const told = { amount: state.amountPaidMinor, currency: state.currency, reference: state.reference }[
          lie
        ];
        expect(told).not.toBe(
          { amount: money().amountMinor, currency: currency(), reference: asked.reference }[lie],
        );
      },
    );

    test.each(["error500", "malformed", "lost-answer"] as const)(
      "asked for and answered with %s is unavailable, so that it is asked again",
      async (kind) => {
        const { names } = await open();
        await driver.fault("state", kind, 1);
        expect(failureOf(await driver.gateway.fetchStatus(names))).toBe("unavailable");
        expect(stateOf(await driver.gateway.fetchStatus(names)).normalized).toBe("pending");
      },
    );
  });

  describe("a notice", () => {
    test("names the payment and asks for nothing to be believed", async () => {
      const { names, own } = await open();
      await driver.decide(names, "pay"); // some gateways have nothing to notify of before
      const verified = await driver.gateway.verifyWebhook({
        method: "POST",
        url: WEBHOOK_URL,
        ...(await driver.notice(names)),
      });
      if (verified.verdict === "rejected") throw new Error("the genuine notice was refused");
      const { ref, needsFetch } = verified.notice;
      if (!ref) throw new Error("the notice names nobody");
      const known = [...names, own];
      // A name that only notices bring leads to one that we know, as the gateway tells it.
      const isKnown = known.some(({ kind, value }) => kind === ref.kind && value === ref.value);
      expect(known).toContainEqual(isKnown ? ref : valueOf(await driver.gateway.identify(ref)));
      expect(needsFetch).toBe(true);
    });

    test("that is not the gateway's is refused", async () => {
      for (const [what, notice] of Object.entries(await driver.badNotices())) {
        const verified = await driver.gateway.verifyWebhook({ method: "POST", url: WEBHOOK_URL, ...notice });
        expect(verified.verdict, what).toBe("rejected");
      }
    });
  });

  describe("a return", () => {
    test("by POST or GET says which payment it is about", async () => {
      const { names, own } = await open();
      const fields = driver.returnFields(names);
      const url = new URL("https://shop.test/api/payments/return/x");
      expect([...names, own]).toContainEqual(
        valueOf(await driver.gateway.completeReturn({ method: "POST", url, form: fields })),
      );
      const asGet = new URL(`${url}?${fields}`);
      expect([...names, own]).toContainEqual(
        valueOf(
          await driver.gateway.completeReturn({ method: "GET", url: asGet, form: new URLSearchParams() }),
        ),
      );
    });

    test("without a reference is about nothing", async () => {
      const url = new URL("https://shop.test/api/payments/return/x");
      expect(
        await driver.gateway.completeReturn({ method: "GET", url, form: new URLSearchParams() }),
      ).toEqual({ ok: true, value: null });
    });
  });

  describe("a name that a notice brings", () => {
    test("and that the gateway never gave is nobody's, and no failure", async () => {
      expect(await driver.gateway.identify({ kind: "payment", value: "9999999999999" })).toEqual({
        ok: true,
        value: null,
      });
    });
  });

  describe("the account", () => {
    test("is known to work in a sandbox before it is switched on", async () => {
      const report = valueOf(await driver.gateway.checkSetup(`${WEBHOOK_URL}`));
      expect(report.testMode).toBe(true);
    });

    test("with wrong credentials is an auth failure", async () => {
      expect(failureOf(await driver.withWrongKey().checkSetup(`${WEBHOOK_URL}`))).toBe("auth");
    });
  });

  describe("the list of payments", () => {
    test("holds what was paid between two instants, where the gateway has a list", async () => {
      const { asked, names } = await open();
      await driver.decide(names, "pay");
      const list = driver.gateway.listPayments;
      if (!list) return expect(list).toBeNull();
      const listed = valueOf(await list(minutes(-60 * 24), minutes(60 * 24)));
      expect(listed.filter(({ reference }) => reference === asked.reference)).toEqual([
        expect.objectContaining({ normalized: "succeeded", amountPaidMinor: money().amountMinor }),
      ]);
    });
  });

  describe("a refund", () => {
    const refundOf = (payment: readonly Reference[], amountMinor: number) =>
      driver.gateway.refund({
        refundId: randomUUID(),
        idempotencyKey: randomUUID(),
        reference: randomUUID().replaceAll("-", ""),
        payment,
        money: { ...money(), amountMinor },
        payer: { email: "owner@vista.test" },
        notifyUrl: "http://127.0.0.1:9/notify",
      });
    const isOffered = () => driver.gateway.capabilities.refunds !== "none";
    const paid = async () => {
      const opened = await open();
      await driver.decide(opened.names, "pay");
      // What was learned of the payment since: a capture, a payment id.
      const learned = stateOf(await driver.gateway.fetchStatus(opened.names)).references;
      return { ...opened, names: [...opened.names, ...learned, opened.own] };
    };

    test("that the gateway has no call for is unsupported, and nothing is sent", async () => {
      if (isOffered()) return expect(driver.gateway.capabilities.refunds).not.toBe("none");
      const { names } = await paid();
      expect(failureOf(await refundOf(names, money().amountMinor))).toBe("unsupported");
    });

    test("has a state of its own, and a name to ask by", async () => {
      if (!isOffered()) return expect(driver.gateway.capabilities.partialRefund).toBe(false);
      const { names } = await paid();
      const refund = valueOf(await refundOf(names, money().amountMinor));
      expect(["processing", "succeeded"]).toContain(refund.normalized);
      const asked = valueOf(await driver.gateway.fetchRefund([...names, ...refund.references]));
      expect(asked?.amountMinor).toBe(money().amountMinor);
    });

    test("of more than was paid is refused", async () => {
      const { names } = await paid();
      const expected = isOffered() ? ["invalid", "declined"] : ["unsupported"];
      expect(expected).toContain(failureOf(await refundOf(names, money().amountMinor + 1)));
    });

    test("of a payment that was never made is refused", async () => {
      const { names } = await open();
      expect((await refundOf(names, money().amountMinor)).ok).toBe(false);
    });

    test("whose answer is lost has an unknown outcome", async () => {
      const { names } = await paid();
      await driver.fault("refund", "lost-answer", 1);
      const expected = isOffered() ? "unknown-outcome" : "unsupported";
      expect(failureOf(await refundOf(names, money().amountMinor))).toBe(expected);
    });
  });

  if (driver.renewals) keepsRenewals(driver, driver.renewals, money);
}

function stateOf(outcome: Outcome<PaymentState | null>): PaymentState {
  const state = valueOf(outcome);
  if (!state) throw new Error("the gateway knows no such payment");
  return state;
}
