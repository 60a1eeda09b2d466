import "server-only";
import { env, type Gateways as GatewaySettings } from "@/lib/env";
import { listen } from "@/lib/jobs/listen";
import { log } from "@/lib/log";
import {
  type CallRecord,
  createGateways,
  effectiveSettings,
  environmentSettings,
  GATEWAY_SETTINGS_CHANNEL,
  type GatewayRegistration,
  type RenewableGateways,
  recordWorlds,
} from "@/lib/payments";
import { createFlowGateway } from "@/lib/payments/flow/gateway";
import type { Gateway } from "@/lib/payments/gateway";
import { createMercadoPagoGateway } from "@/lib/payments/mercadopago/gateway";
import { createNowPaymentsGateway } from "@/lib/payments/nowpayments/gateway";
import { createPaypalGateway } from "@/lib/payments/paypal/gateway";

/** The payment gateways that there are, in the order in which they are offered: one line each. */
const registrations: readonly GatewayRegistration<GatewaySettings>[] = [
  { id: "flow", configure: ({ flow }) => flow && (() => createFlowGateway(flow, logCall)) },
  {
    id: "mercadopago",
    configure: ({ mercadopago }) => mercadopago && (() => createMercadoPagoGateway(mercadopago, logCall)),
  },
  { id: "paypal", configure: ({ paypal }) => paypal && (() => createPaypalGateway(paypal, logCall)) },
  {
    id: "nowpayments",
    configure: ({ nowpayments }) => nowpayments && (() => createNowPaymentsGateway(nowpayments, logCall)),
  },
];

declare global {
  // The framework loads a module once for each of its layers; breakers and settings belong to the process.
  var opttiusGateways: RenewableGateways<GatewaySettings> | undefined;
}

/** The payment gateways of this process: the environment's until `followGatewaySettings` has looked at the console's. */
export const gateways: RenewableGateways<GatewaySettings> = (globalThis.opttiusGateways ??= initial());

/** Without a NOTIFY, a change in the console is in use within this time. */
const LOOK_EVERY_MS = 30_000;

/** Looks at the console's settings now. @throws what keeps the database from answering; the present ones go on */
export async function renewGateways(): Promise<void> {
  const { settings, standings } = await effectiveSettings();
  gateways.renew(settings, standings);
  await recordWorlds(standings);
}

/** Keeps this process at the console's settings, from now on; the first look is over when this resolves. */
export async function followGatewaySettings(): Promise<{ stop(): Promise<void> }> {
  await look();
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  timer.unref();
  const ears = listen(env.DATABASE_URL, { [GATEWAY_SETTINGS_CHANNEL]: () => void look() });
  return {
    async stop() {
      clearInterval(timer);
      await ears.stop();
    },
  };
}

/** A gateway as it would be with other settings, to be asked whether they are right; null where one is missing. */
export function candidateGateway(id: string, settings: GatewaySettings): Gateway | null {
  const make = registrations.find((one) => one.id === id)?.configure(settings);
  return make ? make() : null;
}

async function look(): Promise<void> {
  try {
    await renewGateways();
  } catch (error) {
    log.error({ err: error }, "the gateways' settings were not read; the present ones go on");
  }
}

function initial(): RenewableGateways<GatewaySettings> {
  const { settings, standings } = environmentSettings();
  return createGateways(registrations, settings, standings);
}

function logCall(call: CallRecord): void {
  if (call.failure) log.warn(call, "a gateway call failed");
  else log.info(call, "a gateway was called");
}
