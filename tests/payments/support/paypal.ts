import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Gateway, Reference } from "@/lib/payments/gateway";
import type { CallRecord } from "@/lib/payments/http";
import { createPaypalGateway } from "@/lib/payments/paypal/gateway";
import { control as controlOf, remembered } from "@/scripts/sandbox/control";
import type { FaultKind } from "@/scripts/sandbox/faults";
import type { SignedEvent } from "@/scripts/sandbox/paypal/events";
import type { Capture, Order, PaypalState } from "@/scripts/sandbox/paypal/state";
import { type Sandbox, startSandbox } from "@/scripts/sandbox/server";

export const paypalKeys = {
  paypalClientId: "AVx-client-only-for-tests",
  paypalClientSecret: "a-paypal-secret-only-for-tests-0123456789",
  paypalWebhookId: "4JH86294D6297924G",
};

interface SandboxState {
  paypal: PaypalState;
  callbacks: { deliveries: { url: string; body: string; result: number | string }[] };
}

/** PayPal as a test holds it in its hands. */
export interface PaypalInHand {
  readonly url: string;
  readonly gateway: Gateway;
  readonly calls: CallRecord[];
  /** Another adapter over the same sandbox. */
  another(change?: Partial<Parameters<typeof createPaypalGateway>[0]>): Gateway;
  state(): Promise<SandboxState>;
  order(names: readonly Reference[]): Promise<Order>;
  capture(names: readonly Reference[]): Promise<Capture>;
  /** `POST /control/paypal/<what>`; see the sandbox's controls. */
  control(what: string, change: Record<string, unknown>): Promise<unknown>;
  /** `POST /control/<path>`. */
  sandbox(path: string, change: Record<string, unknown>): Promise<unknown>;
  fault(operation: string, kind: FaultKind, count?: number, ms?: number): Promise<void>;
  /** A notice signed as PayPal signs. */
  event(type: string, resource: unknown): Promise<SignedEvent>;
}

/** The value of the name of one kind. */
export function named(names: readonly Reference[], kind: string): string {
  return names.find((one) => one.kind === kind)?.value ?? "";
}

/** A sandbox for the test file, emptied before each test. */
export function paypalInHand(): PaypalInHand {
  let sandbox: Sandbox;
  let gateway: Gateway;
  const calls: CallRecord[] = [];

  const order = (path: string, change: object) => controlOf(sandbox.url, path, change);
  const state = () => remembered<SandboxState>(sandbox.url);
  const another: PaypalInHand["another"] = (change = {}) =>
    createPaypalGateway(
      {
        apiUrl: `${sandbox.url}/paypal`,
        clientId: paypalKeys.paypalClientId,
        clientSecret: paypalKeys.paypalClientSecret,
        webhookId: paypalKeys.paypalWebhookId,
        ...change,
      },
      (call) => calls.push(call),
    );

  beforeAll(async () => {
    sandbox = await startSandbox({
      port: 0,
      flowApiKey: "unused",
      flowSecretKey: "unused",
      ...paypalKeys,
      paypalWebhookUrl: "http://127.0.0.1:9/api/webhooks/paypal",
    });
  });
  beforeEach(async () => {
    calls.length = 0;
    gateway = another(); // a breaker that one test opened must not hold back the next
    await order("reset", {});
  });
  afterAll(() => sandbox.stop());

  return {
    get url() {
      return sandbox.url;
    },
    get gateway() {
      return gateway;
    },
    calls,
    another,
    state,
    async order(names) {
      const { paypal } = await state();
      const found = paypal.orders.find(({ id }) => id === named(names, "paypal_order"));
      if (!found) throw new Error("PayPal has no such order");
      return found;
    },
    async capture(names) {
      const { paypal } = await state();
      const found = paypal.captures.find(({ orderId }) => orderId === named(names, "paypal_order"));
      if (!found) throw new Error("nothing was captured");
      return found;
    },
    control: (what, change) => order(`paypal/${what}`, change),
    sandbox: order,
    async fault(operation, kind, count = 1, ms = 30_000) {
      await order("faults", { gateway: "paypal", operation, kind, count, ms });
    },
    event: async (type, resource) => (await order("paypal/events", { type, resource })) as SignedEvent,
  };
}
