import "server-only";
import { sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";
import type { MemberRole, Permission } from "@/lib/security/permissions";

/** A person who works in the shop, or did. */
export interface Colleague {
  readonly id: string;
  readonly userId: string;
  readonly fullName: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly status: "active" | "suspended" | "removed";
  readonly allBranches: boolean;
  /** Branches of somebody who does not work in all of them, archived ones included. */
  readonly branchIds: readonly string[];
  readonly granted: readonly Permission[];
  readonly revoked: readonly Permission[];
  /** Signs in with a second factor. */
  readonly secondFactor: boolean;
  readonly createdAt: Date;
  /** Of the last change, ISO 8601 with microseconds: a form that was opened before it is refused. */
  readonly updatedAt: string;
}

/** Everybody of the shop by name; who may not read members finds nobody. */
export async function listMembers(member: Member): Promise<Colleague[]> {
  const { rows } = await member.transaction((db) =>
    sql<Colleague>`
      select m.id, m.user_id as "userId", m.full_name as "fullName", m.email, m.role, m.status,
             m.all_branches as "allBranches", m.granted_permissions as granted, m.revoked_permissions as revoked,
             array(select b.branch_id from public.member_branches b
                   where b.organization_id = m.organization_id and b.member_id = m.id) as "branchIds",
             m.id in (select private.members_with_second_factor()) as "secondFactor", m.created_at as "createdAt",
             to_json(m.updated_at) #>> '{}' as "updatedAt"
      from public.admin_users m
      where m.organization_id = ${member.organization.id}
      order by private.fold(m.full_name), m.id`.execute(db),
  );
  return rows;
}

/** One person of the shop, or null. */
export async function findColleague(member: Member, id: string): Promise<Colleague | null> {
  const everybody = await listMembers(member); // a shop has fifty at most
  return everybody.find((colleague) => colleague.id === id) ?? null;
}
