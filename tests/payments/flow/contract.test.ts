import { createFlowGateway } from "@/lib/payments/flow/gateway";
import type { Reference } from "@/lib/payments/gateway";
import { keepsTheContract } from "../contract";
import { flowInHand, flowKeys } from "../support/flow";

const flow = flowInHand();
const operations = {
  checkout: "payment/create",
  state: "payment/getStatus",
  refund: "refund/create",
} as const;
const lies = {
  amount: { amount: 990, paymentData: { amount: 990, currency: "CLP" } },
  currency: { currency: "USD", paymentData: { amount: 99_000, currency: "USD" } },
  reference: { commerceOrder: "somebody-elses-order" },
  status: { status: 9 },
} as const;

const token = (names: readonly Reference[]) => names.find(({ kind }) => kind === "token")?.value ?? "";
const form = (text: string, type = "application/x-www-form-urlencoded") => ({
  headers: new Headers({ "content-type": type }),
  rawBody: Buffer.from(text),
});

keepsTheContract({
  get gateway() {
    return flow.gateway;
  },
  withWrongKey: () =>
    createFlowGateway({
      apiUrl: `${flow.url}/flow/api`,
      apiKey: flowKeys.flowApiKey,
      secretKey: "another secret",
    }),
  decide: (names, fate) => flow.decide(token(names), { status: fate === "pay" ? 2 : 3 }),
  lie: (names, lie) => flow.decide(token(names), { lies: lies[lie] }),
  fault: (operation, kind, count, ms) => flow.fault(operations[operation], kind, count, ms),
  checkoutsNamed: async (reference) =>
    (await flow.state()).flow.orders.filter((order) => order.commerceOrder === reference).length,
  notice: (names) => form(`token=${token(names)}`),
  returnFields: (names) => new URLSearchParams({ token: token(names) }),
  findsByOwnReference: true,
  renewals: {
    agree: (names, fate) => flow.registerCard(token(names), fate === "agree"),
    cycle: async (_interval, fate = "pay") => {
      const { subscriptions } = (await flow.state()).flow;
      const last = subscriptions.at(-1);
      if (!last?.nextInvoice) return flow.moveClock({ ms: 32 * 86_400_000 });
      await flow.refuseCard(last.customerId, fate === "decline" ? -11 : null);
      await flow.moveClock({ at: `${last.nextInvoice}T15:00:00Z` });
    },
    renewalsNamed: async (reference) => {
      const { subscriptions } = (await flow.state()).flow;
      return subscriptions.filter(({ planId }) => planId.startsWith(`opt-${reference}`)).length;
    },
  },
  badNotices: () => ({
    "an empty body": form(""),
    "no token": form("status=2&flowOrder=1"),
    "an empty token": form("token="),
    "two tokens": form("token=A1&token=B2"),
    "a token of another form": form(`token=${encodeURIComponent("<script>")}`),
    "a token with a NUL": form("token=abc%00def"),
    "an endless token": form(`token=${"A".repeat(129)}`),
    JSON: form('{"token":"A1"}', "application/json"),
    "broken UTF-8": {
      headers: new Headers({ "content-type": "application/x-www-form-urlencoded" }),
      rawBody: Buffer.from([0x74, 0xff, 0xfe]),
    },
  }),
});
