import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { end, endWithUs, signal } from "../services/processes";
import { explain, StartError } from "../services/start-error";
import { recordChild } from "./data-directory";
import { say } from "./terminal";

export type ChildSpec = {
  name: string;
  /** Arguments of this same Node. */
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Answers something over HTTP once the child is ready; without it, running is ready. */
  readyUrl?: string;
  /** Shows the child's output on the terminal instead of writing it to its log. */
  onTerminal?: boolean;
};

const root = join(import.meta.dirname, "../..");
const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;
/** A child that ran this long had started well: the next crash is a new story. */
const SETTLED_MS = 60_000;

/** Keeps a list of child processes running, and ends them in the reverse order of their start. */
export class Supervisor {
  private readonly stops: (() => Promise<void>)[] = [];
  private stopping = false;

  constructor(private readonly dataDirectory: string) {}

  /** Adds something to stop with the rest; at once, if the rest has been stopped already. */
  async onStop(stop: () => Promise<void>): Promise<void> {
    if (this.stopping) await stop();
    else this.stops.push(stop);
  }

  /** False once `stop` was called. */
  get isRunning(): boolean {
    return !this.stopping;
  }

  /**
   * Starts a child and waits until it is ready; from then on a crash is reported and answered with a new start.
   *
   * @throws StartError with the last lines of its log if the first start fails
   */
  async start(spec: ChildSpec): Promise<void> {
    if (this.stopping) throw new StartError(`The ${spec.name} is not started any more.`);
    const log = join(this.dataDirectory, "logs", `${spec.name}.log`);
    closeSync(openSync(log, "w"));
    let child = this.spawn(spec, log);
    await this.onStop(async () => {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      await end(-child.pid, "SIGTERM", STOP_TIMEOUT_MS);
      signal(-child.pid, "SIGKILL"); // whatever the child itself had started
    });
    await ready(spec, child, log);
    void this.keep(spec, log, child, (next) => {
      child = next;
    });
  }

  /** Ends all children, the last one started first. */
  async stop(): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    for (const stop of this.stops.reverse())
      await stop().catch((error: unknown) => say(`  ${String(error)}`));
  }

  private async keep(
    spec: ChildSpec,
    log: string,
    first: ChildProcess,
    replace: (child: ChildProcess) => void,
  ): Promise<void> {
    let child = first;
    let waitMs = 1_000;
    while (!this.stopping) {
      const startedAt = Date.now();
      const why = await exit(child);
      if (this.stopping) return;
      if (Date.now() - startedAt > SETTLED_MS) waitMs = 1_000;
      say(`  ${spec.name} stopped (${why}); starting it again in ${waitMs / 1000} s. Log: ${log}`);
      await sleep(waitMs);
      waitMs = Math.min(waitMs * 2, 30_000);
      if (this.stopping) return;
      child = this.spawn(spec, log);
      replace(child);
    }
  }

  private spawn(spec: ChildSpec, log: string): ChildProcess {
    const output = spec.onTerminal ? "inherit" : openSync(log, "a");
    // A group of its own: Ctrl-C must reach the launcher alone, which then stops all in order.
    const child = spawn(process.execPath, spec.args, {
      cwd: root,
      env: spec.env,
      detached: true,
      stdio: ["ignore", output, output],
    });
    if (typeof output === "number") closeSync(output);
    if (child.pid !== undefined) {
      recordChild(this.dataDirectory, spec.name, child.pid);
      child.once("exit", endWithUs(-child.pid, "TERM"));
    }
    return child;
  }
}

function exit(child: ChildProcess): Promise<string> {
  if (child.exitCode !== null) return Promise.resolve(`exit code ${child.exitCode}`);
  if (child.signalCode !== null) return Promise.resolve(child.signalCode);
  return new Promise((resolve) => {
    child.once("exit", (code, name) => resolve(name ?? `exit code ${code}`));
    child.once("error", (error) => resolve(error.message));
  });
}

async function ready(spec: ChildSpec, child: ChildProcess, log: string): Promise<void> {
  const died = exit(child).then((why) => {
    throw explain(readFileSync(log, "utf8") || why, `The ${spec.name} could not start`);
  });
  died.catch(() => undefined);
  await Promise.race([died, spec.readyUrl ? answering(spec.readyUrl, spec.name, child) : sleep(50)]);
}

async function answering(url: string, name: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) return; // its end is told elsewhere
    try {
      await (await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(10_000) })).arrayBuffer();
      return;
    } catch {
      await sleep(50);
    }
  }
  throw explain("it did not answer within a minute", `The ${name} could not start`);
}
