import "server-only";
import { sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { recordSecurityEvent } from "@/lib/security/security-event";
import type { Caller } from "@/lib/security/session";
import {
  enrolmentUri,
  newRecoveryCodes,
  newSecret,
  openFactor,
  recoveryCodeDigest,
  sealFactor,
} from "@/lib/security/two-factor";
import type { Visitor } from "@/lib/security/visitor";
import { proveFactor, proveFirstCode, storedFactor } from "./prove-factor";
import { requirePassword } from "./require-password";
import type { FactorChangeInput } from "./schema";

/** A person's second factor, as their own page shows it. */
export type TwoFactor =
  | { readonly state: "none" }
  /** Begun, not yet confirmed: the secret may still be shown. */
  | { readonly state: "begun"; readonly secret: string; readonly uri: string }
  | { readonly state: "on"; readonly recoveryCodesLeft: number };

/** The caller's second factor. */
export async function twoFactorOf(caller: Caller): Promise<TwoFactor> {
  const factor = await storedFactor(caller);
  if (!factor) return { state: "none" };
  if (factor.confirmed) return { state: "on", recoveryCodesLeft: factor.recoveryCodesLeft };
  const secret = openFactor(caller.userId, factor.encrypted);
  return { state: "begun", secret, uri: enrolmentUri(secret, caller.email) };
}

/**
 * Makes a new secret; it counts once a first code has confirmed it, in this session and soon. Takes the current
 * password: only `mayEnrolWithoutPassword` excuses from it.
 *
 * @throws AppError `conflict` where one is on, `input.invalid` and `access.credentials_invalid` at the field
 *   `currentPassword`, `rate.limited`, `server.unavailable`
 */
export async function beginTwoFactor(
  visitor: Visitor,
  caller: Caller,
  currentPassword: string | undefined,
): Promise<void> {
  if (currentPassword !== undefined) await requirePassword(visitor, caller, currentPassword);
  else if (!(await mayEnrolWithoutPassword(caller)))
    throw AppError.forField("input.invalid", "/currentPassword", "required");
  const { encrypted, digest } = sealFactor(caller.userId, newSecret());
  await caller.transaction((db) => sql`select private.begin_two_factor(${encrypted}, ${digest})`.execute(db));
}

/** Whether the password was given a moment ago, by somebody of the platform who cannot go on without a factor. */
export function mayEnrolWithoutPassword(caller: Caller): Promise<boolean> {
  return caller.transaction(async (db) => {
    const { rows } = await sql<{ given: boolean }>`select private.password_just_given() as given`.execute(db);
    return rows[0]?.given ?? false;
  });
}

/**
 * Turns a begun factor on with its first code, makes its recovery codes, and steps this session up. The person is told by
 * mail. An answer that was lost is fetched with another code, for as long as `mayConfirmAgain`.
 *
 * @returns the ten recovery codes; this is the only time that they are readable
 * @throws AppError `two_factor.code_invalid` at the field, `two_factor.setup_over` where nothing is begun here any more,
 *   `conflict` where one is on, `rate.limited`
 */
export async function confirmTwoFactor(visitor: Visitor, caller: Caller, code: string): Promise<string[]> {
  const factor = await storedFactor(caller);
  if (!factor) throw new AppError("two_factor.setup_over");
  // Else this would be a way to new recovery codes without the password.
  if (factor.confirmed && !(await mayConfirmAgain(caller))) throw new AppError("conflict");
  const { codes, digests } = makeRecoveryCodes(caller);
  const turnedOn = await proveFirstCode(visitor, caller, factor, { code, digests });
  // Last, because the codes hold by now: if it fails, the person asks for others with the next code.
  await recordChange(turnedOn ? "two_factor.enrolled" : "two_factor.codes_replaced", visitor, caller);
  return codes;
}

/**
 * Whether this session turned the factor on a moment ago and used none of its recovery codes: they may never have reached
 * their person, who gets others for a code alone.
 */
export function mayConfirmAgain(caller: Caller): Promise<boolean> {
  return caller.transaction(async (db) => {
    const { rows } = await sql<{ now: boolean }>`select private.confirmed_just_now() as now`.execute(db);
    return rows[0]?.now ?? false;
  });
}

/**
 * Gives the second factor for this session: a code of the authenticator, or a recovery code, each worth one use.
 *
 * @throws AppError `two_factor.code_invalid` at the field, `rate.limited`
 */
export function stepUp(visitor: Visitor, caller: Caller, code: string): Promise<void> {
  return proveFactor(visitor, caller, code);
}

/**
 * New recovery codes in place of the old, against password and a fresh code. The person is told by mail.
 *
 * @throws AppError as `stepUp`; `access.credentials_invalid` at the field, `server.unavailable`
 */
export async function replaceRecoveryCodes(
  visitor: Visitor,
  caller: Caller,
  { currentPassword, code }: FactorChangeInput,
): Promise<string[]> {
  await requirePassword(visitor, caller, currentPassword);
  await proveFactor(visitor, caller, code);
  const codes = await writeRecoveryCodes(visitor, caller);
  await recordChange("two_factor.codes_replaced", visitor, caller);
  return codes;
}

/**
 * Turns the factor off, against password and a fresh code. The person is told by mail.
 *
 * @throws AppError as `replaceRecoveryCodes`; `access.forbidden` for platform staff
 */
export async function removeTwoFactor(
  visitor: Visitor,
  caller: Caller,
  { currentPassword, code }: FactorChangeInput,
): Promise<void> {
  await requirePassword(visitor, caller, currentPassword);
  await proveFactor(visitor, caller, code);
  await caller.transaction((db) => sql`select private.remove_two_factor(${visitor.language})`.execute(db));
  await recordChange("two_factor.removed", visitor, caller);
}

async function writeRecoveryCodes({ language }: Visitor, caller: Caller): Promise<string[]> {
  const { codes, digests } = makeRecoveryCodes(caller);
  await caller.transaction((db) =>
    sql`select private.replace_recovery_codes(${digests}::bytea[], ${language})`.execute(db),
  );
  return codes;
}

function makeRecoveryCodes(caller: Caller): { codes: string[]; digests: Buffer[] } {
  const codes = newRecoveryCodes();
  return { codes, digests: codes.map((code) => recoveryCodeDigest(caller.userId, code)) };
}

function recordChange(kind: string, { address }: Visitor, caller: Caller): Promise<void> {
  return recordSecurityEvent({ kind, severity: "info", subject: caller.userId, address }, caller);
}
