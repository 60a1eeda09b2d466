import "server-only";
import { PgBoss } from "pg-boss";
import { log } from "@/lib/log";
import type { Job } from "./job";

const STOP_WITHIN_MS = 20_000;

/** The running queue of one worker. */
export interface Queue {
  readonly boss: PgBoss;
  /** Lets running jobs finish, up to twenty seconds; the others stay in the queue. */
  stop(): Promise<void>;
}

/** How a queue treats its jobs: seven tries over about two hours, then kept as failed for people to see. */
const retrying = {
  retryLimit: 7,
  retryDelay: 15,
  retryBackoff: true,
  retryDelayMax: 3_600,
  expireInSeconds: 300,
} as const;

/**
 * Starts the job queue on Postgres (pg-boss, schema `pgboss`) with one worker a job, and sets the clock for
 * those that come by it.
 */
export async function startQueue(connectionString: string, jobs: readonly Job[]): Promise<Queue> {
  const boss = new PgBoss({
    connectionString,
    application_name: "opttius jobs",
    max: 4,
    useListenNotify: true,
    registerInstance: false,
  });
  boss.on("error", (error) => log.error({ err: error }, "the job queue reports an error"));
  boss.on("warning", ({ message }) => log.warn({ warning: message }, "the job queue warns"));
  await boss.start();
  for (const job of jobs) await startJob(boss, job);
  return { boss, stop: () => boss.stop({ graceful: true, timeout: STOP_WITHIN_MS }) };
}

async function startJob(boss: PgBoss, job: Job): Promise<void> {
  // A job by the clock that is still waiting need not wait twice.
  const policy = job.schedule === null ? "standard" : "short";
  const options = { ...retrying, deleteAfterSeconds: job.isSecret ? 60 : 86_400, notify: true };
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
