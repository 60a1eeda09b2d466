import { randomUUID } from "node:crypto";
import type { Writable } from "node:stream";
import { Client } from "pg";
import { afterEach, describe, expect, test, vi } from "vitest";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import { callerWith } from "@/lib/security/session";
import { database } from "@/tests/support/database";

type Wire = Client & { connection: { stream: Writable } };

afterEach(() => vi.restoreAllMocks());

/** Which statements of some work waited for the end of their turn to be sent. */
async function heldDuring(work: () => Promise<unknown>): Promise<[string, boolean][]> {
  const held: [string, boolean][] = [];
  const send = Object.getOwnPropertyDescriptor(Client.prototype, "query")?.value as (
    this: Wire,
    ...given: unknown[]
  ) => never;
  vi.spyOn(Client.prototype, "query").mockImplementation(function (this: Wire, ...given: unknown[]) {
    const [query] = given as [string | { text: string }];
    const text = typeof query === "string" ? query : query.text;
    held.push([text.split("_")[0] ?? text, this.connection.stream.writableCorked > 0]);
    return send.apply(this, given);
  });
  await work();
  return held;
}

async function anIdleConnection(): Promise<void> {
  await asService((db) => sql`select 1`.execute(db));
  await owner().transaction((db) => sql`select 1`.execute(db));
}

/** The owner of a shop that nobody knows: a caller with claims, and no rows. */
const owner = () => callerWith({ sub: randomUUID(), session_id: randomUUID() }, null);

describe("a transaction", () => {
  test("sends its opening and its first statement in one write, and the rest when it comes", async () => {
    await anIdleConnection();
    const held = await heldDuring(() =>
      asService(async (db) => {
        await sql`select 1`.execute(db);
        await sql`select 2`.execute(db);
      }),
    );
    expect(held).toEqual([
      ["begin", true],
      ["select 1", true],
      ["select 2", false],
      ["commit", false],
    ]);
  });

  test("that asks all it has at once sends its end along, and still gives every answer", async () => {
    await anIdleConnection();
    let answers: unknown;
    const held = await heldDuring(async () => {
      answers = await owner().atOnce((db) =>
        Promise.all([
          sql`select 1 as n`.execute(db).then(({ rows }) => rows),
          sql`select current_user::text as n`.execute(db).then(({ rows }) => rows),
        ]),
      );
    });
    expect(answers).toEqual([[{ n: 1 }], [{ n: "authenticated" }]]);
    expect(held).toEqual([
      ["begin", true],
      ["select set", true],
      ["select 1 as n", true],
      ["select current", true],
      ["commit", true],
    ]);
  });

  test("that asks at once and is refused changes nothing, names the refusal, and leaves the connection whole", async () => {
    const refused = owner().atOnce(async (db) => {
      await Promise.all([
        sql`select private.record_security_event('test.refused', 'info', null, null, '{}')`.execute(db),
        sql`select private.fail('not_found')`.execute(db),
      ]);
    });
    await expect(refused).rejects.toMatchObject({ code: "not_found" });
    const { rows } = await database().owner.query(
      "select from private.security_events where kind = 'test.refused'",
    );
    expect(rows).toEqual([]);
    for (let n = 0; n < 20; n++)
      expect(await owner().atOnce((db) => sql`select 1 as n`.execute(db))).toMatchObject({
        rows: [{ n: 1 }],
      });
  });

  test("that asks at once and goes on afterwards is refused there: outside of it the login may do nothing", async () => {
    const late = owner().atOnce(async (db) => {
      await sql`select 1`.execute(db);
      await sql`select count(*) from public.customers`.execute(db);
    });
    await expect(late).rejects.toMatchObject({ code: "access.forbidden" });
  });

  test("that reads a snapshot sees one moment, however many statements it takes", async () => {
    const seen = await owner().snapshot(async (db) => {
      const at = () =>
        sql<{ at: number }>`select count(*)::int as at from public.subscription_tiers`
          .execute(db)
          .then(({ rows }) => rows[0]?.at);
      const before = await at();
      await database().owner.query(
        "insert into public.subscription_tiers select (jsonb_populate_record(t, '{\"version\": 99}')).* from public.subscription_tiers t where code = 'pro' and version = 1",
      );
      return [before, await at()];
    });
    expect(seen[0]).toBeGreaterThan(0);
    expect(seen[1]).toBe(seen[0]);
  });

  test("that reads a snapshot writes nothing", async () => {
    const writing = owner().snapshot((db) =>
      sql`select private.record_security_event('test.snapshot', 'info', null, null, '{}')`.execute(db),
    );
    await expect(writing).rejects.toThrow();
    const { rows } = await database().owner.query(
      "select from private.security_events where kind = 'test.snapshot'",
    );
    expect(rows).toEqual([]);
  });
});
