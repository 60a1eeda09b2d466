import "server-only";
import { sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { recordSecurityEvent } from "@/lib/security/security-event";
import type { Caller } from "@/lib/security/session";
import {
  enrolmentUri,
  matchingStep,
  newRecoveryCodes,
  newSecret,
  openFactor,
  recoveryCodeDigest,
  sealFactor,
  secretBytes,
} from "@/lib/security/two-factor";
import type { Visitor } from "@/lib/security/visitor";
import { limitTwoFactor } from "./limits";

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

/** Makes a new secret; it counts once a first code has confirmed it. @throws AppError `conflict` where one is on */
export async function beginTwoFactor(caller: Caller): Promise<void> {
  const { encrypted, digest } = sealFactor(caller.userId, newSecret());
  await caller.transaction((db) => sql`select private.begin_two_factor(${encrypted}, ${digest})`.execute(db));
}

/**
 * Turns a begun factor on with its first code, and steps this session up.
 *
 * @returns the ten recovery codes; this is the only time that they are readable
 * @throws AppError `two_factor.code_invalid` at the field, `rate.limited`
 */
export async function confirmTwoFactor(visitor: Visitor, caller: Caller, code: string): Promise<string[]> {
  await prove(visitor, caller, code);
  return writeRecoveryCodes(caller);
}

/**
 * Gives the second factor for this session: a code of the authenticator, or a recovery code, each worth one use.
 *
 * @throws AppError `two_factor.code_invalid` at the field, `rate.limited`
 */
export function stepUp(visitor: Visitor, caller: Caller, code: string): Promise<void> {
  return prove(visitor, caller, code);
}

/** New recovery codes in place of the old, against a fresh code. @throws AppError as `stepUp` */
export async function replaceRecoveryCodes(
  visitor: Visitor,
  caller: Caller,
  code: string,
): Promise<string[]> {
  await prove(visitor, caller, code);
  return writeRecoveryCodes(caller);
}

/** Turns the factor off, against a fresh code. @throws AppError as `stepUp`; `access.forbidden` for platform staff */
export async function removeTwoFactor(visitor: Visitor, caller: Caller, code: string): Promise<void> {
  await prove(visitor, caller, code);
  await caller.transaction((db) => sql`select private.remove_two_factor()`.execute(db));
  const kind = "two_factor.removed";
  await recordSecurityEvent(
    { kind, severity: "info", subject: caller.userId, address: visitor.address },
    caller,
  );
}

async function writeRecoveryCodes(caller: Caller): Promise<string[]> {
  const codes = newRecoveryCodes();
  const digests = codes.map((code) => recoveryCodeDigest(caller.userId, code));
  await caller.transaction((db) =>
    sql`select private.replace_recovery_codes(${digests}::bytea[])`.execute(db),
  );
  return codes;
}

/** Steps the session up, or counts and records the failure. */
async function prove(visitor: Visitor, caller: Caller, code: string): Promise<void> {
  const counted = await limitTwoFactor(caller.userId);
  const written = code.replaceAll(/\s/g, "");
  const passed = await (/^\d{6}$/.test(written)
    ? proveByCode(caller, written)
    : proveByRecovery(caller, written));
  if (passed) return counted.forgive();
  const kind = "two_factor.failed";
  await recordSecurityEvent(
    { kind, severity: "warning", subject: caller.userId, address: visitor.address },
    caller,
  );
  throw AppError.forField("two_factor.code_invalid", "/code", "code.secondFactor");
}

async function proveByCode(caller: Caller, code: string): Promise<boolean> {
  const factor = await storedFactor(caller);
  if (!factor) return false;
  const secret = openFactor(caller.userId, factor.encrypted);
  const step = matchingStep(secret, code);
  // The database takes the step once, and the secret as proof that it was read by who may.
  return (
    step !== null &&
    accepted(() =>
      caller.transaction((db) =>
        sql`select private.complete_step_up(${secretBytes(secret)}, ${step})`.execute(db),
      ),
    )
  );
}

function proveByRecovery(caller: Caller, code: string): Promise<boolean> {
  const digest = recoveryCodeDigest(caller.userId, code);
  return accepted(() =>
    caller.transaction((db) => sql`select private.use_recovery_code(${digest})`.execute(db)),
  );
}

async function accepted(attempt: () => Promise<unknown>): Promise<boolean> {
  try {
    await attempt();
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "two_factor.code_invalid") return false;
    throw error;
  }
}

interface StoredFactor {
  readonly encrypted: string;
  readonly confirmed: boolean;
  readonly recoveryCodesLeft: number;
}

function storedFactor(caller: Caller): Promise<StoredFactor | null> {
  return caller.transaction(async (db) => {
    const { rows } = await sql<StoredFactor>`
      select secret_encrypted as encrypted, confirmed, recovery_codes_left as "recoveryCodesLeft" from private.my_two_factor()`.execute(
      db,
    );
    return rows[0] ?? null;
  });
}
