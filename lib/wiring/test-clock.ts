import "server-only";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import type { PlatformStaff } from "@/lib/security/member";
import { advanceOrganization } from "@/lib/subscriptions";

/**
 * Moves the clock of a test organization and plays every due instant up to there. Where a step waits for a gateway's
 * word, the clock stands there, and the worker goes on once the gateway was asked.
 *
 * @throws AppError `subscription.real_shop` for a shop that has paid through a gateway, `input.invalid` for a moment
 *   before its clock, `organization.not_found`, `access.forbidden`
 */
export async function moveTestClock(
  staff: Pick<PlatformStaff, "transaction">,
  organizationId: string,
  at: Date,
): Promise<{ readonly held: boolean }> {
  await staff.transaction(async (db) => {
    await sql`select private.console_set_test_clock(${organizationId}, ${at})`.execute(db);
  });
  const { held } = await advanceOrganization(asService, organizationId);
  return { held };
}
