import { Client, Pool, types } from "pg";
import { address, type Cluster } from "./cluster";
import { Session, type TestUser } from "./session";

export type DatabaseUrls = {
  superuser: string;
  /** The migration role: sees and may do everything in `public` and `private`. */
  owner: string;
  /** The web application's login, which may do nothing until it takes a role. */
  app: string;
};

/** The database of the running test file, for tests that need several connections or committed rows. */
export type TestDatabase = {
  name: string;
  urls: DatabaseUrls;
  /** Connections of the migration role. */
  owner: Pool;
  /** Connections of `app_login`, as the web application has. */
  app: Pool;
};

const file = globalThis as typeof globalThis & { opttiusDatabase?: TestDatabase };

/** This test file's own copy of the migrated database. */
export function database(): TestDatabase {
  if (!file.opttiusDatabase)
    throw new Error("This suite has no database: it belongs in tests/db or tests/http.");
  return file.opttiusDatabase;
}

/**
 * Runs a test inside a transaction that is undone at its end. `db` itself acts as the migration role;
 * `db.as(user)` acts as that user, behind row level security.
 */
export async function rollback<T>(test: (db: Rollback) => Promise<T>): Promise<T> {
  const client = await database().owner.connect();
  try {
    await client.query("begin");
    return await test(new Rollback(client));
  } finally {
    await client.query("rollback").catch(() => undefined);
    client.release();
  }
}

/** Like `rollback`, but what it writes stays: for stories with several connections. */
export async function committed<T>(write: (db: Rollback) => Promise<T>): Promise<T> {
  const client = await database().owner.connect();
  try {
    await client.query("begin");
    const result = await write(new Rollback(client));
    await client.query("commit");
    return result;
  } finally {
    await client.query("rollback").catch(() => undefined);
    client.release();
  }
}

/** The transaction of one test: the migration role's session, from which it can act as anybody. */
export class Rollback extends Session {
  /** Acts as a signed-in user, in the organization that the user names, if any. */
  as(user: TestUser): Session {
    return new Session(this.client, { role: "authenticated", user });
  }

  /** Runs a part of the story and undoes what it did. */
  async undone<T>(part: () => Promise<T>): Promise<T> {
    await this.client.query("savepoint undone");
    try {
      return await part();
    } finally {
      await this.client.query("rollback to savepoint undone");
    }
  }

  /** Acts as a visitor without a session. */
  anonymous(): Session {
    return new Session(this.client, { role: "anon" });
  }
}

/** Copies the template for one test file; its connections close with the file. */
export async function createDatabase(cluster: Cluster): Promise<TestDatabase> {
  const name = `test_${process.pid}_${Date.now().toString(36)}_${Math.random().toString(36).slice(2, 8)}`;
  const admin = new Client({ connectionString: address(cluster, "postgres", "postgres") });
  await admin.connect();
  try {
    // Copying files is quicker than writing the template through the log, and needs no durability.
    await admin.query(
      `create database ${name} template ${cluster.template} strategy file_copy owner opttius_owner`,
    );
  } finally {
    await admin.end();
  }
  const urls = {
    superuser: address(cluster, "postgres", name),
    owner: address(cluster, "opttius_owner", name),
    app: address(cluster, "app_login", name),
  };
  file.opttiusDatabase = { name, urls, owner: pool(urls.owner), app: pool(urls.app) };
  return file.opttiusDatabase;
}

function pool(connectionString: string): Pool {
  const made = new Pool({ connectionString, max: 20, allowExitOnIdle: true, types: { getTypeParser } });
  made.on("error", () => undefined); // the server may be stopped while connections idle
  made.on("connect", (client) => client.on("error", () => undefined)); // or while they are handed out
  return made;
}

/** int8 as a checked number and date as text, as in lib/db. */
const getTypeParser: typeof types.getTypeParser = (
  oid: number,
  format?: "text" | "binary",
): ((value: string) => unknown) => {
  if (oid === types.builtins.INT8) return checkedInteger;
  if (oid === types.builtins.DATE) return String;
  return types.getTypeParser(oid, format === "binary" ? format : "text") as (value: string) => unknown;
};

function checkedInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit into a number`);
  return value;
}
