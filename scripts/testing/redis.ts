import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../services/ports";
import { end, endWithUs } from "../services/processes";

/**
 * Starts the machine's Redis for the suites that need one.
 *
 * @returns its address and how to stop it, or null where no `redis-server` is installed
 */
export async function startRedis(): Promise<{ url: string; stop(): Promise<void> } | null> {
  if (spawnSync("redis-server", ["--version"]).status !== 0) return null;
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), "opttius-redis-"));
  const child = spawn(
    "redis-server",
    ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", directory],
    {
      stdio: "ignore",
      detached: true,
    },
  );
  const pid = child.pid ?? 0;
  const release = endWithUs(pid, "TERM");
  child.once("exit", release);
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      await end(pid, "SIGTERM", 5_000);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
