import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { withClaims } from "@/lib/db";
import { aShop, committed, database, type Shop } from "../../fixtures";

let shop: Shop;
const CLIENTS = 8;

/** Committed rows: a limit under concurrency cannot be seen inside one transaction. */
beforeAll(async () => {
  shop = await committed(async (db) => {
    const made = await aShop(db, "tope");
    await db.update(
      "public.usage_counters",
      { max_count: 500 },
      { organization_id: made.id, metric: "customers" },
    );
    await db.query(
      "insert into public.customers (organization_id, surnames) select $1, 'Pérez ' || n from generate_series(1, 489) n",
      [made.id],
    );
    return made;
  });
});

const asOwner = <T>(work: Parameters<typeof withClaims<T>>[2]) =>
  withClaims(
    { sub: shop.owner.userId, session_id: randomUUID(), iat: Math.floor(Date.now() / 1000) },
    shop.id,
    work,
  );

test("eight people adding customers at 490 of 500 get exactly ten in, and the rest a clear answer", async () => {
  const codes: string[] = [];
  const insert = async (n: number) => {
    try {
      await asOwner((db) =>
        db
          .insertInto("customers")
          .values({ surnames: `Soto ${n}` })
          .execute(),
      );
      codes.push("ok");
    } catch (error) {
      codes.push(error instanceof Error && "code" in error ? String(error.code) : String(error));
    }
  };
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (let n = 0; n < 5; n++) await insert(client * 5 + n);
    }),
  );
  expect(codes.filter((code) => code === "ok")).toHaveLength(10);
  expect(codes.filter((code) => code === "tier.limit_exceeded")).toHaveLength(30);
  const { rows } = await database().owner.query<{ n: number; counted: number }>(
    `select n, (select count(*)::int from public.customers c where c.organization_id = u.organization_id) as counted
     from public.usage_counters u where organization_id = $1 and metric = 'customers'`,
    [shop.id],
  );
  expect(rows[0]).toEqual({ n: 500, counted: 500 });
});

test("archiving makes room for one more, and taking it back is refused when the room is gone", async () => {
  const archive = (at: Date | null) =>
    asOwner((db) =>
      db.updateTable("customers").set({ archived_at: at }).where("id", "=", shop.customer).execute(),
    );
  await archive(new Date());
  await asOwner((db) => db.insertInto("customers").values({ surnames: "La que cabe" }).execute());
  await expect(archive(null)).rejects.toMatchObject({
    code: "tier.limit_exceeded",
    details: { metric: "customers", used: 500, max: 500 },
  });
});

test("a connection that served one shop serves the next without a trace, whatever failed in between", async () => {
  const other = await committed((db) => aShop(db, "vecina"));
  const names = async (owner: Shop) => {
    const claims = { sub: owner.owner.userId, session_id: randomUUID(), iat: Math.floor(Date.now() / 1000) };
    const rows = await withClaims(claims, Math.random() < 0.5 ? owner.id : null, (db) =>
      db.selectFrom("organizations").select("id").execute(),
    );
    return rows.map((row) => row.id);
  };
  const abort = () =>
    asOwner(async (db) => {
      await db.selectFrom("customers").select("id").limit(1).execute();
      throw new Error("la línea se cortó");
    }).catch(() => undefined);
  const rounds = Array.from({ length: 400 }, async (_, n) => {
    if (n % 5 === 0) await abort();
    const owner = n % 2 === 0 ? shop : other;
    expect(await names(owner)).toEqual([owner.id]);
  });
  await Promise.all(rounds);
});
