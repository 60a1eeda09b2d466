import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** Where a worker kills itself. */
const failpoints = ["claimed", "fetched", "transitioned", "applied"] as const;
export type Failpoint = (typeof failpoints)[number];

/** Starts a worker that kills itself at a failpoint, or never; it says `ready` to its parent. */
export type StartWorker = (failpoint: Failpoint | null) => ChildProcess;

export interface Workers {
  /** How many were killed outright until now. */
  killed(): number;
  /** Workers that are started from now on live. */
  calm(): void;
  /** Ends all of them. @returns how many were killed outright, by the place where it happened */
  stop(): Promise<Readonly<Record<string, number>>>;
}

/** Two workers at any time: one walks the failpoints, the other is shot from outside at any moment. */
export function keepWorkers(startWorker: StartWorker, shootAfterMs: number): Workers {
  let state: "chaos" | "calm" | "over" = "chaos";
  let turn = 0;
  const kills: Record<string, number> = {};
  const alive = new Set<ChildProcess>();

  function start(walksFailpoints: boolean): void {
    const failpoint =
      walksFailpoints && state === "chaos" ? (failpoints[turn++ % failpoints.length] ?? null) : null;
    const child = startWorker(failpoint);
    alive.add(child);
    child.once("message", () => {
      if (!walksFailpoints && state === "chaos") void shoot(child, shootAfterMs);
    });
    child.once("exit", (_, signal) => {
      alive.delete(child);
      if (signal === "SIGKILL") kills[failpoint ?? "random"] = (kills[failpoint ?? "random"] ?? 0) + 1;
      // One that could not start (the database is away) tries again a little later, as a supervisor would do it.
      if (state !== "over") setTimeout(() => state !== "over" && start(walksFailpoints), 250);
    });
  }
  start(true);
  start(false);

  return {
    killed: () => Object.values(kills).reduce((sum, n) => sum + n, 0),
    calm() {
      state = "calm";
    },
    async stop() {
      state = "over";
      const ended = [...alive].map((child) => new Promise((resolve) => child.once("exit", resolve)));
      for (const child of alive) child.kill("SIGTERM");
      await Promise.all(ended);
      return kills;
    },
  };
}

async function shoot(child: ChildProcess, withinMs: number): Promise<void> {
  await sleep(withinMs * Math.random());
  child.kill("SIGKILL");
}
