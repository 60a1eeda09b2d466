import "server-only";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import type { ClaimedNotice } from "./claimed-notices";
import type { Gateway, Reference } from "./gateway";
import { type Outcome, succeeded } from "./outcome";

type Owner = Pick<
  ClaimedNotice,
  | "organization_id"
  | "payment_id"
  | "payment_status"
  | "payment_created_at"
  | "refund_id"
  | "auto_renewal_id"
  | "names"
>;

/**
 * Asks the gateway whose a name is that only a notice brought, and keeps the name once it is one of ours. A name that
 * is somebody's already is never given to another. Grants nothing: the owner is asked about in turn.
 *
 * @returns the notice with its owner; null: nobody's, or nobody's yet
 */
export async function findOwner(
  gateway: Gateway,
  notice: ClaimedNotice & { readonly reference: string },
): Promise<Outcome<ClaimedNotice | null>> {
  const brought = { kind: notice.reference_kind ?? "unknown", value: notice.reference };
  const told = await gateway.identify(brought);
  if (!told.ok) return told;
  if (told.value === null) return succeeded(null);
  const owner = await ownerOf(gateway.id, told.value);
  if (!owner) return succeeded(null);
  // What a renewal collected becomes a payment of its own, which takes its names with it.
  if (owner.auto_renewal_id === null || notice.kind === "subscription")
    await learn(gateway.id, brought, told.value);
  // First among the names, as any notified one: a gateway's search by another name may not have found it yet.
  return succeeded({ ...notice, ...owner, names: [brought, ...owner.names] });
}

async function ownerOf(gateway: string, known: Reference): Promise<Owner | undefined> {
  return asService(async (db) => {
    const { rows } =
      await sql<Owner>`select * from private.notice_owner(${gateway}, ${known.kind}, ${known.value}, false)`.execute(
        db,
      );
    return rows[0];
  });
}

function learn(gateway: string, brought: Reference, known: Reference): Promise<void> {
  return asService(async (db) => {
    await sql`select private.learn_reference(${gateway}, ${brought.kind}, ${brought.value}, ${known.kind}, ${known.value})`.execute(
      db,
    );
  });
}
