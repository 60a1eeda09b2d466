import "server-only";
import { sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";
import { type MemberRole, memberRoles, type Permission } from "@/lib/security/permissions";

/** What a role may do before single permissions are given or taken. */
export interface Role {
  readonly role: MemberRole;
  readonly permissions: readonly Permission[];
  /** Highest discount without approval, in basis points. */
  readonly maxDiscountBp: number;
}

/** The roles of a shop, from the widest to the narrowest: the same for every shop. */
export async function listRoles(member: Member): Promise<Role[]> {
  const { rows } = await member.transaction((db) =>
    sql<Role>`select role, permissions, max_discount_bp as "maxDiscountBp" from private.role_catalogue()`.execute(
      db,
    ),
  );
  return rows.toSorted((a, b) => memberRoles.indexOf(a.role) - memberRoles.indexOf(b.role));
}
