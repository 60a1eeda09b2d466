import { describe, expect, test } from "vitest";
import type { Shop } from "../../fixtures";
import { furnish, rollback, twoShops } from "../../fixtures";
import type { Rollback } from "../../support/database";
import { breaches } from "./probe";

const furnished = (story: (db: Rollback, vista: Shop, lumina: Shop) => Promise<void>) =>
  rollback(async (db) => {
    const { vista, lumina } = await twoShops(db);
    await furnish(db, vista);
    await furnish(db, lumina);
    await story(db, vista, lumina);
  });

interface Policy {
  policy: string;
  table: string;
  /** As in pg_policy: r, a, w, d, or * for all. */
  verb: string;
}

/** Opening a policy must show for every verb; dropping one where it closes the door that it opened. */
function mutationsOf({ policy, table, verb }: Policy): { table: string; sql: string }[] {
  const clauses =
    { a: "with check (true)", r: "using (true)", d: "using (true)" }[verb] ??
    "using (true) with check (true)";
  const opened = { table, sql: `alter policy ${policy} on public.${table} ${clauses}` };
  return verb === "r" ? [opened, { table, sql: `drop policy ${policy} on public.${table}` }] : [opened];
}

describe("the tenant wall", () => {
  test(
    "shows no row and changes no row of a neighbour: every table, every verb, every role",
    () =>
      furnished(async (db, vista, lumina) => {
        expect(await breaches(db, vista, lumina)).toEqual([]);
      }),
    120_000,
  );

  // The suite proves itself: what it would not notice, it could not guard.
  test(
    "is seen to fall when any one policy is dropped or opened",
    () =>
      furnished(async (db, vista, lumina) => {
        const policies = await db.query<Policy>(
          `select polname as policy, c.relname as table, polcmd as verb
         from pg_policy p join pg_class c on c.oid = p.polrelid
         where c.relnamespace = 'public'::regnamespace and c.relname not in ('platform_admins', 'subscription_tiers') order by 2, 1`,
        );
        const unnoticed: string[] = [];
        for (const mutation of policies.flatMap(mutationsOf)) {
          const seen = await db.undone(async () => {
            await db.query(mutation.sql);
            return breaches(db, vista, lumina, [mutation.table]);
          });
          if (seen.length === 0) unnoticed.push(mutation.sql);
        }
        expect(unnoticed).toEqual([]);
      }),
    300_000,
  );
});
