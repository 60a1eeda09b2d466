import "server-only";
import { randomUUID } from "node:crypto";
import { checkEnv, env } from "@/lib/env";
import { drainOutbox, listen, OUTBOX_CHANNEL, outboxWaiting, startLoop, startQueue } from "@/lib/jobs";
import { log } from "@/lib/log";
import { closeMailer } from "@/lib/notifications";
import {
  inboxHealth,
  NOTICE_CHANNEL,
  type NoticeWorker,
  processNotices,
  releaseNotices,
} from "@/lib/payments";
import { followGatewaySettings, gateways } from "./gateways";
import { jobs } from "./jobs";

export interface RunningWorker {
  /** Takes nothing new, finishes what runs, gives its leases back. */
  stop(): Promise<void>;
}

/** Without a NOTIFY, notices and jobs are found within this time. */
const LOOK_EVERY_MS = 2_000;
const HEALTH_EVERY_MS = 60_000;

/**
 * Starts the worker: gateway notices, jobs that transactions asked for, jobs by the clock. Any number of
 * workers may run beside each other.
 *
 * @param options `onStep` is told of each step of each notice's subject
 * @throws EnvironmentError when the configuration is not complete
 */
export async function startWorker(options: Pick<NoticeWorker, "onStep"> = {}): Promise<RunningWorker> {
  checkEnv();
  const name = `worker-${randomUUID()}`;
  const names = jobs.map((job) => job.name);
  const settings = await followGatewaySettings();
  const queue = await startQueue(env.DATABASE_URL, jobs);
  const notices = startLoop("notices", LOOK_EVERY_MS, () => processNotices({ gateways, name, ...options }));
  const outbox = startLoop("outbox", LOOK_EVERY_MS, () => drainOutbox(queue.boss, names));
  const ears = listen(env.DATABASE_URL, {
    [NOTICE_CHANNEL]: () => notices.wake(),
    [OUTBOX_CHANNEL]: () => outbox.wake(),
  });
  const health = setInterval(() => void sayHealth(name), HEALTH_EVERY_MS);
  log.info({ worker: name, jobs: names, gateways: gateways.list() }, "worker started");

  return {
    async stop() {
      clearInterval(health);
      await Promise.all([ears.stop(), settings.stop()]);
      await Promise.all([notices.stop(), outbox.stop()]);
      await releaseNotices(name).catch((error: unknown) =>
        log.warn({ err: error }, "leases were not given back; they run out"),
      );
      await queue.stop();
      closeMailer();
      log.info({ worker: name }, "worker stopped");
    },
  };
}

async function sayHealth(worker: string): Promise<void> {
  try {
    const [inbox, outbox] = await Promise.all([inboxHealth(), outboxWaiting()]);
    log.info({ worker, inbox, outbox }, "worker health");
  } catch (error) {
    log.error({ err: error, worker }, "worker health is unknown");
  }
}
