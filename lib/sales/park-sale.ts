import "server-only";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import type { NewParkedSale } from "./schema";

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
 * Puts a cart aside for any till of the branch.
 *
 * @throws AppError `branch.not_found`, `access.forbidden`, `input.invalid` more than fits
 */
export async function parkSale(member: Member, { branchId, label, cart }: NewParkedSale): Promise<void> {
  if (!member.branches.some(({ id }) => id === branchId)) throw new AppError("branch.not_found");
  await member.transaction(
    (db) =>
      db
        .insertInto("parked_sales")
        .values({ branch_id: branchId, label, cart: JSON.stringify(cart) })
        .execute(),
    naming,
  );
}

/** Carts put aside at a branch, the newest first. */
export function listParkedSales(member: Member, branchId: string): Promise<ParkedSale[]> {
  return member.transaction((db) =>
    db
      .selectFrom("parked_sales")
      .select(["id", "label", "cart", "created_at as parkedAt"])
      .where("organization_id", "=", member.organization.id)
      .where("branch_id", "=", branchId)
      .orderBy("created_at", "desc")
      .orderBy("id")
      .limit(MOST_SHOWN)
      .execute(),
  );
}

/**
 * Takes a cart up again, or throws it away: either way it is gone from the list. Of two tills that reach for the
 * same one, one gets it.
 *
 * @throws AppError `parked_sale.not_found` somebody else took it
 */
export async function takeParkedSale(member: Member, id: string): Promise<unknown> {
  const taken = await member.transaction((db) =>
    db
      .deleteFrom("parked_sales")
      .where("organization_id", "=", member.organization.id)
      .where("id", "=", id)
      .returning("cart")
      .executeTakeFirst(),
  );
  if (!taken) throw new AppError("parked_sale.not_found");
  return taken.cart;
}
