import { expect, test } from "vitest";
import { createGateways } from "@/lib/payments/factory";
import { createFlowGateway } from "@/lib/payments/flow/gateway";
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
    { id: "flow", state: "on" },
    { id: "other", state: "off" },
  ]);
  expect(gateways.available().map(({ id }) => id)).toEqual(["flow"]);
});

test("a gateway is built once, so that its breaker remembers", () => {
  const gateways = createGateways(registrations, settings);
  const [first, second] = [gateways.find("flow"), gateways.find("flow")];
  expect(first.state === "on" && second.state === "on" && first.gateway === second.gateway).toBe(true);
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
    { id: "failing", state: "degraded" },
    { id: "flow", state: "on" },
  ]);
  expect(gateways.available().map(({ id }) => id)).toEqual(["flow", "failing"]);
});
