import "server-only";
import { z } from "zod";
import { type Kysely, sql } from "@/lib/db";
import type { DB } from "@/lib/db/types";
import { defineJob, type Job } from "@/lib/jobs/job";
import { log } from "@/lib/log";

/** A transaction outside the tenant wall, as the worker has it. */
type AsService = <T>(work: (db: Kysely<DB>) => Promise<T>) => Promise<T>;

const AT_ONCE = 20_000;

/**
 * Judges what attacks and failures left in the security events (`private.security_findings` says by which rules), and
 * tells people: once an hour for each of whom a rule is about.
 *
 * @returns how many alerts went out
 */
export function watchSecurityEvents(asService: AsService): Promise<number> {
  return asService(async (db) => {
    const { rows } = await sql<{ told: number }>`select private.raise_security_alerts() as told`.execute(db);
    return rows[0]?.told ?? 0;
  });
}

/** Forgets attempts of more than 180 days ago, with what was typed and from where. @returns how many */
export async function purgeSecurityEvents(asService: AsService, atOnce = AT_ONCE): Promise<number> {
  for (let purged = 0; ; ) {
    const { rows } = await asService((db) =>
      sql<{ gone: number }>`select private.purge_security_events(${atOnce}) as gone`.execute(db),
    );
    const gone = rows[0]?.gone ?? 0;
    purged += gone;
    if (gone < atOnce) return purged;
  }
}

/** The watch over security events by the clock. */
export const securityJobs = (asService: AsService): readonly Job[] => [
  defineJob({
    name: "security.watch",
    payload: z.object({}),
    schedule: "* * * * *",
    // idempotent: one alert an hour for each rule and subject
    async run() {
      const told = await watchSecurityEvents(asService);
      if (told > 0) log.warn({ told }, "people were told of attacks");
    },
  }),
  defineJob({
    name: "security.purge",
    payload: z.object({}),
    schedule: "53 7 * * *",
    // idempotent: deletes by age
    async run() {
      log.info({ purged: await purgeSecurityEvents(asService) }, "old security events went");
    },
  }),
];
