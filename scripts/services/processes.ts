import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Whether a process with this id exists (zombies count as gone). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return statOf(pid)?.state !== "Z";
}

/** The command by which a process was started, its parts divided by spaces; null if there is no such process. */
export function commandOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") || null;
  } catch {
    const ps = spawnSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
    return ps.stdout?.trim() || null;
  }
}

/**
 * Something that differs between two processes that were given the same id: the moment the process started.
 * Null where the system does not tell.
 */
export function birthOf(pid: number): string | null {
  const stat = statOf(pid);
  if (stat) return stat.birth;
  const ps = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return ps.stdout?.trim() || null;
}

/** The process that started a process, or null where the system does not tell. */
export function parentOf(pid: number): number | null {
  return statOf(pid)?.parent ?? null;
}

/** Linux tells about a process in /proc; elsewhere null, and the callers ask `ps`. */
function statOf(pid: number): { state: string; parent: number; birth: string } | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null;
  }
  // "pid (program) state ppid …": the program may itself hold spaces and parentheses.
  const end = text.lastIndexOf(")");
  const rest = text.slice(end + 2).split(" ");
  return {
    state: rest[0] ?? "",
    parent: Number(rest[1]),
    birth: rest[19] ?? "",
  };
}

/** Sends a signal to a process or (negative id) to its group; a process that is gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Asks a process to end and waits; past the time limit it is killed. Negative ids mean the group. */
export async function end(pid: number, name: NodeJS.Signals, timeoutMs: number): Promise<void> {
  const leader = Math.abs(pid);
  signal(pid, name);
  const deadline = Date.now() + timeoutMs;
  while (isAlive(leader)) {
    if (Date.now() > deadline) {
      signal(pid, "SIGKILL");
      await sleep(100);
      return;
    }
    await sleep(20);
  }
}

/**
 * Makes a child end when this process dies, however it dies: a shell holds the other end of a pipe,
 * reads the end of file that the kernel sends on our death, and passes the signal on.
 *
 * @param pid the child, or minus its id for its group
 * @returns call it when the child has ended by itself
 */
export function endWithUs(pid: number, name: "INT" | "TERM"): () => void {
  const script = 'read -r _ || kill -s "$0" -- "$1" 2>/dev/null';
  const guard: ChildProcess = spawn("/bin/sh", ["-c", script, name, String(pid)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.on("error", () => undefined); // no shell (Windows): the next start cleans up instead
  guard.stdin?.on("error", () => undefined);
  guard.unref();
  (guard.stdin as { unref?: () => void } | null)?.unref?.();
  return () => guard.stdin?.end("done\n");
}
