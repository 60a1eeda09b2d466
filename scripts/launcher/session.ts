import { parentOf } from "../services/processes";
import { StartError } from "../services/start-error";
import {
  dataDirectory,
  endOrphans,
  lockDataDirectory,
  openDataDirectory,
  resetDataDirectory,
} from "./data-directory";
import { Supervisor } from "./supervisor";
import { say, step } from "./terminal";

const OLDEST_NODE = 22;

/**
 * Runs something on the data directory and keeps running until it is told to stop: Ctrl-C, SIGTERM, a closed
 * terminal, or the death of the `npm` that started us. Then everything is stopped in order.
 *
 * @param start starts all there is to start; what it throws stops what had been started
 */
export async function runUntilStopped(
  start: (dataDirectory: string, supervisor: Supervisor) => Promise<void>,
): Promise<void> {
  const directory = dataDirectory();
  const unlock = await step("Machine", async () => {
    if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
      throw new StartError(
        `Node ${process.versions.node} is too old: Opttius needs Node ${OLDEST_NODE} or later.`,
      );
    }
    openDataDirectory(directory);
    const release = lockDataDirectory(directory);
    const orphans = await endOrphans(directory);
    if (orphans.length > 0) say(`  ended what an earlier start had left: ${orphans.join(", ")}`);
    if (process.argv.includes("--reset")) resetDataDirectory(directory);
    openDataDirectory(directory);
    return release;
  });
  const supervisor = new Supervisor(directory);
  const stopped = stopOnSignal(supervisor);
  // Told to stop half way, a start fails: that is no news then.
  const started = start(directory, supervisor).catch((error: unknown) => {
    if (supervisor.isRunning) throw error;
  });
  try {
    await Promise.race([started, stopped]);
    await stopped;
  } finally {
    await supervisor.stop();
    await started.catch(() => undefined);
    unlock();
  }
}

/** Resolves when somebody asks us to stop; a second request does not wait for an orderly end. */
function stopOnSignal(supervisor: Supervisor): Promise<void> {
  return new Promise((resolve) => {
    let askedAt = 0;
    const stop = () => {
      // One Ctrl-C can arrive twice, from the terminal and from npm; impatience takes longer.
      if (askedAt > 0 && Date.now() - askedAt > 2_000) process.exit(130);
      if (askedAt > 0) return;
      askedAt = Date.now();
      say("\nStopping …");
      void supervisor.stop().then(resolve);
    };
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, stop);
    if (process.env["npm_lifecycle_event"]) onParentsDeath(stop);
    // A connection that our own stop cuts is no news; any other surprise still ends everything in order.
    process.on("uncaughtException", (error) => {
      if (!supervisor.isRunning) return;
      process.stderr.write(`\n${error.stack}\n`);
      process.exitCode = 1;
      stop();
    });
  });
}

/** npm starts us through a shell: when either is killed, nobody is left to stop us. */
function onParentsDeath(stop: () => void): void {
  const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const before = ancestors();
  const watch = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(watch);
    stop();
  }, 1_000);
  watch.unref();
}
