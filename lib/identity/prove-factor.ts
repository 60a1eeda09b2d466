import "server-only";
import { sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { recordSecurityEvent } from "@/lib/security/security-event";
import type { Caller } from "@/lib/security/session";
import { matchingStep, openFactor, recoveryCodeDigest, secretBytes } from "@/lib/security/two-factor";
import type { Visitor } from "@/lib/security/visitor";
import { limitTwoFactor } from "./limits";

/** A second factor as the database gives it to its person; one that was begun only to the session that began it. */
export interface StoredFactor {
  readonly encrypted: string;
  readonly confirmed: boolean;
  readonly recoveryCodesLeft: number;
}

/** The caller's factor, or null. */
export function storedFactor(caller: Caller): Promise<StoredFactor | null> {
  return caller.transaction(async (db) => {
    const { rows } = await sql<StoredFactor>`
      select secret_encrypted as encrypted, confirmed, recovery_codes_left as "recoveryCodesLeft" from private.my_two_factor()`.execute(
      db,
    );
    return rows[0] ?? null;
  });
}

/**
 * Steps the session up with a code of the factor that is on, or with a recovery code; or counts and records the failure.
 * A factor that is only begun is not turned on by the way.
 *
 * @throws AppError `two_factor.code_invalid` at the field, `rate.limited`
 */
export async function proveFactor(visitor: Visitor, caller: Caller, code: string): Promise<void> {
  await prove(visitor, caller, code, async (written) => {
    if (!ofTheApp.test(written)) return spendRecoveryCode(caller, written);
    const factor = await storedFactor(caller);
    return factor?.confirmed ? stepUpWith(visitor, caller, factor, written) : null;
  });
}

/**
 * Turns a factor on with a code of it, together with its recovery codes; or counts and records the failure.
 *
 * @param digests of the ten recovery codes
 * @returns whether this turned it on; false where it was on already and got other codes
 * @throws AppError `two_factor.code_invalid` at the field, `two_factor.setup_over`, `conflict`, `rate.limited`
 */
export function proveFirstCode(
  visitor: Visitor,
  caller: Caller,
  factor: StoredFactor,
  { code, digests }: { code: string; digests: readonly Buffer[] },
): Promise<boolean> {
  return prove(visitor, caller, code, async (written) =>
    ofTheApp.test(written) ? confirmWith(visitor, caller, factor, written, digests) : null,
  );
}

const ofTheApp = /^\d{6}$/;

/** @param attempt what the code is for; null, or the database's word, says that the code is wrong */
async function prove<T>(
  visitor: Visitor,
  caller: Caller,
  code: string,
  attempt: (written: string) => Promise<T | null>,
): Promise<T> {
  const counted = await limitTwoFactor(caller.userId);
  const proved = await nullWhenWrong(attempt(code.replaceAll(/\s/g, "")));
  if (proved !== null) {
    await counted.forgive();
    return proved;
  }
  const kind = "two_factor.failed";
  await recordSecurityEvent(
    { kind, severity: "warning", subject: caller.userId, address: visitor.address },
    caller,
  );
  throw AppError.forField("two_factor.code_invalid", "/code", "code.secondFactor");
}

// The database takes a step once, and the secret as proof that it was read by who may.

async function stepUpWith({ language }: Visitor, caller: Caller, factor: StoredFactor, code: string) {
  const secret = openFactor(caller.userId, factor.encrypted);
  const step = matchingStep(secret, code);
  if (step === null) return null;
  return caller.transaction((db) =>
    sql`select private.complete_step_up(${secretBytes(secret)}, ${step}, ${language})`.execute(db),
  );
}

async function confirmWith(
  { language }: Visitor,
  caller: Caller,
  factor: StoredFactor,
  code: string,
  digests: readonly Buffer[],
): Promise<boolean | null> {
  const secret = openFactor(caller.userId, factor.encrypted);
  const step = matchingStep(secret, code);
  if (step === null) return null;
  return caller.transaction(async (db) => {
    const { rows } = await sql<{ turned_on: boolean }>`
      select private.confirm_two_factor(${secretBytes(secret)}, ${step}, ${digests}::bytea[], ${language}) as turned_on`.execute(
      db,
    );
    return rows[0]?.turned_on ?? false;
  });
}

function spendRecoveryCode(caller: Caller, code: string) {
  const digest = recoveryCodeDigest(caller.userId, code);
  return caller.transaction((db) => sql`select private.use_recovery_code(${digest})`.execute(db));
}

async function nullWhenWrong<T>(attempt: Promise<T | null>): Promise<T | null> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof AppError && error.code === "two_factor.code_invalid") return null;
    throw error;
  }
}
