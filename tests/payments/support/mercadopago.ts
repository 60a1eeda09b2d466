import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Gateway, Reference } from "@/lib/payments/gateway";
import type { CallRecord } from "@/lib/payments/http";
import type { MercadoPagoSettings } from "@/lib/payments/mercadopago/client";
import { createMercadoPagoGateway } from "@/lib/payments/mercadopago/gateway";
import { control as controlOf, remembered } from "@/scripts/sandbox/control";
import type { FaultKind } from "@/scripts/sandbox/faults";
import type { MercadoPagoState, Payment, Preapproval, Preference } from "@/scripts/sandbox/mercadopago/state";
import { type Sandbox, startSandbox } from "@/scripts/sandbox/server";
import { flowKeys } from "./flow";

export const mercadoPagoKeys = {
  mercadopagoAccessToken: "TEST-7000000000000001-112400-0123456789abcdef0123456789abcdef-446566691",
  mercadopagoWebhookSecret: "a-webhook-secret-only-for-tests",
};

interface SandboxState {
  mercadopago: MercadoPagoState;
  callbacks: { deliveries: { gateway: string; url: string; body: string; result: number | string }[] };
}

/** Mercado Pago as a test holds it in its hands. */
export interface MercadoPagoInHand {
  readonly url: string;
  readonly gateway: Gateway;
  /** The same sandbox through an adapter with other settings. */
  with(settings: Partial<MercadoPagoSettings>): Gateway;
  readonly calls: CallRecord[];
  state(): Promise<MercadoPagoState>;
  callbacks(): Promise<SandboxState["callbacks"]>;
  preference(names: readonly Reference[]): Promise<Preference>;
  payments(names: readonly Reference[]): Promise<Payment[]>;
  preapproval(names: readonly Reference[]): Promise<Preapproval>;
  /** Decides a payment or makes the next try of a preference; no notice unless asked for. */
  decide(names: readonly Reference[], change: Record<string, unknown>): Promise<void>;
  control(path: string, order: object): Promise<void>;
  fault(operation: string, kind: FaultKind, count?: number, ms?: number): Promise<void>;
}

/** A sandbox for the test file, emptied before each test. */
export function mercadoPagoInHand(): MercadoPagoInHand {
  let sandbox: Sandbox;
  let gateway: Gateway;
  const calls: CallRecord[] = [];

  const control = (path: string, order: object) => controlOf<void>(sandbox.url, path, order);
  const all = () => remembered<SandboxState>(sandbox.url);
  const create = (settings: Partial<MercadoPagoSettings> = {}) =>
    createMercadoPagoGateway(
      {
        apiUrl: `${sandbox.url}/mercadopago`,
        accessToken: mercadoPagoKeys.mercadopagoAccessToken,
        webhookSecret: mercadoPagoKeys.mercadopagoWebhookSecret,
        ...settings,
      },
      (call) => calls.push(call),
    );
  const one = <Thing>(found: Thing | undefined): Thing => {
    if (found === undefined) throw new Error("Mercado Pago has no such thing");
    return found;
  };
  const state = async () => (await all()).mercadopago;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, ...flowKeys, ...mercadoPagoKeys });
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
    with: create,
    calls,
    state,
    callbacks: async () => (await all()).callbacks,
    preference: async (names) =>
      one((await state()).preferences.find(({ id }) => id === nameOf(names, "preference"))),
    payments: async (names) =>
      (await state()).payments.filter(({ preferenceId }) => preferenceId === nameOf(names, "preference")),
    preapproval: async (names) =>
      one((await state()).preapprovals.find(({ id }) => id === nameOf(names, "preapproval"))),
    decide: (names, change) =>
      control("mercadopago/payments", { preference_id: nameOf(names, "preference"), ...change }),
    control,
    fault: (operation, kind, count = 1, ms = 30_000) =>
      control("faults", { gateway: "mercadopago", operation, kind, count, ms }),
  };
}

/** The value of one kind among names; empty when it is not there. */
export function nameOf(names: readonly Reference[], kind: string): string {
  return names.find((name) => name.kind === kind)?.value ?? "";
}
