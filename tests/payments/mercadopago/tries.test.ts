import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Gateway, PaymentState, Reference } from "@/lib/payments/gateway";
import { valueOf } from "../contract-driver";
import { mercadoPagoInHand, nameOf } from "../support/mercadopago";

const mp = mercadoPagoInHand();
const HOUR_MS = 3_600_000;
const NOTIFY = "http://127.0.0.1:9/notify";

async function open(): Promise<{ names: readonly Reference[]; url: string; reference: string }> {
  const reference = randomUUID().replaceAll("-", "");
  const checkout = valueOf(
    await mp.gateway.createCheckout({
      paymentId: randomUUID(),
      reference,
      idempotencyKey: randomUUID(),
      money: { amountMinor: 99_000, currency: "CLP" },
      subject: "Opttius Pro <1 mes>",
      payer: { email: "owner@vista.test" },
      returnUrl: "http://127.0.0.1:9/return",
      notifyUrl: NOTIFY,
      expiresAt: new Date(Date.now() + HOUR_MS),
    }),
  );
  return {
    names: [checkout.gatewayRef, { kind: "order", value: reference }],
    url: checkout.redirect.url,
    reference,
  };
}
const stateOf = async (names: readonly Reference[], gateway: Gateway = mp.gateway): Promise<PaymentState> => {
  const state = valueOf(await gateway.fetchStatus(names));
  if (!state) throw new Error("there is no such payment");
  return state;
};
const close = (names: readonly Reference[]) =>
  mp.control("mercadopago/preferences", { id: nameOf(names, "preference"), closed: true });
const press = (url: string, action: string) =>
  fetch(url.split("?")[0] ?? url, {
    method: "POST",
    body: new URLSearchParams({ pref_id: new URL(url).searchParams.get("pref_id") ?? "", action }),
    redirect: "manual",
  });

describe("a refused card", () => {
  test("leaves the payment pending while the page may be tried again, and says why", async () => {
    const { names } = await open();
    await mp.decide(names, { status: "rejected", status_detail: "cc_rejected_high_risk" });
    expect(await stateOf(names)).toMatchObject({
      normalized: "pending",
      reason: "cc_rejected_high_risk",
      amountPaidMinor: 0,
    });
  });

  test("is a failure once the page is closed", async () => {
    const { names } = await open();
    await mp.decide(names, { status: "rejected" });
    await close(names);
    expect((await stateOf(names)).normalized).toBe("failed");
  });

  test("is forgotten when the next card pays, whichever payment is asked for", async () => {
    const { names } = await open();
    await mp.decide(names, { status: "rejected" });
    await mp.decide(names, { status: "approved", again: true });
    const [refused] = await mp.payments(names);
    expect((await stateOf(names)).normalized).toBe("succeeded");
    const about = [{ kind: "payment", value: String(refused?.id) }, ...names];
    expect((await stateOf(about)).normalized).toBe("succeeded");
  });

  test("after the money came changes nothing", async () => {
    const { names } = await open();
    await mp.decide(names, { status: "approved" });
    await mp.decide(names, { status: "rejected", again: true });
    expect((await stateOf(names)).normalized).toBe("succeeded");
  });
});

test("an order that was paid twice says so, until one of the two is given back", async () => {
  const { names } = await open();
  await mp.decide(names, { status: "approved" });
  await mp.decide(names, { status: "approved", again: true });
  expect(await stateOf(names)).toMatchObject({
    normalized: "succeeded",
    amountExpectedMinor: 99_000,
    amountPaidMinor: 198_000,
    reason: "paid 2 times",
  });
  const [first] = await mp.payments(names);
  await mp.control("mercadopago/payments", { id: first?.id, status: "refunded" });
  expect(await stateOf(names)).toMatchObject({ normalized: "succeeded", amountPaidMinor: 99_000 });
});

test("a payment that a notice named is read itself: a search may be behind", async () => {
  const { names } = await open();
  await mp.control("mercadopago/search", { behindMs: 60_000 });
  await mp.decide(names, { status: "approved" });
  const [payment] = await mp.payments(names);
  expect((await stateOf(names)).normalized).toBe("pending");
  expect((await stateOf([{ kind: "payment", value: String(payment?.id) }, ...names])).normalized).toBe(
    "succeeded",
  );
});

test("an order that nobody tried to pay expires with its page", async () => {
  const { names } = await open();
  await close(names);
  expect((await stateOf(names)).normalized).toBe("expired");
});

test("a payment that the payer's bank takes back is disputed, and its notice names the order", async () => {
  const { names, reference } = await open();
  await mp.decide(names, { status: "approved" });
  const [payment] = await mp.payments(names);
  await mp.control("mercadopago/chargebacks", { id: payment?.id });
  expect((await stateOf(names)).normalized).toBe("disputed");
  const { chargebacks } = await mp.state();
  expect(
    valueOf(await mp.gateway.identify({ kind: "chargeback", value: String(chargebacks[0]?.id) })),
  ).toEqual({ kind: "order", value: reference });
});

test("a refund goes to the payment that was approved, and a repeated key refunds once", async () => {
  const { names } = await open();
  await mp.decide(names, { status: "approved" });
  await mp.decide(names, { status: "rejected", again: true });
  const request = {
    refundId: randomUUID(),
    idempotencyKey: randomUUID(),
    reference: randomUUID(),
    payment: names,
    money: { amountMinor: 40_000, currency: "CLP" },
    payer: { email: "owner@vista.test" },
    notifyUrl: NOTIFY,
  };
  const first = valueOf(await mp.gateway.refund(request));
  const again = valueOf(await mp.gateway.refund(request));
  expect(again.references).toEqual(first.references);
  expect(valueOf(await mp.gateway.fetchRefund(first.references))).toMatchObject({
    normalized: "succeeded",
    amountMinor: 40_000,
  });
  expect(await stateOf(names)).toMatchObject({
    normalized: "partially_refunded",
    amountRefundedMinor: 40_000,
    amountPaidMinor: 99_000,
  });
});

