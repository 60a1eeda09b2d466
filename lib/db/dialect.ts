import "server-only";
import { createHash } from "node:crypto";
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from "kysely";
import type { ClientBase } from "pg";
import type { DB } from "./types";

/** Statements up to this length are prepared under a name; longer ones are lists and rarely the same twice. */
const LONGEST_NAMED = 6_000;
const MOST_NAMES = 500;
const names = new Map<string, string>();

/** A name for a statement, the same for the same text, so that Postgres parses and plans it once a connection. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known) return known;
  if (text.length > LONGEST_NAMED || names.size >= MOST_NAMES) return undefined;
  const name = `q${createHash("sha1").update(text).digest("hex").slice(0, 20)}`;
  names.set(text, name);
  return name;
}

/** A Kysely over one connection whose transaction somebody else opens and ends. */
export function kyselyOn(client: ClientBase): Kysely<DB> {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const result = await client.query({
        name: nameOf(query.sql),
        text: query.sql,
        values: [...query.parameters],
      });
      return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) };
    },
    streamQuery() {
      throw new Error("streaming needs a cursor, which a pipelined connection does not have");
    },
  };
  return new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createDriver: () => driver(connection),
    },
  });
}

/** Transactions are opened by `withClaims` alone: a nested one would lose the role in the middle. */
function driver(connection: DatabaseConnection): Driver {
  const refuse = () => Promise.reject(new Error("a transaction is already open"));
  return {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: () => Promise.resolve(),
    destroy: () => Promise.resolve(),
  };
}
