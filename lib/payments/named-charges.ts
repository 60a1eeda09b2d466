import "server-only";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import type { PaymentState, Reference } from "./gateway";
import type { Subject } from "./setbacks";
import type { StoredAutoRenewal } from "./stored-auto-renewal";

const DAY_MS = 86_400_000;
/** How much later than the gateway dates it a charge may have become known here: as far back as renewals are asked about. */
const MOST_LATE_MS = 35 * DAY_MS;

/** Something that a renewal collected and that a notice names. */
export interface NamedCharge {
  readonly createdAt: Date;
  /** Whether the gateway must know it: a refused try may be replaced there by the next one. */
  readonly isMoney: boolean;
  readonly names: readonly Reference[];
}

/** The charges, known already, that notices name: what a bank takes back may be far older than what is still asked about. */
export async function readNamedCharges({ first, charges }: Subject): Promise<readonly NamedCharge[]> {
  const ids = [...new Set([...charges, ...(first.payment_id === null ? [] : [first.payment_id])])];
  if (ids.length === 0) return [];
  return asService(async (db) => {
    const { rows } = await sql<NamedCharge>`
      select p.created_at as "createdAt", p.paid_at is not null or p.status = 'review' as "isMoney",
             (select coalesce(jsonb_agg(jsonb_build_object('kind', n.kind, 'value', n.reference)), '[]') from private.payment_references n
              where n.organization_id = p.organization_id and n.payment_id = p.id and n.refund_id is null) as names
      from public.payments p where p.organization_id = ${first.organization_id} and p.id = any (${ids}::uuid[])`.execute(
      db,
    );
    return rows;
  });
}

/** A renewal whose charges are asked for from so far back that the named ones are among them. */
export function reachingBackTo(
  renewal: StoredAutoRenewal,
  charges: readonly NamedCharge[],
): StoredAutoRenewal {
  const oldest = Math.min(
    renewal.chargesSince.getTime(),
    ...charges.map(({ createdAt }) => createdAt.getTime() - MOST_LATE_MS),
  );
  return { ...renewal, chargesSince: new Date(oldest) };
}

/** Whether a gateway's list holds all of the money that was asked about. */
export function areTold(charges: readonly NamedCharge[], told: readonly PaymentState[]): boolean {
  const heard = new Set(told.flatMap(({ references }) => references).map(key));
  return charges.every(({ isMoney, names }) => !isMoney || names.some((name) => heard.has(key(name))));
}

const key = ({ kind, value }: Reference) => `${kind} ${value}`;
