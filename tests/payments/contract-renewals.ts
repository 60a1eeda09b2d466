import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { AutoRenewalRequest, Money, NativeSubscriptions, Reference } from "@/lib/payments/gateway";
import { type ContractDriver, failureOf, type RenewalDriver, valueOf } from "./contract-driver";

const LONG_AGO = new Date(0);

/** The promises of automatic renewals, as every adapter that offers them must keep them. */
export function keepsRenewals(driver: ContractDriver, renewals: RenewalDriver, money: () => Money): void {
  const native = (): NativeSubscriptions => {
    const { subscriptions } = driver.gateway;
    if (!subscriptions) throw new Error("this gateway has no renewals");
    return subscriptions;
  };
  const request = (change: Partial<AutoRenewalRequest> = {}): AutoRenewalRequest => ({
    autoRenewalId: randomUUID(),
    reference: randomUUID().replaceAll("-", ""),
    idempotencyKey: randomUUID(),
    money: money(),
    interval: "month",
    firstChargeAt: null,
    subject: "Opttius Pro",
    payer: { email: "owner@vista.test", name: "Ana Pérez" },
    returnUrl: "http://127.0.0.1:9/return",
    notifyUrl: "http://127.0.0.1:9/notify",
    ...change,
  });

  const open = async (asked = request()) => {
    const setup = valueOf(await native().setup(asked));
    const names: readonly Reference[] = [
      setup.gatewayRef,
      ...setup.secondaryRefs,
      { kind: "order", value: asked.reference },
    ];
    return { asked, setup, names };
  };
  const agreed = async (asked = request()) => {
    const opened = await open(asked);
    await renewals.agree(opened.names, "agree");
    const state = valueOf(await native().complete(asked, opened.names));
    if (!state) throw new Error("the gateway knows no such renewal");
    return { ...opened, state, names: [...opened.names, ...state.references] };
  };
  const charges = async (names: readonly Reference[]) => valueOf(await native().listCharges(names, LONG_AGO));

  describe("an automatic renewal", () => {
    test("sends the payer to a page of the gateway and is not active before they agree", async () => {
      const { setup, names } = await open();
      expect((await fetch(setup.redirect.url)).status).toBe(200);
      const state = valueOf(await native().fetchStatus(names));
      expect(state === null || state.normalized === "pending").toBe(true);
    });

    test("is active once the payer agreed, with our reference and price", async () => {
      const { asked, names } = await agreed();
      expect(valueOf(await native().fetchStatus(names))).toMatchObject({
        normalized: "active",
        reference: asked.reference,
        amountMinor: money().amountMinor,
        currency: money().currency,
      });
    });

    test("that the payer refused never becomes active", async () => {
      const { asked, names } = await open();
      await renewals.agree(names, "refuse");
      const completed = await native().complete(asked, names);
      expect(completed.ok && completed.value?.normalized === "active").toBe(false);
    });

    test("completed twice exists once", async () => {
      const { asked, names } = await agreed();
      valueOf(await native().complete(asked, names));
      expect(await renewals.renewalsNamed(asked.reference)).toBe(1);
    });

    test("charges each period once, and every charge has a name of its own", async () => {
      const { asked, names } = await agreed();
      const before = (await charges(names)).length;
      await renewals.cycle("month");
      await renewals.cycle("month");
      const listed = await charges(names);
      expect(listed).toHaveLength(before + 2);
      for (const charge of listed) {
        expect(charge).toMatchObject({
          normalized: "succeeded",
          reference: asked.reference,
          amountPaidMinor: money().amountMinor,
          currency: money().currency,
        });
      }
      const firstNames = listed.map(({ references }) => `${references[0]?.kind} ${references[0]?.value}`);
      expect(new Set(firstNames).size).toBe(listed.length);
    });

    test("whose card refuses is not paid for that period", async () => {
      const { names } = await agreed();
      const paidBefore = (await charges(names)).filter(({ normalized }) => normalized === "succeeded").length;
      await renewals.cycle("month", "decline");
      const paid = (await charges(names)).filter(({ normalized }) => normalized === "succeeded");
      expect(paid).toHaveLength(paidBefore);
    });

    test("of another price charges it from the next period on, once the payer agrees where that is needed", async () => {
      const { names } = await agreed();
      const dearer = { ...money(), amountMinor: money().amountMinor * 2 };
      const changed = valueOf(await native().changePrice(names, dearer, "http://127.0.0.1:9/return"));
      const known = [...names, ...changed.state.references];
      if (changed.redirect) await renewals.agree(known, "agree");
      await renewals.cycle("month");
      const last = (await charges(known)).at(-1);
      expect(last?.amountPaidMinor).toBe(dearer.amountMinor);
    });

    test("that was cancelled charges no more", async () => {
      const { names } = await agreed();
      const before = (await charges(names)).length;
      expect(valueOf(await native().cancel(names, "now")).normalized).toBe("cancelled");
      await renewals.cycle("month");
      expect(await charges(names)).toHaveLength(before);
    });

    test("that the gateway never knew is nothing, and no failure", async () => {
      const unknown = [{ kind: "order", value: "00000000000000000000000000000000" }];
      expect(await native().fetchStatus(unknown)).toEqual({ ok: true, value: null });
    });

    test("in a currency that the gateway does not take is refused before any call", async () => {
      const asked = request({ money: { amountMinor: 99_000, currency: "XTS" } });
      expect(failureOf(await native().setup(asked))).toBe("unsupported");
      expect(await renewals.renewalsNamed(asked.reference)).toBe(0);
    });
  });
}
