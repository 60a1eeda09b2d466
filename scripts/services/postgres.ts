import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { canEnter, type Identity, postgresBinaries } from "./postgres-binaries";
import { end, endWithUs, isAlive, programOf } from "./processes";
import { explain, StartError } from "./start-error";

export type PostgresOptions = {
  /** Where the cluster lives; made if it is not there. */
  directory: string;
  port: number;
  /** Of the superuser `postgres`, as set when the cluster was made. */
  password: string;
  /** False trades safety for speed: for tests, whose data nobody will miss. */
  durable: boolean;
  onExit?: (said: string) => void;
};

export type Postgres = {
  port: number;
  pid: number;
  /** Address of a database for the superuser. */
  superuserUrl(database?: string): string;
  stop(): Promise<void>;
};

const settings = {
  shared_buffers: "256MB",
  max_connections: "100",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  max_wal_size: "1GB",
  random_page_cost: "1.1",
  password_encryption: "scram-sha-256",
};
const fragile = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  autovacuum: "off",
  max_locks_per_transaction: "1024",
};
const durable = { fsync: "on", synchronous_commit: "on" };

/**
 * Starts the embedded Postgres, creating its cluster on the first start and clearing what a crash left.
 *
 * Postgres refuses to run as root: started by root it runs as the owner of its directory, or `nobody`.
 *
 * @throws StartError with one sentence when this machine, disk or directory does not allow it
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const identity = identityFor(options.directory);
  const directory = reachable(options.directory, identity);
  const binaries = postgresBinaries(identity);
  // Nothing of the person's environment: a PGDATA or an LD_LIBRARY_PATH of theirs is meant for another Postgres.
  const run: Run = {
    ...identity,
    cwd: "/",
    env: { NODE_ENV: "production", LC_ALL: "C", TZ: "UTC", PATH: process.env["PATH"] ?? "" },
  };

  await endOrphan(directory);
  if (!existsSync(join(directory, "PG_VERSION"))) createCluster(binaries, directory, options, run);

  const logFile = join(directory, "server.log");
  const log = openSync(logFile, "w");
  const flags = Object.entries({ ...settings, ...(options.durable ? durable : fragile) }).flatMap(
    ([key, value]) => ["-c", `${key}=${value}`],
  );
  // A socket's path may be 107 bytes long at most (sun_path).
  const sockets = `${directory}/.s.PGSQL.${options.port}`.length < 107 ? directory : "";
  const child = spawn(
    join(binaries, "bin", "postgres"),
    ["-D", directory, "-p", String(options.port), "-h", "127.0.0.1", "-k", sockets, ...flags],
    { ...run, detached: true, stdio: ["ignore", log, log] },
  );
  closeSync(log);
  const failedToSpawn = new Promise<never>((_, reject) =>
    child.once("error", (error) => reject(explain(error.message, "Postgres could not start"))),
  );
  await Promise.race([failedToSpawn, new Promise((started) => child.once("spawn", started))]);
  const pid = child.pid ?? 0;
  const release = endWithUs(pid, "INT");

  let stopping = false;
  child.once("exit", () => {
    release();
    if (!stopping) options.onExit?.(readFileSync(logFile, "utf8"));
  });
  const superuserUrl = (database = "postgres") =>
    `postgres://postgres:${options.password}@127.0.0.1:${options.port}/${database}`;
  const stop = async () => {
    stopping = true;
    await end(pid, "SIGINT", 20_000); // fast shutdown: sessions are ended, a checkpoint is written
  };
  try {
    await accepting(superuserUrl(), () => child.exitCode === null && child.signalCode === null);
  } catch (error) {
    await stop();
    const said = existsSync(logFile) ? readFileSync(logFile, "utf8") : "";
    throw error instanceof StartError ? error : explain(said || String(error), "Postgres could not start");
  }
  child.unref();
  return { port: options.port, pid, superuserUrl, stop };
}

function identityFor(directory: string): Identity {
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
 * /root, say), the data lives in /var/lib/opttius and a link stands in its place.
 */
function reachable(directory: string, identity: Identity): string {
  const wanted = resolve(directory);
  try {
    if (lstatSync(wanted, { throwIfNoEntry: false })?.isSymbolicLink() && !existsSync(wanted)) rmSync(wanted);
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    const real = realpathSync(wanted);
    if (!identity) return real;
    own(real, identity);
    if (canEnter(real, identity)) return real;
    if (real !== wanted) throw new StartError(`Postgres cannot enter ${real}; remove it and start again.`);
    return moveOut(wanted, identity);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw explain(String(error), "Postgres has no place for its data");
  }
}

function moveOut(wanted: string, identity: { uid: number; gid: number }): string {
  const elsewhere = join("/var/lib/opttius", createHash("sha256").update(wanted).digest("hex").slice(0, 16));
  // No link led here: what is here belonged to a data directory that was removed.
  rmSync(elsewhere, { recursive: true, force: true });
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  own(elsewhere, identity);
  rmSync(wanted, { recursive: true });
  symlinkSync(elsewhere, wanted);
  return elsewhere;
}

function own(directory: string, identity: { uid: number; gid: number }): void {
  chownSync(directory, identity.uid, identity.gid);
  chmodSync(directory, 0o700);
}

/** Ends a server that outlived its launcher, and removes a pid file whose number now means another program. */
async function endOrphan(directory: string): Promise<void> {
  const file = join(directory, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  if (pid > 0 && isAlive(pid) && programOf(pid)?.startsWith("postgres")) {
    await end(pid, "SIGINT", 20_000);
  } else {
    rmSync(file, { force: true });
  }
}

type Run = { uid?: number; gid?: number; cwd: string; env: NodeJS.ProcessEnv };

function createCluster(binaries: string, directory: string, options: PostgresOptions, run: Run): void {
  const secrets = mkdtempSync(join(tmpdir(), "opttius-initdb-"));
  const passwordFile = join(secrets, "password");
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  if (run.uid !== undefined && run.gid !== undefined) {
    chownSync(secrets, run.uid, run.gid);
    chownSync(passwordFile, run.uid, run.gid);
  }
  const flags = [
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
  ];
  // The same order of text and the same messages on every machine, whatever its LANG.
  flags.push("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions");
  if (!options.durable) flags.push("--no-sync");
  try {
    const made = spawnSync(join(binaries, "bin", "initdb"), [`--pgdata=${directory}`, ...flags], {
      ...run,
      encoding: "utf8",
    });
    if (made.status !== 0)
      throw explain(made.error?.message ?? made.stderr, "Postgres could not create its files");
  } finally {
    rmSync(secrets, { recursive: true, force: true });
  }
}

async function accepting(url: string, alive: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => undefined);
      const code = (error as { code?: string }).code;
      if (code === "28P01")
        throw new StartError(
          "The embedded Postgres has another password than the one remembered; start with --reset to begin again.",
        );
      if (!alive() || Date.now() > deadline) throw error;
    }
    await sleep(50);
  }
}
