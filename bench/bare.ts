import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { freePort } from "../scripts/services/ports";
import { end, endWithUs } from "../scripts/services/processes";

const directory = join(import.meta.dirname, "bare");
const next = join(import.meta.dirname, "../node_modules/next/dist/bin/next");

export interface Bare {
  readonly origin: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Builds and starts the yardstick: the same Next with one page, one route and one query. */
export async function startBare(databaseUrl: string): Promise<Bare> {
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    NODE_ENV: "production" as const,
    NEXT_TELEMETRY_DISABLED: "1",
  };
  const built = spawnSync(process.execPath, [next, "build"], { cwd: directory, env, encoding: "utf8" });
  if (built.status !== 0)
    throw new Error(`the bare application could not be built: ${built.stdout}${built.stderr}`);
  const port = await freePort();
  const child = spawn(process.execPath, [next, "start", "--hostname", "127.0.0.1", "--port", String(port)], {
    cwd: directory,
    env,
    stdio: "ignore",
  });
  const pid = child.pid ?? 0;
  const release = endWithUs(pid, "TERM");
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; !(await answers(origin)); tries++) {
    if (tries > 100) throw new Error("the bare application does not answer");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    origin,
    pid,
    async stop() {
      await end(pid, "SIGTERM", 5_000);
      release();
    },
  };
}

async function answers(origin: string): Promise<boolean> {
  return fetch(origin).then(
    (answer) => answer.ok,
    () => false,
  );
}
