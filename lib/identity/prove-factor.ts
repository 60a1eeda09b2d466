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
 * Steps the session up with a code, or counts and records the failure.
 *
 * @param factor which one the code is for: a factor is turned on where that is what the person does, and nowhere else
 * @throws AppError `two_factor.code_invalid` at the field, `rate.limited`
 */
export async function proveFactor(
  visitor: Visitor,
  caller: Caller,
  code: string,
  factor: "on" | "begun",
): Promise<void> {
  const counted = await limitTwoFactor(caller.userId);
  const written = code.replaceAll(/\s/g, "");
  const passed = await (/^\d{6}$/.test(written)
    ? proveByCode(visitor, caller, written, factor)
    : proveByRecovery(caller, written));
  if (passed) return counted.forgive();
  const kind = "two_factor.failed";
  await recordSecurityEvent(
    { kind, severity: "warning", subject: caller.userId, address: visitor.address },
    caller,
  );
  throw AppError.forField("two_factor.code_invalid", "/code", "code.secondFactor");
}

async function proveByCode(
  { language }: Visitor,
  caller: Caller,
  code: string,
  expected: "on" | "begun",
): Promise<boolean> {
  const factor = await storedFactor(caller);
  if (!factor || factor.confirmed !== (expected === "on")) return false;
  const secret = openFactor(caller.userId, factor.encrypted);
  const step = matchingStep(secret, code);
  // The database takes the step once, and the secret as proof that it was read by who may.
  return (
    step !== null &&
    accepted(() =>
      caller.transaction((db) =>
        sql`select private.complete_step_up(${secretBytes(secret)}, ${step}, ${language})`.execute(db),
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
