import "server-only";
import { servicePool } from "@/lib/db/service";
import { log } from "@/lib/log";
import type { Gateways } from "./factory";
import type { Reference, ReturnRequest } from "./gateway";
import { storeNotice } from "./inbox";

/** Repeats of a return within this time are one question to the gateway. */
const ASK_AGAIN_AFTER_MS = 15_000;

interface Found {
  id: string;
  settled: boolean;
}

/**
 * Finds the payment from which a browser comes back. Grants nothing, whoever brings the address: it leaves at
 * most a hint to ask the gateway, the same hint that a notice leaves.
 *
 * @returns the payment's id, or null when the reference is nobody's
 */
export async function comeBack(
  gateways: Gateways,
  gatewayId: string,
  request: ReturnRequest,
  traceId: string,
): Promise<string | null> {
  const found = gateways.find(gatewayId);
  if (found.state !== "on") return null;
  const outcome = await found.gateway.completeReturn(request);
  if (!outcome.ok)
    log.warn({ gateway: gatewayId, failure: outcome.failure }, "a return could not be completed");
  const reference = outcome.ok ? outcome.value : null;
  const payment = reference && (await findByReference(gatewayId, reference));
  if (!payment) return null;
  if (!payment.settled) {
    await storeNotice({
      gateway: gatewayId,
      eventKey: `return:${payment.id}:${Math.floor(Date.now() / ASK_AGAIN_AFTER_MS)}`,
      kind: "payment",
      reference,
      payload: new Uint8Array(),
      headers: {},
      verifiedBy: "return",
      traceId,
    });
  }
  return payment.id;
}

async function findByReference(gateway: string, reference: Reference): Promise<Found | null> {
  const { rows } = await servicePool().query<Found>({
    name: "find_payment_by_reference",
    text: `select p.id, p.status not in ('creating', 'pending', 'processing') as settled
           from private.payment_references r
           join public.payments p on p.organization_id = r.organization_id and p.id = r.payment_id
           where r.gateway = $1 and r.reference = $2 and r.kind = $3`,
    values: [gateway, reference.value, reference.kind],
  });
  return rows[0] ?? null;
}
