import { describe, expect, test } from "vitest";
import { flowOnTheWire } from "./flow/wire";
import { mercadoPagoOnTheWire } from "./mercadopago/wire";
import { nowPaymentsOnTheWire } from "./nowpayments/wire";
import { paypalOnTheWire } from "./paypal/wire";
import { notices, sandboxOnTheWire } from "./support/wire";

// What the sandbox does when it is told to misbehave, seen from outside, alike at every gateway.

interface State {
  readonly faults: readonly unknown[];
  readonly callbacks: {
    readonly ordered: readonly unknown[];
    readonly deliveries: readonly { result: unknown }[];
  };
}

const wire = sandboxOnTheWire();
const flow = flowOnTheWire(wire);
const mercadoPago = mercadoPagoOnTheWire(wire);
const paypal = paypalOnTheWire(wire);
const nowPayments = nowPaymentsOnTheWire(wire);

let count = 0;
const gateways = [
  {
    gateway: "flow",
    operation: "payment/create",
    list: "orders",
    ask: () => flow.post("payment/create", flow.order()),
    another: () => flow.get("payment/getStatus", { token: "A1" }),
    notify: async () => {
      await flow.paid({ commerceOrder: `order-${(count += 1)}` });
    },
  },
  {
    gateway: "mercadopago",
    operation: "preferences/create",
    list: "preferences",
    ask: () => mercadoPago.call("POST", "checkout/preferences", mercadoPago.preference()),
    another: () => mercadoPago.call("GET", "v1/payments/1"),
    notify: async () => {
      await mercadoPago.press(await mercadoPago.prefer(), "reject");
    },
  },
  {
    gateway: "paypal",
    operation: "POST v2/checkout/orders",
    list: "orders",
    ask: () => paypal.call("POST", "v2/checkout/orders", paypal.order()),
    another: () => paypal.call("GET", "v2/checkout/orders/5O190127TN364715T"),
    notify: async () => {
      await paypal.approved();
    },
  },
  {
    gateway: "nowpayments",
    operation: "invoice",
    list: "invoices",
    ask: () => nowPayments.call("POST", "invoice", nowPayments.invoice()),
    another: () => nowPayments.call("GET", "payment/1"),
    notify: async () => {
      await nowPayments.decide(await nowPayments.open(), { status: "waiting" });
    },
  },
];

const state = async () => (await (await fetch(`${wire.url}/control/state`)).json()) as State;
/** How many orders a gateway took. */
const taken = async ({ gateway, list }: { gateway: string; list: string }) => {
  const all = (await (await fetch(`${wire.url}/control/state`)).json()) as Record<
    string,
    Record<string, unknown[]>
  >;
  return all[gateway]?.[list]?.length;
};

describe.each(gateways)("$gateway, told to misbehave,", (one) => {
  const { gateway, operation, ask, another, notify } = one;
  const fault = (kind: string, change: object = {}) =>
    wire.order("faults", { gateway, operation, kind, ...change });
  const callbacks = (mode: string, change: object = {}) =>
    wire.order("callbacks", { gateway, mode, ...change });

  test("breaks down as often as it was told to, in that operation alone, and takes nothing", async () => {
    await fault("error500", { count: 2 });
    expect([(await ask()).status, (await another()).status < 500, (await ask()).status]).toEqual([
      500,
      true,
      500,
    ]);
    expect(await taken(one)).toBe(0);
    expect((await ask()).ok).toBe(true);
    expect(await taken(one)).toBe(1);
  });

  test("hangs up after its time without an answer, and takes nothing", async () => {
    await fault("timeout", { ms: 50 });
    await expect(ask()).rejects.toThrow();
    expect(await taken(one)).toBe(0);
    expect((await ask()).ok).toBe(true);
  });

  test("loses an answer to what it did", async () => {
    await fault("lost-answer");
    await expect(ask()).rejects.toThrow();
    expect(await taken(one)).toBe(1);
  });

  test("breaks an answer off in the middle of what it did", async () => {
    await fault("malformed");
    await expect((await ask()).json()).rejects.toThrow();
    expect(await taken(one)).toBe(1);
  });

  test("turns callers away for a while, and says for how long", async () => {
    await fault("rate-limited");
    const answer = await ask();
    expect([answer.status, Number(answer.headers.get("retry-after")) > 0]).toEqual([429, true]);
    expect(await taken(one)).toBe(0);
  });

  test("answers late and whole", async () => {
    await fault("slow", { ms: 20 });
    expect((await ask()).ok).toBe(true);
    expect(await taken(one)).toBe(1);
  });

  test("sends a notice as often as it was told to, each the same", async () => {
    await callbacks("duplicate", { copies: 3 });
    await notify();
    const heard = await notices(wire.shop, 3);
    expect(new Set(heard.map(({ url, body }) => `${url.href} ${body}`)).size).toBe(1);
  });

  test("loses one notice, and the next one comes", async () => {
    await callbacks("lost");
    await notify();
    expect((await state()).callbacks.deliveries).toMatchObject([{ result: "lost" }]);
    await notify();
    expect(await notices(wire.shop, 1)).toHaveLength(1);
  });

  test("sends a notice late: one of later comes before it", async () => {
    await callbacks("late", { ms: 2_000 });
    await notify();
    await notify();
    await notices(wire.shop, 1);
    const [inTime] = [...wire.shop.heard];
    const both = await notices(wire.shop, 2);
    expect(both[0]).toBe(inTime);
    expect(both[1]?.body).not.toBe(inTime?.body);
  });

  test("breaks a notice off in the middle", async () => {
    await callbacks("malformed");
    await notify();
    await notify();
    const bodies = (await notices(wire.shop, 2))
      .map(({ body }) => body.length)
      .sort((less, more) => less - more);
    expect((bodies[0] ?? 0) * 1.5).toBeLessThan(bodies[1] ?? 0);
  });

  test("stops when it is told to", async () => {
    await fault("error500", { rate: 1 });
    await callbacks("lost", { rate: 1 });
    expect([(await ask()).status, (await ask()).status]).toEqual([500, 500]);
    await wire.order("heal");
    expect(await state()).toMatchObject({ faults: [], callbacks: { ordered: [] } });
    expect((await ask()).ok).toBe(true);
    await notify();
    expect(await notices(wire.shop, 1)).toHaveLength(1);
  });

  test("leaves the other gateways alone", async () => {
    await fault("error500", { operation: "*", rate: 1 });
    const others = gateways.filter((other) => other.gateway !== gateway);
    for (const other of others) expect((await other.ask()).ok).toBe(true);
  });
});
