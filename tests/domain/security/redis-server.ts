import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "@/scripts/services/ports";

/** Whether this machine has a Redis to test against. */
export const redisIsInstalled = spawnSync("redis-server", ["--version"]).status === 0;

export interface RedisServer {
  readonly url: string;
  /** Stops answering without closing anything, as a swapping machine does. */
  freeze(): void;
  thaw(): void;
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Speaks to the server as an operator: flush, make it read-only. */
  command(name: string, ...parameters: string[]): Promise<unknown>;
}

/** A Redis that keeps nothing on disk, on a free port. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}/0`;
  let process: ChildProcess | undefined;

  async function start() {
    process = spawn(
      "redis-server",
      ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
      {
        stdio: "ignore",
      },
    );
    await untilItAnswers(url);
  }
  await start();

  return {
    url,
    start,
    freeze: () => void process?.kill("SIGSTOP"),
    thaw: () => void process?.kill("SIGCONT"),
    async kill() {
      if (!process || process.exitCode !== null || process.signalCode !== null) return;
      const gone = once(process, "exit");
      process.kill("SIGKILL");
      await gone;
    },
    async command(name, ...parameters) {
      const operator = new Redis(url);
      try {
        return await operator.call(name, ...parameters);
      } finally {
        operator.disconnect();
      }
    },
  };
}

async function untilItAnswers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const probe = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
    probe.on("error", () => undefined); // expected until it listens
    try {
      await probe.ping();
      return;
    } catch {
      await wait(50);
    } finally {
      probe.disconnect();
    }
  }
  throw new Error(`redis-server did not answer at ${url}`);
}
