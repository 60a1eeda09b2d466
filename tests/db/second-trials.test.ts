import { expect, test } from "vitest";
import { type Shop, twoShops } from "@/tests/fixtures";
import { type Rollback, rollback } from "@/tests/support/database";

const RUT = "76543210-3";

/** A shop that signed up by itself so many days ago, on trial or on what came after. */
async function signedUp(
  db: Rollback,
  { id, owner }: Shop,
  daysAgo: number,
  status = "trialing",
): Promise<void> {
  await db.query(
    "insert into private.trial_claims (identity, user_id, organization_id, claimed_at) values ($1::uuid::text, $2, $1::uuid, now() - make_interval(days => $3))",
    [id, owner.userId, daysAgo],
  );
  await db.query(
    "update public.subscriptions set status = $2, trial_ends_at = now() + interval '5 days' where organization_id = $1",
    [id, status],
  );
}

/** The owner types the shop's RUT. */
const types = (db: Rollback, { id, owner }: Shop, rut: string | null) =>
  db.as(owner).query("update public.organizations set rut = $2 where id = $1", [id, rut]);

const told = async (db: Rollback) =>
  (
    await db.query<{ payload: Record<string, string> }>(
      "select payload from private.outbox where name = 'alert.raise' and payload ->> 'rule' = 'trial.same_rut'",
    )
  ).map(({ payload }) => payload);
const stateOf = async (db: Rollback, { id }: Shop) =>
  (
    await db.one<{ status: string }>("select status from public.subscriptions where organization_id = $1", [
      id,
    ])
  ).status;

test("a second trial under the RUT of a shop that had one is told to staff once, and goes on", () =>
  rollback(async (db) => {
    const { vista, lumina } = await twoShops(db);
    await signedUp(db, vista, 40, "expired");
    await signedUp(db, lumina, 3);
    await db.query("update public.organizations set rut = $2 where id = $1", [vista.id, RUT]);
    await types(db, lumina, RUT);
    expect(await told(db)).toEqual([
      {
        rule: "trial.same_rut",
        severity: "warning",
        organizationId: lumina.id,
        subject: vista.id,
        reason: "a shop on trial has the RUT of a shop that had its trial",
      },
    ]);
    expect(JSON.stringify(await told(db))).not.toContain(RUT.slice(0, 8));
    await types(db, lumina, null);
    await types(db, lumina, RUT);
    expect(await told(db)).toHaveLength(1);
    expect(await stateOf(db, lumina)).toBe("trialing");
  }));

test.each([
  ["pays", async (db: Rollback, { lumina }: { lumina: Shop }) => signedUp(db, lumina, 3, "active")],
  [
    "was opened by staff, with a trial that they gave",
    async (db: Rollback, { lumina }: { lumina: Shop }) => {
      await db.query(
        "update public.subscriptions set status = 'trialing', trial_ends_at = now() + interval '5 days' where organization_id = $1",
        [lumina.id],
      );
    },
  ],
  ["was here first", async (db: Rollback, { lumina }: { lumina: Shop }) => signedUp(db, lumina, 90)],
])("a shop that %s has any RUT that it likes", (_what, made) =>
  rollback(async (db) => {
    const shops = await twoShops(db);
    await signedUp(db, shops.vista, 40, "active");
    await made(db, shops);
    await db.query("update public.organizations set rut = $2 where id = $1", [shops.vista.id, RUT]);
    await types(db, shops.lumina, RUT);
    expect(await told(db)).toEqual([]);
  }),
);
