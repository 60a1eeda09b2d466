import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "pg";
import { startDemo } from "../../scripts/testing/demo";
import { figure } from "../load";
import { makeOwners, openOverHttp } from "../shops";
import { processesOf } from "../stage";
import { chaosGateways } from "./gateways";
import { type ChaosArena, playChaos } from "./story";
import { judge } from "./verdict";

const root = join(import.meta.dirname, "../..");
const SHOPS = 100;
const PAYMENTS = Number(process.env["CHAOS_PAYMENTS"] ?? 2_000);

/** `npm run bench -- chaos`: the whole product on a bad afternoon, against the gateways' own books. */
export async function chaos(): Promise<void> {
  const demo = await startDemo();
  const { environment } = demo;
  const owner = new Pool({ connectionString: environment["DATABASE_URL"], max: 12 });
  owner.on("error", () => undefined); // the database is going to be crashed
  const { worker: sleeper } = processesOf(environment);
  try {
    const arena = await openArena(environment, owner, sleeper);
    const startedAt = performance.now();
    const { fates, workersKilled, ...counts } = await playChaos(arena, {
      payments: PAYMENTS,
      crashes: 2,
      kills: 12,
      shootAfterMs: 15_000,
      hangingMs: 30_000,
      settleWithinMs: 15 * 60_000,
    });
    const seconds = (performance.now() - startedAt) / 1_000;
    const verdict = await judge(owner, arena.sandboxUrl, arena.gateways, fates);
    const { settled, examples, ...wrong } = verdict;
    figure("chaos.payments", fates.size, "payments", undefined, {
      fates: Object.fromEntries(
        [...Map.groupBy(fates.values(), String)].map(([fate, all]) => [fate, all.length]),
      ),
      inOurBooks: settled,
      ...counts,
      workersKilled,
      seconds: Math.round(seconds),
    });
    for (const [name, value] of Object.entries(wrong)) figure(`chaos.${name}`, value, "cases", "= 0");
    for (const example of examples) console.error(example);
    if (Object.values(wrong).some((value) => value !== 0)) process.exitCode = 1;
  } finally {
    process.kill(sleeper, "SIGCONT");
    await owner.end();
    await demo.stop();
  }
}

async function openArena(
  environment: Record<string, string>,
  owner: Pool,
  sleeper: number,
): Promise<ChaosArena> {
  const appUrl = environment["APP_URL"] ?? "";
  const cookies = await makeOwners(owner, environment, SHOPS);
  return {
    owner,
    appUrl,
    sandboxUrl: environment["SANDBOX_URL"] ?? "",
    gateways: chaosGateways,
    open: (gateway, n, key) => openOverHttp(appUrl, cookies[n % cookies.length] ?? "", gateway, key),
    startWorker: (failpoint) =>
      spawn(process.execPath, ["--import", "./scripts/tsx.mjs", "bench/chaos/worker.ts"], {
        cwd: root,
        env: {
          ...process.env,
          ...environment,
          NODE_ENV: "production",
          LOG_LEVEL: "silent",
          CHAOS_FAILPOINT: failpoint ?? "",
        },
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      }),
    crashDatabase: () => crash(owner),
    // The demo's own worker, in the middle of whatever it does.
    hangWorker() {
      process.kill(sleeper, "SIGSTOP");
      return { wake: () => process.kill(sleeper, "SIGCONT") };
    },
  };
}

/** Kills one server process outright: Postgres ends all others and recovers from its log. */
async function crash(owner: Pool): Promise<void> {
  const { rows } = await owner.query<{ pid: number }>(
    `select pid from pg_stat_activity where backend_type = 'client backend' and usename = current_user
       and pid <> pg_backend_pid() order by random() limit 1`,
  );
  const [victim] = rows;
  if (!victim) throw new Error("nobody is connected");
  process.kill(victim.pid, "SIGKILL");
  for (let isUp = false; !isUp; ) {
    await sleep(500);
    isUp = await owner.query("select 1").then(
      () => true,
      () => false,
    );
  }
}
