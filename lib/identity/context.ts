import "server-only";
import { sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { type Caller, callerWith, verifyToken } from "@/lib/security/session";

/** What the database says of somebody who has just signed in. */
export interface Standing {
  readonly twoFactor: boolean;
  readonly steppedUp: boolean;
  readonly isStaff: boolean;
  /** A shop is chosen and open to this session. */
  readonly isMember: boolean;
  /** Shops that the person belongs to; hidden while a second factor is owed. */
  readonly organizations: number;
}

/** The standing of a caller; null when the session has been ended. */
export function standingOf(caller: Caller): Promise<Standing | null> {
  return caller.transaction(async (db) => {
    const { rows } = await sql<{ context: Context | null; organizations: number }>`
      select private.session_context() as context, (select count(*)::int from private.my_organizations()) as organizations`.execute(
      db,
    );
    const { context, organizations = 0 } = rows[0] ?? {};
    if (!context) return null;
    return {
      twoFactor: context.twoFactor,
      steppedUp: context.steppedUp,
      isStaff: context.platform !== null,
      isMember: context.member !== undefined,
      organizations,
    };
  });
}

/** The part of `private.session_context()` that is read here. */
interface Context {
  readonly twoFactor: boolean;
  readonly steppedUp: boolean;
  readonly platform: object | null;
  readonly member?: object;
}

/** The caller that a token of the auth server proves. @throws AppError `access.unauthenticated` */
export async function callerOfToken(token: string): Promise<Caller> {
  const claims = await verifyToken(token);
  if (!claims) throw new AppError("access.unauthenticated");
  return callerWith(claims, null);
}

/**
 * The first page that helps, for somebody in this standing.
 *
 * @param next where they were going, a path that `safePath` let through; null for wherever they belong
 */
export function destinationOf(standing: Standing, next: string | null): string {
  const owesFactor = standing.isStaff || standing.twoFactor;
  if (owesFactor && !standing.steppedUp) return withNext("/two-factor", next);
  if (standing.isMember) return next ?? "/";
  if (standing.isStaff) return next ?? "/admin/saas-management";
  return standing.organizations > 0 ? withNext("/organizations", next) : "/no-access";
}

function withNext(path: string, next: string | null): string {
  return next ? `${path}?next=${encodeURIComponent(next)}` : path;
}
