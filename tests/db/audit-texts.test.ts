import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { twoShops } from "@/tests/fixtures";
import { type Rollback, rollback } from "@/tests/support/database";

const first = async (db: Rollback, shop: string) =>
  (await db.one<{ seq: number | null }>("select private.first_broken_audit($1) as seq", [shop])).seq;

/** A shop whose trail ends with an entry about a thing, without a reason; what may not be changed can be, here. */
async function aTrail(db: Rollback): Promise<{ shop: string; thing: string }> {
  const { vista } = await twoShops(db);
  const thing = randomUUID();
  await db.query("select private.append_audit($1, 'system', 'x', 'thing.done', 'a|b', $2, null, '{}')", [
    vista.id,
    thing,
  ]);
  await db.query("alter table public.audit_entries disable trigger user");
  return { shop: vista.id, thing };
}

/** The last entry, and all before, as they were written when texts skipped what was empty. */
async function madeOld(db: Rollback, shop: string): Promise<void> {
  await db.query("update public.audit_entries set text_version = 1 where organization_id = $1", [shop]);
  await db.query(
    `do $$ declare e public.audit_entries; h bytea := '\\x00'; begin
       for e in select * from public.audit_entries where organization_id = '${shop}' order by seq loop
         e.prev_hash := h;
         h := sha256(h || convert_to(private.audit_text(e), 'UTF8'));
         update public.audit_entries set prev_hash = e.prev_hash, hash = h where organization_id = e.organization_id and id = e.id;
       end loop;
       update private.audit_heads set hash = h where organization_id = '${shop}';
     end $$`,
  );
}

test.each([
  ["moved into the empty reason", "object_id = null, reason = object_id::text"],
  ["moved over a separator", "object_type = 'a', object_id = null, reason = 'b|' || object_id::text"],
  ["called one of the old texts", "text_version = 1"],
  ["called one of texts to come", "text_version = 3"],
])("an entry's value that is %s breaks the trail", (_how, change) =>
  rollback(async (db) => {
    const { shop } = await aTrail(db);
    expect(await first(db, shop)).toBeNull();
    await db.query(
      `update public.audit_entries set ${change} where organization_id = $1 and action = 'thing.done'`,
      [shop],
    );
    expect(await first(db, shop)).not.toBeNull();
  }),
);

test("entries of before go on being verified, new ones follow them, and none passes for the other", () =>
  rollback(async (db) => {
    const { shop } = await aTrail(db);
    await madeOld(db, shop);
    expect(await first(db, shop)).toBeNull();
    await db.query(
      "select private.append_audit($1, 'system', 'x', 'thing.undone', 'things', null, null, '{}')",
      [shop],
    );
    expect(await first(db, shop)).toBeNull();
    const rows = await db.query<{ v: number }>(
      "select text_version as v from public.audit_entries where organization_id = $1 order by seq desc limit 2",
      [shop],
    );
    expect(rows).toEqual([{ v: 2 }, { v: 1 }]);
    await db.query(
      "update public.audit_entries set text_version = 2 where organization_id = $1 and action = 'thing.done'",
      [shop],
    );
    expect(await first(db, shop)).not.toBeNull();
  }));
