import "server-only";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { type CallRecord, createGateways } from "@/lib/payments";
import { createFlowGateway } from "@/lib/payments/flow/gateway";

/** The payment gateways of this installation, in the order in which they are offered: one line each. */
export const gateways = createGateways(
  [{ id: "flow", configure: ({ flow }) => flow && (() => createFlowGateway(flow, logCall)) }],
  env.gateways,
);

function logCall(call: CallRecord): void {
  if (call.failure) log.warn(call, "a gateway call failed");
  else log.info(call, "a gateway was called");
}
