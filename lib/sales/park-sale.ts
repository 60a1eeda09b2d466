import "server-only";
import { sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import type { NewParkedSale, ParkedSaleTaking } from "./schema";

/** A cart put aside, as the list at a till shows it. */
export interface ParkedSale {
  readonly id: string;
  readonly label: string;
  readonly parkedAt: Date;
  readonly cart: unknown;
}

/** Most carts that a branch keeps aside at once; older ones show up as the newer are taken. */
const MOST_SHOWN = 100;

const naming = AppError.naming({ foreign_key: "branch.not_found" });

/**
 * Puts a cart aside for any till of the branch. Under a key that was used the first one stands and nothing is added,
 * whether it still waits or somebody took it up meanwhile.
 *
 * @returns the label that it stands under
 * @throws AppError `branch.not_found`, `access.forbidden`, `input.invalid` more than fits
 */
export async function parkSale(
  member: Member,
  { key, branchId, label, cart }: NewParkedSale,
): Promise<string> {
  if (!member.branches.some(({ id }) => id === branchId)) throw new AppError("branch.not_found");
  return member.transaction(async (db) => {
    await db
      .insertInto("parked_sales")
      .values({ branch_id: branchId, label, cart: JSON.stringify(cart), idempotency_key: key })
      .onConflict((conflict) => conflict.columns(["organization_id", "idempotency_key"]).doNothing())
      .execute();
    const parked = await db
      .selectFrom("parked_sales")
      .select("label")
      .where("organization_id", "=", member.organization.id)
      .where("idempotency_key", "=", key)
      .executeTakeFirst();
    if (!parked) throw new AppError("idempotency.key_reused"); // in a branch that is not theirs
    return parked.label;
  }, naming);
}

/** Carts put aside at a branch, the newest first. */
export function listParkedSales(member: Member, branchId: string): Promise<ParkedSale[]> {
  return member.transaction((db) =>
    db
      .selectFrom("parked_sales")
      .select(["id", "label", "cart", "created_at as parkedAt"])
      .where("organization_id", "=", member.organization.id)
      .where("branch_id", "=", branchId)
      .where("taken_at", "is", null)
      .orderBy("created_at", "desc")
      .orderBy("id")
      .limit(MOST_SHOWN)
      .execute(),
  );
}

/**
 * Takes a cart up again, or throws it away: either way it is gone from the list. Of two tills that reach for the
 * same one, one gets it, and gets it again when it asks under the key that it took it with.
 *
 * @throws AppError `parked_sale.not_found` somebody else took it
 */
export function takeParkedSale(member: Member, { id, key }: ParkedSaleTaking): Promise<unknown> {
  return member.transaction(async (db) => {
    const { rows } = await sql<{ cart: unknown }>`
      select private.take_parked_sale(${id}::uuid, ${key ?? null}) as cart`.execute(db);
    return rows[0]?.cart;
  });
}
