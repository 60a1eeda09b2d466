import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { afterEach, expect } from "vitest";
import { database } from "@/tests/support/database";
import { testEnvironment } from "@/tests/support/environment";
import { type FlowInHand, flowKeys } from "./flow";

const root = join(import.meta.dirname, "../../..");

/** A worker as it runs in production, and everything it has said. */
export type WorkerProcess = ChildProcess & { said: string };

/** Starts workers as processes of their own; whatever still runs after a test is killed. */
export function workerProcesses(flow: FlowInHand) {
  const running: ChildProcess[] = [];
  afterEach(() => {
    for (const child of running.splice(0)) child.kill("SIGKILL");
  });

  function launch(change: Record<string, string> = {}): WorkerProcess {
    const env = {
      ...process.env,
      ...testEnvironment(database().urls),
      LOG_LEVEL: "info",
      FLOW_API_URL: `${flow.url}/flow/api`,
      FLOW_API_KEY: flowKeys.flowApiKey,
      FLOW_SECRET_KEY: flowKeys.flowSecretKey,
      ...change,
    };
    const child = Object.assign(
      spawn(process.execPath, ["--import", "./scripts/tsx.mjs", "scripts/worker.ts"], {
        cwd: root,
        env,
        stdio: ["ignore", "pipe", "pipe"],
      }),
      { said: "" },
    );
    running.push(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => (child.said += chunk.toString()));
    }
    return child;
  }

  async function start(): Promise<WorkerProcess> {
    const child = launch();
    await expect.poll(() => child.said, { timeout: 30_000 }).toContain("worker started");
    return child;
  }

  return { launch, start };
}

/** The exit code of a process, once it has ended; null when a signal ended it. */
export function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once("exit", resolve));
}
