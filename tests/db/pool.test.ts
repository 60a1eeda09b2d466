import { createServer, connect as dial, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { sql } from "@/lib/db";
import { appPool, createPool } from "@/lib/db/pool";
import { servicePool } from "@/lib/db/service";
import { transaction, type Work } from "@/lib/db/transaction";
import { database } from "@/tests/support/database";

/** What Postgres sends to whom it ends (protocol 3.0, ErrorResponse), as `pg_terminate_backend` makes it say. */
const ENDED = errorResponse("FATAL", "57P01", "terminating connection due to administrator command");
/** ReadyForQuery outside of a transaction: the last that a new connection hears before it is used. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

let between: Server | undefined;
const lines = new Set<Socket>();
afterEach(() => {
  for (const line of lines) line.destroy();
  lines.clear();
  between?.close();
});

describe("a connection that the server ends", () => {
  test("in one packet with being ready costs that one piece of work, not the process", async () => {
    const pool = createPool(await through(endingTheFirst()), { max: 1, statementMs: 3_000 });
    try {
      const work = () =>
        transaction(
          pool,
          () => Promise.resolve(),
          (db) => sql<{ n: number }>`select 1 as n`.execute(db),
        );
      await expect(work()).rejects.toMatchObject({ code: "server.unavailable" });
      expect((await work()).rows).toEqual([{ n: 1 }]);
    } finally {
      await pool.end();
    }
  });

  test("while nobody uses it is replaced, and nobody hears of it", async () => {
    const pool = createPool(database().urls.owner, { max: 1, statementMs: 3_000 });
    try {
      const [first] = (await pool.query<{ pid: number }>("select pg_backend_pid() as pid")).rows;
      const lost = new Promise((heard) => pool.once("remove", heard));
      await database().owner.query("select pg_terminate_backend($1)", [first?.pid]);
      await lost;
      const [second] = (await pool.query<{ pid: number }>("select pg_backend_pid() as pid")).rows;
      expect(second?.pid).not.toBe(first?.pid);
    } finally {
      await pool.end();
    }
  });
});

describe("what waits too long", () => {
  const aPool = (limits: { max?: number; statementMs?: number } = {}): Pool => {
    const pool = createPool(database().urls.owner, { max: 2, statementMs: 3_000, ...limits });
    onTestFinished(() => pool.end());
    return pool;
  };
  const nothing = () => Promise.resolve();
  const run = <T>(pool: Pool, work: Work<T>) => transaction(pool, nothing, work);
  const one = sql<{ n: number }>`select 1 as n`;

  /** How a piece of work that has to fail failed, and after how long. */
  async function failure(work: Promise<unknown>) {
    const startedAt = performance.now();
    const error: unknown = await work.then(
      () => "it did not fail",
      (thrown: unknown) => thrown,
    );
    return { error, tookMs: performance.now() - startedAt };
  }

  test.each([
    ["the application's", appPool, { statement_timeout: "3s" }],
    ["the worker's", servicePool, { statement_timeout: "1min" }],
  ])("is ended by limits that every connection of %s pool has", async (_whose, pool, own) => {
    const { rows } = await pool().query<{ name: string; said: string }>(
      "select name, current_setting(name) as said from pg_settings where name like '%\\_timeout'",
    );
    expect(Object.fromEntries(rows.map(({ name, said }) => [name, said]))).toMatchObject({
      lock_timeout: "2s",
      idle_in_transaction_session_timeout: "10s",
      ...own,
    });
  });

  test("in one statement is ended, and the connection serves the next", async () => {
    const pool = aPool({ max: 1, statementMs: 150 });
    const { error, tookMs } = await failure(run(pool, (db) => sql`select pg_sleep(5)`.execute(db)));
    expect(error).toMatchObject({ code: "server.timeout" });
    expect(tookMs).toBeLessThan(2_000);
    expect((await run(pool, (db) => one.execute(db))).rows).toEqual([{ n: 1 }]);
  });

  test("for a row that somebody holds is ended after two seconds", async () => {
    const pool = aPool();
    await database().owner.query("create table if not exists public.held as select 1 as n");
    onTestFinished(async () => void (await database().owner.query("drop table public.held")));
    const want = sql`select from public.held for update`;
    const { error, tookMs } = await run(pool, async (db) => {
      await want.execute(db);
      return failure(run(pool, (other) => want.execute(other)));
    });
    expect(error).toMatchObject({ code: "server.unavailable" });
    expect(tookMs).toBeGreaterThan(1_500);
    expect(tookMs).toBeLessThan(2_900);
  });

  test("for a connection, while all are in use, is ended after two seconds", async () => {
    const pool = aPool({ max: 1 });
    const { error, tookMs } = await run(pool, () => failure(run(pool, (db) => one.execute(db))));
    expect(error).toMatchObject({ code: "server.unavailable" });
    expect(tookMs).toBeGreaterThan(1_500);
    expect(tookMs).toBeLessThan(5_000);
  });

  test("between two statements of a transaction is ended, and the next work gets another connection", async () => {
    const pool = aPool({ max: 1 });
    const dozing = run(pool, async (db) => {
      await sql`set local idle_in_transaction_session_timeout = 50`.execute(db);
      await sleep(300);
      await one.execute(db);
    });
    const { error } = await failure(dozing);
    expect(error).toMatchObject({ code: expect.stringMatching(/^server\.(timeout|unavailable)$/) as string });
    expect((await run(pool, (db) => one.execute(db))).rows).toEqual([{ n: 1 }]);
  });
});

type Meddle = (fromServer: Buffer) => Buffer;

/** Ends the first connection as soon as it is ready, in the same packet; leaves the later ones alone. */
function endingTheFirst(): () => Meddle {
  let connections = 0;
  return () => {
    connections += 1;
    let armed = connections === 1;
    return (chunk) => {
      if (!armed || !chunk.subarray(-READY.length).equals(READY)) return chunk;
      armed = false;
      return Buffer.concat([chunk, ENDED]);
    };
  };
}

/** The address of this file's database, by way of a line that changes what the server says. */
async function through(meddler: () => Meddle): Promise<string> {
  const address = new URL(database().urls.owner);
  const postgres = { host: address.hostname, port: Number(address.port) };
  between = createServer((line) => {
    const meddle = meddler();
    const server = dial(postgres);
    for (const end of [line, server]) {
      lines.add(end);
      end.on("error", () => undefined);
    }
    line.pipe(server);
    server.on("data", (chunk: Buffer) => line.write(meddle(chunk)));
    server.on("close", () => line.end());
  });
  await new Promise<void>((listening) => between?.listen(0, "127.0.0.1", listening));
  const bound = between.address();
  if (bound === null || typeof bound === "string") throw new Error("the line in between has no port");
  address.port = String(bound.port);
  return address.href;
}

function errorResponse(severity: string, code: string, message: string): Buffer {
  const fields = [`S${severity}`, `V${severity}`, `C${code}`, `M${message}`].map((field) =>
    Buffer.concat([Buffer.from(field), Buffer.from([0])]),
  );
  const body = Buffer.concat([...fields, Buffer.from([0])]);
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
