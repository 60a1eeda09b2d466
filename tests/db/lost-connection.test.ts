import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import { database } from "@/tests/support/database";

const backend = sql<{ pid: number }>`select pg_backend_pid() as pid`;

test("a connection that dies between two statements fails its transaction and nothing else", async () => {
  const story = asService(async (db) => {
    const { rows } = await backend.execute(db);
    await database().owner.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    await sleep(200); // the loss is heard while no statement waits for an answer
    await backend.execute(db);
  });
  await expect(story).rejects.toMatchObject({ code: "server.unavailable" });
  expect(await asService((db) => backend.execute(db))).toMatchObject({ rows: [{}] });
});
