import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { canEnter, type Identity } from "./postgres-binaries";
import { commandOf, end, isAlive } from "./processes";
import { explain, StartError } from "./start-error";

type Owner = NonNullable<Identity>;

/** Who Postgres runs as: whoever started us, and for root, whom it refuses, the directory's owner or `nobody`. */
export function identityFor(directory: string): Identity {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(directory)) {
    const { uid, gid } = statSync(directory);
    if (uid !== 0) return { uid, gid };
  }
  const nobody = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync("/etc/passwd", "utf8"));
  if (!nobody)
    throw new StartError(
      "Postgres does not run as root and this machine has no user nobody; start as an ordinary user.",
    );
  return { uid: Number(nobody[1]), gid: Number(nobody[2]) };
}

/**
 * The directory, made for and owned by the identity. Where the identity cannot get to it (a checkout inside
 * /root, say), the data lives in /var/lib/opttius and a link stands in its place. Data that is there already,
 * since the checkout was moved or copied to such a place, moves along.
 *
 * @throws StartError when there is no place for the data
 */
export async function reachable(directory: string, identity: Identity): Promise<string> {
  const wanted = resolve(directory);
  try {
    if (lstatSync(wanted, { throwIfNoEntry: false })?.isSymbolicLink() && !existsSync(wanted)) rmSync(wanted);
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    const real = realpathSync(wanted);
    if (!identity) return real;
    own(real, identity);
    if (canEnter(real, identity)) return real;
    if (real !== wanted) throw new StartError(`Postgres cannot enter ${real}; remove it and start again.`);
    await endOrphan(wanted);
    return moveOut(wanted, identity);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw explain(String(error), "Postgres has no place for its data");
  }
}

function moveOut(wanted: string, identity: Owner): string {
  const elsewhere = join("/var/lib/opttius", createHash("sha256").update(wanted).digest("hex").slice(0, 16));
  // No link led here: what is here belonged to a data directory that was removed.
  rmSync(elsewhere, { recursive: true, force: true });
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  cpSync(wanted, elsewhere, { recursive: true, verbatimSymlinks: true });
  own(elsewhere, identity);
  rmSync(wanted, { recursive: true });
  symlinkSync(elsewhere, wanted);
  return elsewhere;
}

/** Gives the directory to the identity, with a cluster that somebody else copied here. */
function own(directory: string, { uid, gid }: Owner): void {
  const version = statSync(join(directory, "PG_VERSION"), { throwIfNoEntry: false });
  if (version && version.uid !== uid) {
    const files = readdirSync(directory, { recursive: true, encoding: "utf8" });
    for (const file of files) lchownSync(join(directory, file), uid, gid);
  }
  chownSync(directory, uid, gid);
  chmodSync(directory, 0o700);
}

/** Ends a server that outlived its launcher, and removes a pid file whose number now means another program. */
export async function endOrphan(directory: string): Promise<void> {
  const file = join(directory, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  // Another Postgres of this machine may have been given the number since.
  if (pid > 0 && isAlive(pid) && commandOf(pid)?.includes(` -D ${directory} `)) {
    await end(pid, "SIGINT", 20_000);
  } else {
    rmSync(file, { force: true });
  }
}