test("a refund that has no name cannot be asked about", async () => {
  const asked = await mp.gateway.fetchRefund([{ kind: "refund_order", value: "ours" }]);
  expect(asked.ok ? "" : asked.failure.kind).toBe("unsupported");
});

test("all pages of a list are read, each payment once", { timeout: 30_000 }, async () => {
  const { names, reference } = await open();
  for (let count = 0; count < 53; count += 1) await mp.decide(names, { status: "approved", again: true });
  const list = mp.gateway.listPayments;
  const listed = valueOf(
    (await list?.(new Date(Date.now() - HOUR_MS), new Date(Date.now() + HOUR_MS))) ?? { ok: true, value: [] },
  );
  expect(listed).toMatchObject([{ reference, amountPaidMinor: 53 * 99_000, reason: "paid 53 times" }]);
  const searches = mp.calls.filter(({ path }) => path === "v1/payments/search");
  expect(searches).toHaveLength(2);
});

describe("the hosted page", () => {
  test("shows whom, what and how much, and lets nothing be written into it", async () => {
    const { url } = await open();
    const page = await (await fetch(url)).text();
    for (const shown of [
      "Opttius",
      "$99.000",
      "Opttius Pro &lt;1 mes&gt;",
      'data-testid="mercadopago-approve"',
    ])
      expect(page).toContain(shown);
  });

  test("sends a payer who paid straight back, with the payment's names", async () => {
    const { url, reference } = await open();
    const back = new URL((await press(url, "approve")).headers.get("location") ?? "");
    expect(back.searchParams.get("status")).toBe("approved");
    const asked = { method: "GET", url: back, form: new URLSearchParams() };
    expect(valueOf(await mp.gateway.completeReturn(asked))).toEqual({ kind: "order", value: reference });
  });

  test("offers a refused payer another card", async () => {
    const { url } = await open();
    const page = await (await press(url, "reject")).text();
    expect(page).toContain('data-testid="mercadopago-retry"');
    expect(page).toContain('data-testid="mercadopago-back"');
    expect((await press(url, "approve")).status).toBe(303);
  });

  test("lets a payer leave, and takes no money once it is closed", async () => {
    const { url, names } = await open();
    expect((await press(url, "leave")).headers.get("location")).toContain("payment_id=null");
    await close(names);
    expect(await (await press(url, "approve")).text()).toContain("venció");
    expect(await mp.payments(names)).toHaveLength(0);
  });
});

describe("a renewal", () => {
  const setUp = async (reference = randomUUID().replaceAll("-", "")) =>
    mp.gateway.subscriptions?.setup({
      autoRenewalId: randomUUID(),
      reference,
      idempotencyKey: randomUUID(),
      money: { amountMinor: 990_000, currency: "CLP" },
      interval: "year",
      firstChargeAt: new Date(Date.now() + 10 * 24 * HOUR_MS),
      subject: "Opttius Pro",
      payer: { email: "owner@vista.test", name: "Ana Pérez" },
      returnUrl: "http://127.0.0.1:9/return",
      notifyUrl: NOTIFY,
    }) ?? Promise.reject(new Error("no renewals"));

  test("whose answer was lost is found again and not made twice", async () => {
    const reference = randomUUID().replaceAll("-", "");
    await mp.fault("preapproval/create", "lost-answer");
    const lost = await setUp(reference);
    expect(lost.ok ? "" : lost.failure.kind).toBe("unknown-outcome");
    const found = valueOf(await setUp(reference));
    const { preapprovals } = await mp.state();
    expect(preapprovals.map(({ id }) => id)).toEqual([found.gatewayRef.value]);
    expect(preapprovals[0]?.months).toBe(12);
  });

  test("first charges on its day, and a charge leads back to it", async () => {
    const setup = valueOf(await setUp());
    const names = [setup.gatewayRef];
    await mp.control("mercadopago/preapprovals", { id: setup.gatewayRef.value, status: "authorized" });
    const list = async () =>
      valueOf((await mp.gateway.subscriptions?.listCharges(names, new Date(0))) ?? { ok: true, value: [] });
    expect(await list()).toHaveLength(0);
    await mp.control("clock", { ms: 11 * 24 * HOUR_MS });
    expect(await list()).toHaveLength(1);
    const [charge] = (await mp.state()).authorizedPayments;
    const above = valueOf(
      await mp.gateway.identify({ kind: "authorized_payment", value: String(charge?.id) }),
    );
    expect(above).toEqual(setup.gatewayRef);
  });

  test("whose card refused and then took is paid once, by the try that took", async () => {
    const setup = valueOf(await setUp());
    await mp.control("mercadopago/preapprovals", { id: setup.gatewayRef.value, status: "authorized" });
    await mp.control("mercadopago/cards", { decline: true });
    await mp.control("clock", { ms: 10.5 * 24 * HOUR_MS });
    await mp.control("mercadopago/cards", { decline: false });
    await mp.control("clock", { ms: 2 * 24 * HOUR_MS });
    const charges = valueOf(
      (await mp.gateway.subscriptions?.listCharges([setup.gatewayRef], new Date(0))) ?? {
        ok: true,
        value: [],
      },
    );
    expect(charges.map(({ normalized }) => normalized)).toEqual(["succeeded"]);
    const { payments } = await mp.state();
    expect(payments.map(({ status }) => status)).toEqual(["rejected", "approved"]);
  });
});
