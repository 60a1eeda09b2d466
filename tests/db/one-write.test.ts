import type { Writable } from "node:stream";
import { Client } from "pg";
import { afterEach, expect, test, vi } from "vitest";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";

type Wire = Client & { connection: { stream: Writable } };

afterEach(() => vi.restoreAllMocks());

test("begin, the claims and the first statement of a transaction leave in one write", async () => {
  await asService((db) => sql`select 1`.execute(db)); // the connection is open and idle
  const held: boolean[] = [];
  const send = Object.getOwnPropertyDescriptor(Client.prototype, "query")?.value as (
    this: Wire,
    ...given: unknown[]
  ) => never;
  vi.spyOn(Client.prototype, "query").mockImplementation(function (this: Wire, ...given: unknown[]) {
    held.push(this.connection.stream.writableCorked > 0);
    return send.apply(this, given);
  });
  await asService(async (db) => {
    await sql`select 1`.execute(db);
    await sql`select 2`.execute(db);
  });
  // begin and the first statement wait for each other; the second and the commit go out at once.
  expect(held).toEqual([true, true, false, false]);
});
