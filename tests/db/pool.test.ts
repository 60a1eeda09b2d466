import { createServer, connect as dial, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { sql } from "@/lib/db";
import { createPool } from "@/lib/db/pool";
import { transaction } from "@/lib/db/transaction";
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
