import "server-only";
import { Pool, types } from "pg";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

/** How long one process lets the database think. */
export interface PoolLimits {
  readonly max: number;
  readonly statementMs: number;
}

/**
 * A pool whose connections pipeline, name their limits at connecting, and give `int8` as a checked number,
 * `date` as text and `timestamptz` as an instant.
 */
export function createPool(connectionString: string, limits: PoolLimits): Pool {
  const pool = new Pool({
    connectionString,
    pipeline: true,
    max: limits.max,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: limits.statementMs,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    application_name: "opttius",
    types: { getTypeParser },
  });
  // An idle connection that dies must not take the process along; the next query opens another.
  pool.on("error", (error) => log.warn({ err: error }, "an idle database connection was lost"));
  // While it is handed out nobody else listens to a connection. What the server says between two statements, or in one
  // packet with "ready" ("terminating connection"), would end the whole process; the next statement fails of it anyway.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

let application: Pool | undefined;

/** The application's pool: logs in as `app_login`, which may do nothing until `lib/db` gives it a role. */
export function appPool(): Pool {
  application ??= createPool(env.APP_DATABASE_URL, { max: 16, statementMs: 3_000 });
  return application;
}

const getTypeParser: typeof types.getTypeParser = (
  oid: number,
  format?: "text" | "binary",
): ((value: string) => unknown) => {
  if (oid === types.builtins.INT8) return checkedInteger;
  if (oid === types.builtins.DATE) return String;
  return types.getTypeParser(oid, format === "binary" ? format : "text") as (value: string) => unknown;
};

/** Money and counters fit a double up to 2^53; beyond that we would rather fail than round. */
function checkedInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit into a number`);
  return value;
}
