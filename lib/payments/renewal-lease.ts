import "server-only";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";

/** Longer than all calls of one setup take; what a worker that died held is anybody's after it. */
const LEASE_SECONDS = 60;

/**
 * Asks about a renewal with nobody else at it while something may be left to do at its gateway: not every gateway
 * knows a repeated request, and two that looked at once would both make a subscription.
 *
 * @returns null while somebody else does it
 */
export async function askingAlone<T>(
  organizationId: string,
  id: string,
  ask: () => Promise<T>,
): Promise<{ readonly answer: T } | null> {
  const lease = await take(organizationId, id);
  if (lease === null) return { answer: await ask() };
  const { until } = lease;
  if (until === null) return null;
  try {
    return { answer: await ask() };
  } finally {
    await release(organizationId, id, until);
  }
}

/** Instants as JSON carries them, to the microsecond: the lease is known by its end. */
function take(organizationId: string, id: string): Promise<{ readonly until: string | null } | null> {
  return asService(async (db) => {
    const { rows } = await sql<{ lease: { until: string | null } | null }>`
      select private.lease_auto_renewal(${organizationId}, ${id}, make_interval(secs => ${LEASE_SECONDS})) as lease`.execute(
      db,
    );
    return rows[0]?.lease ?? null;
  });
}

function release(organizationId: string, id: string, until: string): Promise<void> {
  return asService(async (db) => {
    await sql`select private.release_auto_renewal(${organizationId}, ${id}, ${until}::timestamptz)`.execute(
      db,
    );
  });
}
