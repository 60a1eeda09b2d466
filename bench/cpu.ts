import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

const TICKS_PER_SECOND = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/**
 * CPU time that processes and all their descendants have used, in milliseconds, from the operating system.
 * Ended children count once their parent has waited for them. Linux only.
 */
export function cpuMs(roots: readonly number[]): number {
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess);
  const members = new Set(roots);
  for (let grown = true; grown; ) {
    const size = members.size;
    for (const { pid, parent } of processes) if (members.has(parent)) members.add(pid);
    grown = members.size > size;
  }
  return (
    processes.filter(({ pid }) => members.has(pid)).reduce((sum, { ticks }) => sum + ticks, 0) *
    (1000 / TICKS_PER_SECOND)
  );
}

function readProcess(pid: string): { pid: number; parent: number; ticks: number }[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text
      .slice(text.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number); // the name may hold spaces
    const [parent = 0, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [
      fields[1],
      fields[11],
      fields[12],
      fields[13],
      fields[14],
    ];
    return [{ pid: Number(pid), parent, ticks: user + system + endedUser + endedSystem }];
  } catch {
    return []; // ended between listing and reading
  }
}
