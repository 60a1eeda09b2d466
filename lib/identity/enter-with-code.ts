import "server-only";
import type { Session } from "@supabase/supabase-js";
import { z } from "zod";
import { sessionAuth } from "@/lib/security/auth-client";
import { vault } from "@/lib/security/encryption";
import { sealedCookie } from "@/lib/security/sealed-cookie";
import type { Caller } from "@/lib/security/session";
import { tellAuthServer } from "@/lib/security/session-end";
import { callerAt, type Visitor } from "@/lib/security/visitor";
import { callerOfToken, standingOf } from "./context";
import { proveAddress, setPassword } from "./mailed-code";
import { announceNewPassword } from "./password-notice";

/** How long a form that failed half way may be sent again without another code. */
const REPEAT_SECONDS = 15 * 60;

/** What a code proved in this browser. */
const proof = z.object({
  /** The session that the code opened: no other is any proof. */
  sessionId: z.uuid(),
  /** There was an account before, whose owner must hear of another password. */
  wasKnown: z.boolean(),
  /** A password was set. Nobody asks any more: written for the version before this one. */
  passwordSet: z.boolean(),
  /** A digest of the password that was set: the same one is not set again. */
  password: z.string().optional(),
  /** When the code proved it, in milliseconds. The version before this one does not say. */
  provedAt: z.number().optional(),
  /** The name that was typed beside the code, where one was asked for. */
  fullName: z.string().optional(),
});
const proved = sealedCookie("entry", proof, REPEAT_SECONDS);

type Entry = z.infer<typeof proof> & { readonly caller: Caller };

interface Typed {
  readonly email: string;
  readonly code: string;
  readonly password: string;
  readonly fullName?: string;
}

/**
 * Signs in somebody who proves an address with a code and chooses a password. A form that failed afterwards is
 * sent again without another code, but only in the very session that the code opened: whoever signed in at this
 * browser in any other way, or whose session has ended, has not proved the address to this form. The password that was
 * typed last is the one that holds.
 *
 * @throws AppError `code.invalid`, `input.invalid` at their fields, `rate.limited`, `server.unavailable`
 */
export async function enterWithCode(visitor: Visitor, typed: Typed): Promise<Caller> {
  const entry = (await findEntry(visitor, typed.email)) ?? (await prove(visitor, typed));
  if (entry.password !== digestOf(entry, typed.password))
    await choosePassword(visitor, entry, typed.password);
  return entry.caller;
}

/** The name that somebody typed beside their code, for the form that asks for the name alone. */
export function typedName(visitor: Pick<Visitor, "cookies">, { sessionId }: Caller): string | undefined {
  const entry = readProof(visitor);
  return entry?.sessionId === sessionId ? entry.fullName : undefined;
}

/** Forgets what was proved, once the form has done all that it was for. */
export function forgetEntry({ cookies }: Visitor): void {
  proved.forget(cookies);
}

async function findEntry(visitor: Visitor, email: string): Promise<Entry | null> {
  const before = readProof(visitor);
  const caller = before && (await callerAt(visitor));
  if (!caller || caller.sessionId !== before.sessionId || caller.email !== email) return null;
  return (await standingOf(caller)) ? { ...before, caller } : null;
}

/** The cookie is written anew with each password; what it proves does not grow younger by that. */
function readProof({ cookies }: Pick<Visitor, "cookies">): z.infer<typeof proof> | null {
  const before = proved.read(cookies);
  const isOver = (before?.provedAt ?? Infinity) + REPEAT_SECONDS * 1000 <= Date.now();
  return isOver ? null : before;
}

async function prove(visitor: Visitor, typed: Typed): Promise<Entry> {
  const session = await proveAddress(visitor, typed, "entry");
  const caller = await callerOfToken(session.access_token);
  const entry = {
    sessionId: caller.sessionId,
    wasKnown: wasKnown(session),
    passwordSet: false,
    provedAt: Date.now(),
    ...(typed.fullName && { fullName: typed.fullName }),
  };
  proved.write(visitor.cookies, entry);
  return { ...entry, caller };
}

async function choosePassword(
  visitor: Visitor,
  { caller, ...entry }: Entry,
  password: string,
): Promise<void> {
  await setPassword(sessionAuth(visitor.cookies), password);
  if (entry.wasKnown) {
    await announceNewPassword(caller, "keep this", visitor.language);
    await tellAuthServer(visitor.cookies, "others");
  }
  proved.write(visitor.cookies, { ...entry, passwordSet: true, password: digestOf(entry, password) });
}

/** Tells whether the form was sent again with the same password, and nothing else. */
function digestOf({ sessionId }: Pick<Entry, "sessionId">, password: string): string {
  return vault().digest(password, `entry-password:${sessionId}`).toString("base64url");
}

/** Between the proof of an address and the session that it opens nobody waits longer than this. */
const ONE_STEP_MS = 10_000;

/** Whether the address had been proved before this code: then there was an account. Both times are the auth server's. */
function wasKnown({ user: { email_confirmed_at: provedAt, last_sign_in_at: enteredAt } }: Session): boolean {
  if (!provedAt || !enteredAt) return true; // better one mail too many than one too few
  return Date.parse(enteredAt) - Date.parse(provedAt) >= ONE_STEP_MS;
}
