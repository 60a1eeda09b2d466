import { spawn, spawnSync } from "node:child_process";
import {
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { postgresBinaries } from "./postgres-binaries";
import { endOrphan, identityFor, reachable } from "./postgres-home";
import { end, endWithUs } from "./processes";
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
  const directory = await reachable(options.directory, identity);
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
