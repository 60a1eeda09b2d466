import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { birthOf, end, isAlive } from "../services/processes";
import { explain, StartError } from "../services/start-error";

/** What a launcher writes into its data directory; `--reset` removes these and nothing else. */
const contents = [
  "postgres",
  "mail",
  "storage",
  "logs",
  "sandbox",
  "secrets.json",
  "ports.json",
  "processes.json",
  "demo.env",
];
const MIN_FREE_BYTES = 700_000_000;

type Recorded = { name: string; pid: number; birth: string | null };

/** The directory that holds everything of one installation: DATA_DIR, else `.data` in the checkout. */
export function dataDirectory(): string {
  return resolve(process.env["DATA_DIR"] || join(import.meta.dirname, "../../.data"));
}

/** Makes the directory; refuses when it cannot be written or its disk is all but full. */
export function openDataDirectory(directory: string): void {
  try {
    mkdirSync(join(directory, "logs"), { recursive: true });
    accessSync(directory, constants.W_OK);
  } catch (error) {
    const { message } = explain(String(error), "The data directory cannot be used");
    throw new StartError(`${message} Set DATA_DIR to a directory of yours.`);
  }
  const { bavail, bsize } = statfsSync(directory);
  if (bavail * bsize < MIN_FREE_BYTES) {
    const megabytes = Math.floor((bavail * bsize) / 1_000_000);
    throw new StartError(
      `The disk of ${directory} has ${megabytes} MB free and at least ${MIN_FREE_BYTES / 1_000_000} MB are needed; free some space or set DATA_DIR.`,
    );
  }
}

/**
 * Takes the directory for this process: two launchers would fight over one Postgres.
 *
 * @returns gives it back
 * @throws StartError when another launcher is running on it
 */
export function lockDataDirectory(directory: string): () => void {
  const file = join(directory, "launcher.lock");
  const mine = JSON.stringify({ name: "launcher", pid: process.pid, birth: birthOf(process.pid) });
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(file, mine, { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || attempt > 3)
        throw explain(String(error), "The data directory cannot be locked");
    }
    const holder = runningLauncher(directory);
    if (holder)
      throw new StartError(
        `Opttius is already running on ${directory} (process ${holder}); stop it first, or set another DATA_DIR.`,
      );
    rmSync(file, { force: true });
  }
}

/** The process id of the launcher that runs on a directory, or null. */
export function runningLauncher(directory: string): number | null {
  const holder = readJson<Recorded>(join(directory, "launcher.lock"));
  return holder && isSame(holder) ? holder.pid : null;
}

/** Notes a child, so that the next start can end it if this process is killed. */
export function recordChild(directory: string, name: string, pid: number): void {
  const file = join(directory, "processes.json");
  const others = (readJson<Recorded[]>(file) ?? []).filter((child) => child.name !== name);
  writeFileSync(file, JSON.stringify([...others, { name, pid, birth: birthOf(pid) }]));
}

/** Ends the children of a launcher that was killed before it could; returns their names. */
export async function endOrphans(directory: string): Promise<string[]> {
  const file = join(directory, "processes.json");
  const orphans = (readJson<Recorded[]>(file) ?? []).filter(isSame);
  await Promise.all(orphans.map((child) => end(-child.pid, "SIGTERM", 5_000)));
  rmSync(file, { force: true });
  return orphans.map((child) => child.name);
}

/** Forgets everything that earlier starts left in the directory. */
export function resetDataDirectory(directory: string): void {
  for (const name of contents) {
    const path = join(directory, name);
    // Postgres' files may live elsewhere, behind a link.
    if (existsSync(path)) rmSync(realpathSync(path), { recursive: true, force: true });
    rmSync(path, { recursive: true, force: true });
  }
}

/** Process ids are used again; together with the moment of birth they are not. */
function isSame({ pid, birth }: Recorded): boolean {
  return isAlive(pid) && (birth === null || birthOf(pid) === birth);
}

export function readJson<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as T;
  } catch {
    return null;
  }
}
