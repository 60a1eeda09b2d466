import "server-only";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { asVisitor, sql } from "@/lib/db";
import { appPool } from "@/lib/db/pool";
import { asService, servicePool } from "@/lib/db/service";
import { checkEnv, EnvironmentError } from "@/lib/env";
import { failedJobs } from "@/lib/jobs";
import { log } from "@/lib/log";
import { inboxHealth, type PaymentMetric, paymentMetrics } from "@/lib/payments";
import { redisState } from "@/lib/security/rate-limit";
import { gateways } from "./gateways";

type Verdict = "ok" | "failed";

/** Whether this process can serve, and why not. Only the first three keep it from serving. */
export interface Readiness {
  readonly ready: boolean;
  readonly database: Verdict;
  readonly migrations: Verdict;
  readonly configuration: Verdict;
  readonly redis: "ok" | "degraded" | "off";
  /** Off is one without its secrets. */
  readonly gateways: Readonly<Record<string, "on" | "degraded" | "off" | "paused">>;
}

const TIME_LIMIT_MS = 1_000;

/** Asks everything that a request needs. What only makes the service poorer is told, and fails nothing. */
export async function readiness(): Promise<Readiness> {
  const [database, migrations] = await Promise.all([
    verdict("database", async () => void (await asVisitor((db) => sql`select 1`.execute(db)))),
    verdict("migrations", requireMigrations),
  ]);
  const configuration = await verdict("configuration", async () => checkEnv());
  return {
    ready: [database, migrations, configuration].every((each) => each === "ok"),
    database,
    migrations,
    configuration,
    redis: redisState(),
    gateways: Object.fromEntries(gateways.list().map(({ id, state }) => [id, state])),
  };
}

async function verdict(what: string, check: () => Promise<void>): Promise<Verdict> {
  try {
    await Promise.race([check(), tooLate()]);
    return "ok";
  } catch (error) {
    // The names of what is missing are for whoever runs the service, and stand in the log alone.
    const reason = error instanceof EnvironmentError ? { message: error.message } : { err: error };
    log.error({ ...reason, check: what }, "not ready");
    return "failed";
  }
}

async function tooLate(): Promise<never> {
  await sleep(TIME_LIMIT_MS, undefined, { ref: false });
  throw new Error(`no answer within ${TIME_LIMIT_MS} ms`);
}

let expected: Promise<string> | undefined;

/** The database may be ahead of this process, as while a new version is rolled out, but never behind. */
async function requireMigrations(): Promise<void> {
  expected ??= newestMigration();
  const wanted = await expected;
  const applied = await asService(async (db) => {
    const { rows } = await sql<{ version: string | null }>`
      select max(version) as version from supabase_migrations.schema_migrations`.execute(db);
    return rows[0]?.version ?? "";
  });
  if (applied < wanted)
    throw new Error(`the database stands at ${applied || "nothing"}, this process needs ${wanted}`);
}

async function newestMigration(): Promise<string> {
  const files = await readdir(join(process.cwd(), "supabase/migrations"));
  return files.reduce((newest, file) => {
    const version = /^(\d+)_.+\.sql$/.exec(file)?.[1] ?? "";
    return version > newest ? version : newest;
  }, "");
}

const delays = monitorEventLoopDelay({ resolution: 20 });
delays.enable();

/** What a graph of this process and its queues is drawn from, as Prometheus reads it (text format 0.0.4). */
export async function metrics(): Promise<string> {
  const [inbox, outbox, payments, jobs] = await Promise.all([
    inboxHealth(),
    outboxHealth(),
    paymentMetrics(),
    failedJobs(),
  ]);
  const memory = process.memoryUsage();
  const cpu = process.cpuUsage();
  const lines = [
    gauge("process_uptime_seconds", process.uptime()),
    gauge("process_resident_memory_bytes", memory.rss),
    gauge("process_heap_used_bytes", memory.heapUsed),
    gauge("process_cpu_seconds_total", (cpu.user + cpu.system) / 1e6, "counter"),
    gauge("event_loop_delay_p99_seconds", delays.percentile(99) / 1e9),
    "# TYPE opttius_db_connections gauge",
    ...poolLines("app", appPool()),
    ...poolLines("service", servicePool()),
    gauge("webhook_inbox_waiting", inbox.waiting),
    gauge("webhook_inbox_oldest_seconds", inbox.oldestSeconds),
    gauge("webhook_inbox_dead", inbox.dead),
    gauge("payments_in_review", inbox.review),
    ...paymentLines(payments),
    gauge("outbox_waiting", outbox.waiting),
    gauge("outbox_oldest_seconds", outbox.oldestSeconds),
    gauge("jobs_retrying", jobs.retrying),
    gauge("jobs_failed", jobs.givenUp),
    gauge("redis_up", redisState() === "ok" ? 1 : 0),
  ];
  delays.reset();
  return `${lines.join("\n")}\n`;
}

function outboxHealth(): Promise<{ waiting: number; oldestSeconds: number }> {
  return asService(async (db) => {
    const { rows } = await sql<{ waiting: number; oldestSeconds: number }>`
      select count(*)::int as waiting,
             coalesce(extract(epoch from now() - min(available_at) filter (where available_at <= now())), 0)::int as "oldestSeconds"
      from private.outbox where done_at is null`.execute(db);
    return rows[0] ?? { waiting: 0, oldestSeconds: 0 };
  });
}

const paymentGraphs = {
  event: { name: "payment_events_total", type: "counter", label: "event" },
  invariant: { name: "invariant_violations", type: "gauge", label: "invariant" },
  reconciliation: { name: "reconciliation_findings", type: "gauge", label: "of" },
} as const;

/** Illegal transitions and refused notices since the beginning; invariants and comparisons as of their last look. */
function paymentLines(metrics: readonly PaymentMetric[]): string[] {
  return Object.entries(paymentGraphs).flatMap(([kind, { name, type, label }]) => [
    `# TYPE opttius_${name} ${type}`,
    ...metrics
      .filter((one) => one.kind === kind)
      .map((one) => {
        const gateway = one.gateway === null ? "" : `,gateway="${one.gateway}"`;
        return `opttius_${name}{${label}="${one.name}"${gateway}} ${one.n}`;
      }),
  ]);
}

function poolLines(
  name: string,
  pool: { totalCount: number; idleCount: number; waitingCount: number },
): string[] {
  const counts = { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount };
  return Object.entries(counts).map(
    ([state, n]) => `opttius_db_connections{pool="${name}",state="${state}"} ${n}`,
  );
}

function gauge(name: string, value: number, type: "gauge" | "counter" = "gauge"): string {
  return `# TYPE opttius_${name} ${type}\nopttius_${name} ${value}`;
}
