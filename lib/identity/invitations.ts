import "server-only";
import { asVisitor, sql } from "@/lib/db";
import { AppError, refusedAt } from "@/lib/errors";
import { sessionCookieOptions } from "@/lib/security/auth-client";
import type { MemberRole } from "@/lib/security/permissions";
import { recordSecurityEvent } from "@/lib/security/security-event";
import { type Caller, callerWith, ORGANIZATION_COOKIE } from "@/lib/security/session";
import type { Visitor } from "@/lib/security/visitor";
import { destinationOf, standingOf } from "./context";
import { enterWithCode, forgetEntry } from "./enter-with-code";
import { limitInvitation } from "./limits";
import { requireOwnSecret, sendCode } from "./mailed-code";
import { type AcceptInvitationInput, invitationToken } from "./schema";

/** An invitation as its page shows it to whoever holds the link. */
export interface Invitation {
  readonly organizationName: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly state: "open" | "accepted" | "revoked" | "expired";
}

/**
 * The invitation behind a link; null when the token fits none. Wrong tokens are counted and recorded.
 *
 * @throws AppError `rate.limited`
 */
export async function findInvitation(
  visitor: Pick<Visitor, "address">,
  token: string,
): Promise<Invitation | null> {
  const counted = await limitInvitation(visitor.address);
  const invitation = invitationToken.safeParse(token).success ? await lookUp(token) : null;
  if (invitation) {
    await counted.forgive();
    return invitation;
  }
  await recordSecurityEvent({ kind: "invitation.unknown_token", severity: "info", address: visitor.address });
  return null;
}

function lookUp(token: string): Promise<Invitation | null> {
  return asVisitor(async (db) => {
    const { rows } = await sql<Invitation>`
      select organization_name as "organizationName", email, role, state from private.find_invitation(${token})`.execute(
      db,
    );
    return rows[0] ?? null;
  });
}

/** Sends the invited address a code. @throws AppError `invitation.invalid`, `rate.limited`, `server.unavailable` */
export async function sendInvitationCode(visitor: Visitor, { token }: { token: string }): Promise<void> {
  const invitation = await openInvitation(visitor, token);
  await sendCode(visitor, invitation.email, "entry");
}

/**
 * A newcomer joins: the code proves that the invited address is theirs; role and branches are the invitation's.
 *
 * @returns where to go on
 * @throws AppError `invitation.invalid`, `invitation.already_member`, `code.invalid` and `input.invalid` at
 *   their fields, `tier.limit_exceeded`, `rate.limited`, `server.unavailable`, `member.name_taken` at the field
 */
export async function acceptInvitation(visitor: Visitor, input: AcceptInvitationInput): Promise<string> {
  const { email } = await openInvitation(visitor, input.token);
  requireOwnSecret(input.password, email);
  const { code, password, fullName } = input;
  const caller = await enterWithCode(visitor, { email, code, password, fullName });
  return joinShop(visitor, caller, input);
}

/**
 * Somebody who is signed in joins.
 *
 * @returns where to go on
 * @throws AppError `invitation.invalid` (also when it was sent to another address), `invitation.already_member`,
 *   `tier.limit_exceeded`, `member.name_taken` at the field: a colleague is called so
 */
export async function joinShop(
  visitor: Visitor,
  caller: Caller,
  { token, fullName }: { token: string; fullName: string },
): Promise<string> {
  const joined = caller.transaction(async (db) => {
    const { rows } = await sql<{
      id: string;
    }>`select private.accept_invitation(${token}, ${fullName}) as id`.execute(db);
    return rows[0]?.id ?? "";
  });
  const id = await refusedAt({ "member.name_taken": ["/fullName", "errors.member.name_taken"] }, joined);
  visitor.cookies.set(ORGANIZATION_COOKIE, id, sessionCookieOptions());
  // Here and not in the form with the code: after a refusal the page asks for the name alone, and comes this way.
  forgetEntry(visitor);
  const standing = await standingOf(callerWith(caller.claims, id));
  return standing ? destinationOf(standing, null) : "/login";
}

async function openInvitation(visitor: Visitor, token: string): Promise<Invitation> {
  const invitation = await findInvitation(visitor, token);
  if (invitation?.state === "open") return invitation;
  throw new AppError(invitation?.state === "expired" ? "invitation.expired" : "invitation.invalid");
}
