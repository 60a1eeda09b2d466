import "server-only";
import { type DB, type Kysely, sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import { log } from "@/lib/log";

/** How long a job that was given up is kept for people to look at: 14 days. */
const KEPT_SECONDS = 14 * 86_400;
/** The job by which people hear of things; when it fails itself, the log is all that is left. */
const ALERT = "alert.raise";

/**
 * Tells people of jobs that the queue gave up, once, and has it keep them for two weeks: of secret ones without what
 * they held. Where a mail server is away many fail: of one kind people hear once a day, and the health card counts them.
 * It looks at what the queue wrote, so that a job is found whose worker died.
 *
 * @param secrets names of the jobs whose payload holds a secret
 * @returns how many jobs were told of
 */
export async function tellOfFailedJobs(secrets: readonly string[]): Promise<number> {
  const kinds = await asService(async (db) => {
    const { rows } = await sql<{ name: string }>`
      update pgboss.job j set deletion_seconds = ${KEPT_SECONDS},
        data = case when j.name = any (${secrets}::text[]) then '{}' else j.data end,
        output = coalesce(j.output, '{}') || jsonb_build_object('toldAt', now())
      where j.state = 'failed' and not coalesce(j.output ? 'toldAt', false)
      returning j.name`.execute(db);
    const byName = Map.groupBy(rows, ({ name }) => name);
    for (const [name, { length }] of byName) if (name !== ALERT) await alert(db, name, length);
    return byName;
  });
  for (const [job, { length }] of kinds) log.error({ job, jobs: length }, "jobs were given up");
  return [...kinds.values()].reduce((sum, { length }) => sum + length, 0);
}

/** Raises an alert about jobs of one kind, unless one was raised within the last day; what raised it is marked. */
async function alert(db: Kysely<DB>, name: string, givenUp: number): Promise<void> {
  const { rows } = await sql`
    update pgboss.job j set output = j.output || jsonb_build_object('alertedAt', now())
    where j.name = ${name} and j.state = 'failed' and (j.output ->> 'toldAt')::timestamptz = now()
      and not exists (select from pgboss.job x where x.name = ${name} and x.state = 'failed'
        and (x.output ->> 'alertedAt')::timestamptz > now() - interval '1 day')
    returning j.id`.execute(db);
  if (rows.length === 0) return;
  await sql`
    select private.enqueue('alert.raise', jsonb_build_object('rule', 'job.failed', 'severity', 'error',
      'subject', ${name}::text, 'reason', ${`${givenUp} given up`}::text))`.execute(db);
}

/** Jobs that failed and are tried again, and those that were given up within the last two weeks. */
export function failedJobs(): Promise<{ readonly retrying: number; readonly givenUp: number }> {
  return asService(async (db) => {
    const { rows } = await sql<{ retrying: number; givenUp: number }>`
      select retrying, given_up as "givenUp" from private.failed_jobs()`.execute(db);
    return rows[0] ?? { retrying: 0, givenUp: 0 };
  });
}
