import { afterAll, beforeAll, beforeEach } from "vitest";
import { createGateways, type Gateways } from "@/lib/payments";
import { createFlowGateway } from "@/lib/payments/flow/gateway";
import type { Gateway } from "@/lib/payments/gateway";
import type { CallRecord } from "@/lib/payments/http";
import { control as controlOf, remembered } from "@/scripts/sandbox/control";
import type { FaultKind } from "@/scripts/sandbox/faults";
import { type Sandbox, startSandbox } from "@/scripts/sandbox/server";

export const flowKeys = {
  flowApiKey: "1F90971E-8276-4715-97FF-TESTKEY",
  flowSecretKey: "a-secret-only-for-tests-0123456789",
};

interface FlowOrder {
  token: string;
  flowOrder: number;
  commerceOrder: string;
  amount: number;
  status: number;
  urlConfirmation: string;
  urlReturn: string;
}
interface FlowRefund {
  token: string;
  amount: number;
  status: string;
  refundCommerceOrder: string;
}
interface FlowSubscription {
  subscriptionId: string;
  planId: string;
  customerId: string;
  status: number;
  nextInvoice: string | null;
}
interface FlowInvoice {
  id: number;
  subscriptionId: string;
  amount: number;
  status: number;
  flowOrder: number | null;
}
interface SandboxState {
  flow: {
    orders: FlowOrder[];
    refunds: FlowRefund[];
    plans: { planId: string; urlCallback: string | null }[];
    subscriptions: FlowSubscription[];
    invoices: FlowInvoice[];
  };
  callbacks: { held: number; deliveries: { url: string; body: string; result: number | string }[] };
}

/** Flow as a test holds it in its hands. */
export interface FlowInHand {
  readonly url: string;
  readonly gateway: Gateway;
  readonly gateways: Gateways;
  /** As another process has them: with a breaker and a bulkhead of their own. */
  renewed(): Gateways;
  readonly calls: CallRecord[];
  state(): Promise<SandboxState>;
  /** The last order. */
  order(): Promise<FlowOrder>;
  /** Decides an order as its payer would, without a browser; no callback unless asked for. */
  decide(
    token: string,
    change: { status?: 1 | 2 | 3 | 4; lies?: Record<string, unknown>; callback?: boolean },
  ): Promise<void>;
  decideRefund(token: string, status: string, callback?: boolean): Promise<void>;
  /** Registers a card on the page that a setup opened, or refuses to. */
  registerCard(token: string, isAgreed: boolean): Promise<void>;
  /** Has the charges of a customer's card refused with a code; null: they go through. */
  refuseCard(customerId: string, code: number | null): Promise<void>;
  /** Has the API tell a lie about a plan, a subscription or an invoice. */
  lieAbout(what: "plans" | "subscriptions" | "invoices", which: object, lies: object): Promise<void>;
  /** Moves the time at Flow; what comes due is charged. */
  moveClock(order: { ms: number } | { at: string }): Promise<void>;
  fault(operation: string, kind: FaultKind, count?: number, ms?: number): Promise<void>;
  callbacks(order: Record<string, unknown>): Promise<void>;
}

/** A sandbox for the test file, emptied before each test. */
export function flowInHand(): FlowInHand {
  let sandbox: Sandbox;
  let gateway: Gateway;
  const calls: CallRecord[] = [];

  const control = (path: string, order: object) => controlOf<void>(sandbox.url, path, order);
  const state = () => remembered<SandboxState>(sandbox.url);
  const create = () => {
    const settings = {
      apiUrl: `${sandbox.url}/flow/api`,
      apiKey: flowKeys.flowApiKey,
      secretKey: flowKeys.flowSecretKey,
    };
    return createFlowGateway(settings, (call) => calls.push(call));
  };

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, ...flowKeys });
  });
  beforeEach(async () => {
    calls.length = 0;
    gateway = create(); // a breaker that one test opened must not hold back the next
    await control("reset", {});
  });
  afterAll(() => sandbox.stop());

  return {
    get url() {
      return sandbox.url;
    },
    get gateway() {
      return gateway;
    },
    get gateways() {
      return createGateways([{ id: "flow", configure: () => () => gateway }], null);
    },
    renewed() {
      const own = create();
      return createGateways([{ id: "flow", configure: () => () => own }], null);
    },
    calls,
    state,
    async order() {
      const order = (await state()).flow.orders.at(-1);
      if (!order) throw new Error("Flow has no order");
      return order;
    },
    decide: (token, change) => control("flow/orders", { token, ...change }),
    decideRefund: (token, status, callback = false) => control("flow/refunds", { token, status, callback }),
    registerCard: (token, register) => control("flow/customers", { token, register }),
    refuseCard: (customerId, refusesWith) => control("flow/customers", { customerId, refusesWith }),
    lieAbout: (what, which, lies) => control(`flow/${what}`, { ...which, lies }),
    moveClock: (order) => control("clock", order),
    fault: (operation, kind, count = 1, ms = 30_000) => control("faults", { operation, kind, count, ms }),
    callbacks: (order) => control("callbacks", order),
  };
}
