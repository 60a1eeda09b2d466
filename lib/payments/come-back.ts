import "server-only";
import { servicePool } from "@/lib/db/service";
import { log } from "@/lib/log";
import type { Gateways } from "./factory";
import type { Reference, ReturnRequest } from "./gateway";
import { storeNotice } from "./inbox";

/** Repeats of a return within this time are one question to the gateway. */
const ASK_AGAIN_AFTER_MS = 15_000;

/** What a browser comes back from. */
export interface CameBack {
  readonly kind: "payment" | "renewal";
  readonly id: string;
}

interface Found extends CameBack {
  readonly settled: boolean;
}

/**
 * Finds the payment or automatic renewal from which a browser comes back. Grants nothing, whoever brings the
 * address: it leaves at most a hint to ask the gateway, the same hint that a notice leaves.
 *
 * @returns null when the reference is nobody's
 */
export async function comeBack(
  gateways: Gateways,
  gatewayId: string,
  request: ReturnRequest,
  traceId: string,
): Promise<CameBack | null> {
  const found = gateways.find(gatewayId);
  if (found.state !== "on") return null;
  const outcome = await found.gateway.completeReturn(request, async (named) => {
    const ours = await findByReference(gatewayId, named);
    return ours !== null && !ours.settled;
  });
  if (!outcome.ok)
    log.warn({ gateway: gatewayId, failure: outcome.failure }, "a return could not be completed");
  const reference = outcome.ok ? outcome.value : null;
  const from = reference && (await findByReference(gatewayId, reference));
  if (!from) return null;
  if (!from.settled) {
    await storeNotice({
      gateway: gatewayId,
      eventKey: `return:${from.id}:${Math.floor(Date.now() / ASK_AGAIN_AFTER_MS)}`,
      kind: from.kind === "payment" ? "payment" : "subscription",
      reference,
      payload: new Uint8Array(),
      headers: {},
      verifiedBy: "return",
      traceId,
    });
  }
  return { kind: from.kind, id: from.id };
}

async function findByReference(gateway: string, reference: Reference): Promise<Found | null> {
  const { rows } = await servicePool().query<Found>({
    name: "find_by_reference",
    text: `select case when p.id is null then 'renewal' else 'payment' end as kind, coalesce(p.id, a.id) as id,
             coalesce(p.status not in ('creating', 'pending', 'processing'),
                      a.status not in ('creating', 'pending', 'expired') and a.next_amount is null) as settled
           from private.payment_references r
           left join public.payments p on p.organization_id = r.organization_id and p.id = r.payment_id
           left join public.auto_renewals a on a.organization_id = r.organization_id and a.id = r.auto_renewal_id
           where r.gateway = $1 and r.reference = $2 and r.kind = $3`,
    values: [gateway, reference.value, reference.kind],
  });
  return rows[0] ?? null;
}
