import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type {
  CheckoutRequest,
  Gateway,
  PaymentState,
  Reference,
  WebhookRequest,
} from "@/lib/payments/gateway";
import type { Outcome } from "@/lib/payments/outcome";
import type { FaultKind } from "@/scripts/sandbox/faults";

/** What a gateway's tests must be able to do to its sandbox, so that every adapter passes the same suite. */
export interface ContractDriver {
  /** A new adapter over the sandbox, without the history of other tests. */
  readonly gateway: Gateway;
  /** The same adapter with wrong credentials. */
  withWrongKey(): Gateway;
  /** Plays the payer: pays or refuses what a checkout opened. */
  decide(checkout: readonly Reference[], fate: "pay" | "reject"): Promise<void>;
  /** Makes the gateway report something untrue about a payment. */
  lie(checkout: readonly Reference[], lie: "amount" | "currency" | "reference" | "status"): Promise<void>;
  fault(
    operation: "checkout" | "state" | "refund",
    kind: FaultKind,
    count: number,
    ms?: number,
  ): Promise<void>;
  /** How many checkouts the gateway knows under our reference. */
  checkoutsNamed(reference: string): Promise<number>;
  /** A notice as the gateway sends it about a checkout. */
  notice(checkout: readonly Reference[]): Omit<WebhookRequest, "url" | "method">;
  /** The browser's return as the gateway sends it. */
  returnFields(checkout: readonly Reference[]): URLSearchParams;
  /** Notices that must be refused, by what is wrong with them. */
  readonly badNotices: Readonly<Record<string, Omit<WebhookRequest, "url" | "method">>>;
}

const WEBHOOK_URL = new URL("https://shop.test/api/webhooks/x");
const minutes = (count: number) => new Date(Date.now() + count * 60_000);

/** The promises of the port, as every adapter must keep them. */
export function keepsTheContract(driver: ContractDriver): void {
  const money = () => ({ amountMinor: 99_000, currency: driver.gateway.capabilities.currencies[0] ?? "" });
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
      expect(await page.text()).toContain("99.000");
    });

    test("in a currency that the gateway does not take is refused before any call", async () => {
      const asked = request({ money: { amountMinor: 99_000, currency: "XTS" } });
      expect(failureOf(await driver.gateway.createCheckout(asked))).toBe("unsupported");
      expect(await driver.checkoutsNamed(asked.reference)).toBe(0);
    });

    test("below the minimum is refused before any call", async () => {
      const { currency } = money();
      const asked = request({
        money: { currency, amountMinor: driver.gateway.capabilities.minAmountMinor(currency) - 1 },
      });
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
        amountExpectedMinor: 99_000,
        currency: money().currency,
      });
      expect(state.amountPaidMinor).toBe(0);
    });

    test("is succeeded and whole after paying", async () => {
      const { asked, names } = await open();
      await driver.decide(names, "pay");
      expect(stateOf(await driver.gateway.fetchStatus(names))).toMatchObject({
        normalized: "succeeded",
        reference: asked.reference,
        amountPaidMinor: 99_000,
        currency: money().currency,
        underpaid: false,
        objection: null,
      });
    });

    test("is failed after the payer's card was refused", async () => {
      const { names } = await open();
      await driver.decide(names, "reject");
      expect(stateOf(await driver.gateway.fetchStatus(names)).normalized).toBe("failed");
    });

    test("is found by our own reference alone, as after a lost answer", async () => {
      const { own, names } = await open();
      await driver.decide(names, "pay");
      expect(stateOf(await driver.gateway.fetchStatus([own])).normalized).toBe("succeeded");
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
          { amount: 99_000, currency: money().currency, reference: asked.reference }[lie],
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
      const { names } = await open();
      const verified = await driver.gateway.verifyWebhook({
        method: "POST",
        url: WEBHOOK_URL,
        ...driver.notice(names),
      });
      if (verified.verdict === "rejected") throw new Error("the genuine notice was refused");
      expect(names).toContainEqual(verified.notice.ref);
      expect(verified.notice.needsFetch).toBe(true);
    });

    test("that is not the gateway's is refused", async () => {
      for (const [what, notice] of Object.entries(driver.badNotices)) {
        const verified = await driver.gateway.verifyWebhook({ method: "POST", url: WEBHOOK_URL, ...notice });
        expect(verified.verdict, what).toBe("rejected");
      }
    });
  });

  describe("a return", () => {
    test("by POST or GET says which payment it is about", async () => {
      const { names } = await open();
      const fields = driver.returnFields(names);
      const url = new URL("https://shop.test/api/payments/return/x");
      expect(names).toContainEqual(
        valueOf(await driver.gateway.completeReturn({ method: "POST", url, form: fields })),
      );
      const asGet = new URL(`${url}?${fields}`);
      expect(names).toContainEqual(
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

    test("has a state of its own, and a name to ask by", async () => {
      const { names } = await open();
      await driver.decide(names, "pay");
      const refund = valueOf(await refundOf(names, 99_000));
      expect(["processing", "succeeded"]).toContain(refund.normalized);
      const asked = valueOf(await driver.gateway.fetchRefund(refund.references));
      expect(asked?.amountMinor).toBe(99_000);
    });

    test("of more than was paid is refused", async () => {
      const { names } = await open();
      await driver.decide(names, "pay");
      expect(["invalid", "declined"]).toContain(failureOf(await refundOf(names, 99_001)));
    });

    test("of a payment that was never made is refused", async () => {
      const { names } = await open();
      expect((await refundOf(names, 99_000)).ok).toBe(false);
    });

    test("whose answer is lost has an unknown outcome", async () => {
      const { names } = await open();
      await driver.decide(names, "pay");
      await driver.fault("refund", "lost-answer", 1);
      expect(failureOf(await refundOf(names, 99_000))).toBe("unknown-outcome");
    });
  });
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.kind}: ${outcome.failure.detail}`);
  return outcome.value;
}

function stateOf(outcome: Outcome<PaymentState | null>): PaymentState {
  const state = valueOf(outcome);
  if (!state) throw new Error("the gateway knows no such payment");
  return state;
}

function failureOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? "no failure" : outcome.failure.kind;
}
