import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Gateway, Reference } from "@/lib/payments/gateway";
import type { CallRecord } from "@/lib/payments/http";
import type { NowPaymentsSettings } from "@/lib/payments/nowpayments/client";
import { createNowPaymentsGateway } from "@/lib/payments/nowpayments/gateway";
import { control as controlOf, remembered } from "@/scripts/sandbox/control";
import type { FaultKind } from "@/scripts/sandbox/faults";
import type { NowState } from "@/scripts/sandbox/nowpayments/state";
import { type Sandbox, startSandbox } from "@/scripts/sandbox/server";
import type { SentNotice } from "../contract-driver";
import { flowKeys } from "./flow";

export const nowPaymentsKeys = {
  nowpaymentsApiKey: "TESTKEY-0000001-TESTKEY-0000002",
  nowpaymentsIpnSecret: "an-ipn-secret-only-for-tests",
  nowpaymentsEmail: "payments@opttius.test",
  nowpaymentsPassword: "a-password-only-for-tests",
};

interface SandboxState {
  nowpayments: NowState;
  callbacks: { deliveries: { gateway: string; url: string; body: string; result: number | string }[] };
}

/** NOWPayments as a test holds it in its hands. */
export interface NowPaymentsInHand {
  readonly url: string;
  readonly gateway: Gateway;
  /** The same sandbox through an adapter with other settings. */
  with(settings: Partial<NowPaymentsSettings>): Gateway;
  /** The same sandbox through an adapter that may list nothing. */
  withoutLogin(): Gateway;
  readonly calls: CallRecord[];
  state(): Promise<NowState>;
  callbacks(): Promise<SandboxState["callbacks"]>;
  /** Decides a payment of a checkout, the last one unless `new`; no notice unless asked for. */
  decide(names: readonly Reference[], change: Record<string, unknown>): Promise<{ payment_id: number }>;
  /** What is sent about the last payment of a checkout, without sending it. */
  notice(names: readonly Reference[], style?: string): Promise<SentNotice>;
  control<Answer = unknown>(path: string, order: object): Promise<Answer>;
  fault(operation: string, kind: FaultKind, count?: number, ms?: number): Promise<void>;
}

/** A sandbox for the test file, emptied before each test. */
export function nowPaymentsInHand(): NowPaymentsInHand {
  let sandbox: Sandbox;
  let gateway: Gateway;
  const calls: CallRecord[] = [];
  const control = <Answer>(path: string, order: object) => controlOf<Answer>(sandbox.url, path, order);
  const all = () => remembered<SandboxState>(sandbox.url);
  const settings = (): NowPaymentsSettings => ({
    apiUrl: `${sandbox.url}/nowpayments/v1`,
    apiKey: nowPaymentsKeys.nowpaymentsApiKey,
    ipnSecret: nowPaymentsKeys.nowpaymentsIpnSecret,
  });
  const login = {
    email: nowPaymentsKeys.nowpaymentsEmail,
    password: nowPaymentsKeys.nowpaymentsPassword,
  };
  const create = (change: Partial<NowPaymentsSettings>) =>
    createNowPaymentsGateway({ ...settings(), ...change }, (call) => calls.push(call));
  const decide = (names: readonly Reference[], change: Record<string, unknown>) =>
    control<{ payment_id: number }>("nowpayments/payments", { invoice: nameOf(names, "invoice"), ...change });

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, ...flowKeys, ...nowPaymentsKeys, nowpaymentsRetryMs: 50 });
  });
  beforeEach(async () => {
    calls.length = 0;
    gateway = create({ login }); // a breaker that one test opened must not hold back the next
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
    with: (change) => create({ login, ...change }),
    withoutLogin: () => create({}),
    calls,
    state: async () => (await all()).nowpayments,
    callbacks: async () => (await all()).callbacks,
    decide,
    async notice(names, style) {
      const { payment_id: payment } = await decide(names, {});
      const sent = await control<{ headers: Record<string, string>; body: string }>("nowpayments/notices", {
        payment,
        ...(style === undefined ? {} : { style }),
      });
      return { headers: new Headers(sent.headers), rawBody: Buffer.from(sent.body) };
    },
    control,
    async fault(operation, kind, count = 1, ms = 30_000) {
      await control("faults", { gateway: "nowpayments", operation, kind, count, ms });
    },
  };
}

/** The value of one kind among names; empty when it is not there. */
export function nameOf(names: readonly Reference[], kind: string): string {
  return names.find((name) => name.kind === kind)?.value ?? "";
}
