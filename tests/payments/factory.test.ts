import { expect, test } from "vitest";
import { createGateways } from "@/lib/payments/factory";
import { createFlowGateway } from "@/lib/payments/flow/gateway";
import { movesTestMoney } from "@/lib/payments/test-mode";
import { freePort } from "@/scripts/services/ports";

const settings = {
  flow: { apiUrl: "https://flow.test/api", apiKey: "key", secretKey: "secret" },
  other: null,
};
const registrations = [
  { id: "flow", configure: ({ flow }: typeof settings) => flow && (() => createFlowGateway(flow)) },
  { id: "other", configure: ({ other }: typeof settings) => other },
];

test("a gateway with its secrets is on, one without is off, any other name is nothing", () => {
  const gateways = createGateways(registrations, settings);
  expect(gateways.find("flow")).toMatchObject({ state: "on", gateway: { id: "flow" } });
  expect(gateways.find("other")).toEqual({ state: "off" });
  expect(gateways.find("stripe")).toEqual({ state: "unknown" });
  expect(gateways.find("constructor")).toEqual({ state: "unknown" });
  expect(gateways.list()).toEqual([
    { id: "flow", state: "on", testMode: false },
    { id: "other", state: "off", testMode: false },
  ]);
  expect(gateways.available().map(({ id }) => id)).toEqual(["flow"]);
});

test("a gateway is built once, so that its breaker remembers", () => {
  const gateways = createGateways(registrations, settings);
  const [first, second] = [gateways.find("flow"), gateways.find("flow")];
  expect(first.state === "on" && second.state === "on" && first.gateway === second.gateway).toBe(true);
});

test("other settings make another adapter; whose settings stayed keeps its own and what its breaker knows", () => {
  const both = [...registrations, { id: "second", configure: registrations[0]?.configure ?? (() => null) }];
  const first = { ...settings, second: { rank: 1 } };
  const gateways = createGateways(both, first);
  const adapter = (id: string) => {
    const found = gateways.find(id);
    return found.state === "on" ? found.gateway : null;
  };
  const before = { flow: adapter("flow"), second: adapter("second") };
  const sandbox = { mode: "sandbox", testMode: true, source: "console", paused: false } as const;
  gateways.renew({ ...first, flow: { ...settings.flow, apiKey: "another" } }, new Map([["flow", sandbox]]));
  expect(adapter("flow")).not.toBe(before.flow);
  expect(adapter("second")).toBe(before.second);
  expect(gateways.find("flow")).toMatchObject({ standing: sandbox });
  expect(movesTestMoney(gateways)).toBe(true);
});

test("a gateway that was taken out of checkouts is offered no more and still found for what was opened before", () => {
  const paused = { mode: "production", testMode: false, source: "console", paused: true } as const;
  const gateways = createGateways(registrations, settings, new Map([["flow", paused]]));
  expect(gateways.available()).toEqual([]);
  expect(gateways.find("flow")).toMatchObject({ state: "on", standing: { paused: true } });
  expect(gateways.list()).toContainEqual({ id: "flow", state: "paused", testMode: false });
  expect(movesTestMoney(gateways)).toBe(false);
});

test("a gateway whose checkouts keep failing is offered last", async () => {
  const nowhere = {
    apiUrl: `http://127.0.0.1:${await freePort()}`,
    apiKey: "key-12345",
    secretKey: "secret-12345",
  };
  const gateways = createGateways(
    [
      { id: "failing", configure: () => () => ({ ...createFlowGateway(nowhere), id: "failing" }) },
      { id: "flow", configure: () => () => createFlowGateway(settings.flow) },
    ],
    null,
  );
  const failing = gateways.find("failing");
  if (failing.state !== "on") throw new Error("off");
  const checkout = {
    paymentId: "p",
    reference: "r",
    idempotencyKey: "k",
    money: { amountMinor: 1_000, currency: "CLP" },
    subject: "x",
    payer: { email: "a@b.cl" },
    returnUrl: "http://127.0.0.1/r",
    notifyUrl: "http://127.0.0.1/n",
    expiresAt: new Date(Date.now() + 60_000),
  };
  for (let time = 0; time < 12; time += 1) await failing.gateway.createCheckout(checkout);
  expect(gateways.list()).toEqual([
    { id: "failing", state: "degraded", testMode: false },
    { id: "flow", state: "on", testMode: false },
  ]);
  expect(gateways.available().map(({ id }) => id)).toEqual(["flow", "failing"]);
});
