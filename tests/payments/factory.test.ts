import { expect, test } from "vitest";
import { createGateways } from "@/lib/payments/factory";
import { createFlowGateway } from "@/lib/payments/flow/gateway";

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
