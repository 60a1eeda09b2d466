import "server-only";
import { type Clock, PgBoss } from "pg-boss";
import { log } from "@/lib/log";
import { tellOfFailedJobs } from "./failed-jobs";
import type { Job } from "./job";
import { startLoop } from "./loop";

const STOP_WITHIN_MS = 20_000;
const LOOK_FOR_FAILED_MS = 15_000;

/** The running queue of one worker. */
export interface Queue {
  readonly boss: PgBoss;
  /** Lets running jobs finish, up to twenty seconds; the others stay in the queue. */
  stop(): Promise<void>;
}

/** A failed job waits for 15 to 30 seconds, then each time twice as long, up to an hour. */
const pauses = { retryDelay: 15, retryBackoff: true, retryDelayMax: 3_600, expireInSeconds: 300 } as const;

/**
 * How often a job is tried again before it is given up. What somebody asked for (a mail, a cancellation) outlasts a mail
 * server that is away from Friday evening to Monday morning: the first eight pauses take up to two hours, the sixty
 * after them one each. What comes by the clock comes again anyway: an hour.
 */
const retries = { asked: 68, byTheClock: 7 } as const;

/**
 * Seconds that the queue keeps a job which is done, and one that nobody came to try. A secret outlives neither its use
 * nor the invitation that it opens, which lasts seven days. Jobs that were given up are kept longer (`tellOfFailedJobs`).
 */
const keeping = {
  plain: { deleteAfterSeconds: 86_400, retentionSeconds: 14 * 86_400 },
  secret: { deleteAfterSeconds: 60, retentionSeconds: 6 * 86_400 },
} as const;
/** How often the queue looks for what it need not keep any more. */
const SWEEP_SECONDS = 300;

/**
 * Starts the job queue on Postgres (pg-boss, schema `pgboss`) with one worker a job, sets the clock for those that come
 * by it, and tells people of jobs that are given up.
 *
 * @param clock the queue's time; for tests
 */
export async function startQueue(
  connectionString: string,
  jobs: readonly Job[],
  clock?: Clock,
): Promise<Queue> {
  const boss = new PgBoss({
    connectionString,
    application_name: "opttius jobs",
    max: 4,
    useListenNotify: true,
    registerInstance: false,
    maintenanceIntervalSeconds: SWEEP_SECONDS,
    ...(clock && { clock }),
  });
  boss.on("error", (error) => log.error({ err: error }, "the job queue reports an error"));
  boss.on("warning", ({ message }) => log.warn({ warning: message }, "the job queue warns"));
  await boss.start();
  for (const job of jobs) await startJob(boss, job);
  const secrets = jobs.filter(({ isSecret }) => isSecret).map(({ name }) => name);
  const failures = startLoop("failed jobs", LOOK_FOR_FAILED_MS, () => tellOfFailedJobs(secrets));
  return {
    boss,
    async stop() {
      await failures.stop();
      await boss.stop({ graceful: true, timeout: STOP_WITHIN_MS });
    },
  };
}

async function startJob(boss: PgBoss, job: Job): Promise<void> {
  // A job by the clock that is still waiting need not wait twice.
  const policy = job.schedule === null ? "standard" : "short";
  const options = {
    ...pauses,
    ...(job.isSecret ? keeping.secret : keeping.plain),
    retryLimit: job.schedule === null ? retries.asked : retries.byTheClock,
    notify: true,
  };
  await boss.createQueue(job.name, { ...options, policy });
  await boss.updateQueue(job.name, options);
  await boss.work<object>(
    job.name,
    { batchSize: 1, pollingIntervalSeconds: 5, notifyPollingIntervalSeconds: 30 },
    async (batch) => {
      for (const { id, data, signal } of batch) await runJob(job, id, data, signal);
    },
  );
  if (job.schedule === null) await boss.unschedule(job.name);
  else await boss.schedule(job.name, job.schedule, {}, { tz: "UTC" });
}

async function runJob(job: Job, id: string, data: object, signal: AbortSignal): Promise<void> {
  const startedAt = Date.now();
  try {
    await job.run(data, { id, signal });
    log.info({ job: job.name, jobId: id, durationMs: Date.now() - startedAt }, "a job is done");
  } catch (error) {
    log.error({ err: error, job: job.name, jobId: id }, "a job failed");
    throw error; // the queue counts it and tries again
  }
}
