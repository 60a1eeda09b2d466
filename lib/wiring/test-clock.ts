import "server-only";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import { refusedAt } from "@/lib/errors";
import type { PlatformStaff } from "@/lib/security/member";
import { advanceOrganization } from "@/lib/subscriptions";

/**
 * Moves the clock of a test organization and plays every due instant up to there. Where a step waits for a gateway's
 * word, the clock stands there, and the worker goes on once the gateway was asked.
 *
 * @param move the instant to play to, or days onwards; zero days start a clock that stands still
 * @throws AppError `subscription.real_shop` for a shop that has paid through a gateway, `input.invalid` for a moment
 *   before its clock, `organization.not_found`, `access.forbidden`
 */
export async function moveTestClock(
  staff: Pick<PlatformStaff, "transaction">,
  organizationId: string,
  move: Date | { readonly days: number },
): Promise<{ readonly held: boolean }> {
  const [days, until] = move instanceof Date ? [null, move] : [move.days, null];
  await refusedAt(
    { "input.invalid": [days === null ? "/until" : "/days", "subscriptions.clockRange"] },
    staff.transaction((db) =>
      sql`select private.console_play_test_clock(${organizationId}, ${days}, ${until})`.execute(db),
    ),
  );
  const { held } = await advanceOrganization(asService, organizationId);
  return { held };
}
