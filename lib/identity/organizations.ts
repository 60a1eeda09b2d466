import "server-only";
import { sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { sessionCookieOptions } from "@/lib/security/auth-client";
import { BRANCH_COOKIE, type Member } from "@/lib/security/member";
import type { MemberRole } from "@/lib/security/permissions";
import { type Caller, callerWith, ORGANIZATION_COOKIE } from "@/lib/security/session";
import type { Visitor } from "@/lib/security/visitor";
import { destinationOf, standingOf } from "./context";

const KEPT_SECONDS = 400 * 24 * 60 * 60;

/** A shop that a person belongs to. */
export interface OwnOrganization {
  readonly id: string;
  readonly name: string;
  readonly role: MemberRole;
  readonly status: "active" | "suspended";
}

/** The shops of the caller, by name. */
export function listOrganizations(caller: Caller): Promise<OwnOrganization[]> {
  return caller.transaction(async (db) => {
    const { rows } =
      await sql<OwnOrganization>`select id, name, role, status from private.my_organizations()`.execute(db);
    return rows;
  });
}

/**
 * Chooses the shop to work in at this browser. The cookie is a wish: the database confirms it every time.
 *
 * @returns where to go on
 * @throws AppError `organization.not_found`
 */
export async function chooseOrganization(
  visitor: Visitor,
  caller: Caller,
  id: string,
  next: string | null,
): Promise<string> {
  const own = await listOrganizations(caller);
  if (!own.some((organization) => organization.id === id)) throw new AppError("organization.not_found");
  visitor.cookies.set(ORGANIZATION_COOKIE, id, { ...sessionCookieOptions(), maxAge: KEPT_SECONDS });
  const standing = await standingOf(callerWith(caller.claims, id));
  return standing ? destinationOf(standing, next) : "/login";
}

/** Chooses the branch at which the member works now. @throws AppError `branch.not_found` */
export function switchBranch(visitor: Visitor, member: Member, id: string): void {
  if (!member.branches.some((branch) => branch.id === id)) throw new AppError("branch.not_found");
  visitor.cookies.set(BRANCH_COOKIE, id, { ...sessionCookieOptions(), maxAge: KEPT_SECONDS });
}
