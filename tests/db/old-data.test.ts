import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { expect, inject, onTestFinished, test } from "vitest";
import { migrate } from "@/lib/db/migrate";
import { prepareLikeSupabase } from "@/scripts/services/supabase-roles";
import { aShop } from "@/tests/fixtures";
import { address } from "@/tests/support/cluster";
import { database } from "@/tests/support/database";
import { Session } from "@/tests/support/session";

const MIGRATIONS = join(import.meta.dirname, "../../supabase/migrations");

/** A database as it was before a version, and the way to today. */
async function before(version: string): Promise<{ client: Client; update: () => Promise<string[]> }> {
  const cluster = inject("cluster");
  const name = `old_${Math.random().toString(36).slice(2)}`;
  const directory = mkdtempSync(join(tmpdir(), "opttius-old-"));
  await database().owner.query(`create database ${name}`);
  const superuser = await connect(address(cluster, "postgres", name));
  await prepareLikeSupabase(superuser, { owner: cluster.password, auth: cluster.password });
  await superuser.end();
  const url = address(cluster, "opttius_owner", name);
  const copy = (wanted: (file: string) => boolean) => {
    for (const file of readdirSync(MIGRATIONS).filter(wanted))
      copyFileSync(join(MIGRATIONS, file), join(directory, file));
    return migrate(url, directory);
  };
  await copy((file) => file < version);
  const client = await connect(url);
  onTestFinished(async () => {
    await client.end();
    rmSync(directory, { recursive: true });
    await database().owner.query(`drop database ${name} with (force)`);
  });
  return { client, update: () => copy(() => true) };
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
}

async function aShopOfBefore(client: Client) {
  await client.query("begin");
  const shop = await aShop(new Session(client), "vista");
  await client.query("commit");
  return shop;
}

test("a shop that had one code on two products and one passport on three customers keeps them all, and gets no more", async () => {
  const { client, update } = await before("20260101010650");
  const shop = await aShopOfBefore(client);
  await client.query(
    `insert into public.products (organization_id, sku, barcode, name, category, price)
     values ($1, '7800000000109', null, 'A', 'frame', 1), ($1, 'B-1', '7800000000109', 'B', 'frame', 1), ($1, 'B-2', 'ab-1', 'C', 'frame', 1),
            ($1, 'B-3', 'AB-1', 'D', 'frame', 1)`,
    [shop.id],
  );
  await client.query(
    `insert into public.customers (organization_id, surnames, document_type, document_number, created_at, archived_at)
     values ($1, 'Archivada', 'passport', 'E-123456', '2025-01-01', now()), ($1, 'Primera', 'passport', 'E123456', '2025-02-01', null),
            ($1, 'Segunda', 'passport', 'e 123456', '2025-03-01', null), ($1, 'Otra', 'foreign_id', 'E-123456', '2025-03-01', null)`,
    [shop.id],
  );
  expect(await update()).toContain("20260101010650");

  const customers = () =>
    client.query(
      "select surnames, doubled_document as doubled, version from public.customers where document_number is not null order by surnames",
    );
  expect((await customers()).rows).toEqual([
    { surnames: "Archivada", doubled: "passport e123456", version: 1 },
    { surnames: "Otra", doubled: null, version: 1 },
    { surnames: "Primera", doubled: null, version: 1 },
    { surnames: "Segunda", doubled: "passport e123456", version: 1 },
  ]);
  const found = await client.query(
    "select from public.customers where strpos(search_text, 'e123456') > 0 and organization_id = $1",
    [shop.id],
  );
  expect(found.rowCount).toBe(4);

  // Each goes on: with another telephone, another price.
  await client.query("update public.customers set phone = '+56912345678' where document_number is not null");
  await client.query("update public.products set price = 2");
  const change = (text: string) => client.query(text, [shop.id]);
  const again = "insert into public.customers (organization_id, surnames, document_type, document_number)";
  await expect(change(`${again} values ($1, 'Tercera', 'passport', 'E.123456')`)).rejects.toMatchObject({
    constraint: "customers_document",
  });
  // What was double is so no longer once its number changed, and cannot become so again.
  await change(
    "update public.customers set document_number = 'F-1' where organization_id = $1 and surnames = 'Segunda'",
  );
  await expect(change(`${again} values ($1, 'Tercera', 'passport', 'f1')`)).rejects.toMatchObject({
    constraint: "customers_document",
  });
  await expect(
    change(
      "insert into public.products (organization_id, sku, name, category, price) values ($1, 'AB-1', 'E', 'frame', 1)",
    ),
  ).rejects.toThrow("product.sku_taken");
});

test("a passport of several customers goes on to one of them when its holder's number is corrected, and to no further one", async () => {
  const { client, update } = await before("20260101010660");
  const shop = await aShopOfBefore(client);
  await client.query(
    `insert into public.customers (organization_id, surnames, document_type, document_number, created_at, archived_at)
     select $1, x.surnames, 'passport', x.number, x.created, x.archived
     from (values ('Ana', 'E-1', '2025-01-01'::timestamptz, null::timestamptz), ('Berta', 'e1', '2025-02-01', null),
                  ('Archivada', 'E1', '2025-01-02', now()), ('Clara', 'F-1', '2025-01-01', null), ('Dora', 'f1', '2025-02-01', null),
                  ('Elsa', 'F 1', '2025-03-01', null)) x (surnames, number, created, archived)`,
    [shop.id],
  );
  expect(await update()).toContain("20260101010992");

  const become = (surnames: string, number: string) =>
    client.query(
      "update public.customers set document_number = $3 where organization_id = $1 and surnames = $2",
      [shop.id, surnames, number],
    );
  const further = (number: string) =>
    client.query(
      `insert into public.customers (organization_id, surnames, document_type, document_number)
       values ($1, 'Tercera', 'passport', $2)`,
      [shop.id, number],
    );
  const marked = async () => {
    const { rows } = await client.query<{ surnames: string }>(
      "select surnames from public.customers where doubled_document is not null order by surnames",
    );
    return rows.map(({ surnames }) => surnames);
  };
  const taken = { constraint: "customers_document" };
  expect(await marked()).toEqual(["Archivada", "Berta", "Dora", "Elsa"]);

  await become("Ana", "E-2");
  expect(await marked()).toEqual(["Archivada", "Dora", "Elsa"]);
  await expect(further("E 1")).rejects.toMatchObject(taken);
  await expect(become("Ana", "E-1")).rejects.toMatchObject(taken);
  // Nobody touched her record: no form that is open somewhere is out of date.
  const berta = await client.query("select version from public.customers where surnames = 'Berta'");
  expect(berta.rows).toEqual([{ version: 1 }]);

  // One who stood beside the holder releases nothing, and stands beside nobody any more.
  await become("Dora", "F-2");
  expect(await marked()).toEqual(["Archivada", "Elsa"]);
  await expect(become("Dora", "F-1")).rejects.toMatchObject(taken);
  await become("Clara", "F-3");
  expect(await marked()).toEqual(["Archivada"]);
  await expect(further("f1")).rejects.toMatchObject(taken);
});

test("a passport whose holder's number was corrected before that was seen to has a holder again", async () => {
  const { client, update } = await before("20260101010990");
  const shop = await aShopOfBefore(client);
  await client.query(
    `insert into public.customers (organization_id, surnames, document_type, document_number, doubled_document, created_at, archived_at)
     select $1, x.surnames, 'passport', x.number, x.doubled, x.created, x.archived
     from (values ('Archivada', 'E1', 'passport e1', '2025-01-01'::timestamptz, now()), ('Berta', 'e1', 'passport e1', '2025-02-01', null),
                  ('Clara', 'E 1', 'passport e1', '2025-03-01', null), ('Dora', 'F-1', 'passport e1', '2025-03-01', null),
                  ('Elsa', 'G-1', null, '2025-01-01', null), ('Flor', 'g1', 'passport g1', '2025-02-01', null)
          ) x (surnames, number, doubled, created, archived)`,
    [shop.id],
  );
  await update();
  const { rows } = await client.query(
    "select surnames, version from public.customers where doubled_document is not null order by surnames",
  );
  expect(rows).toEqual([
    { surnames: "Archivada", version: 1 },
    { surnames: "Clara", version: 1 },
    { surnames: "Flor", version: 1 },
  ]);
});

test("invitations that their sender could not send today are withdrawn, and the trail says so; the others stay open", async () => {
  const { client, update } = await before("20260101010982");
  await client.query("begin");
  const shop = await aShop(new Session(client), "vista");
  await client.query("commit");
  await client.query(
    "update public.admin_users set status = 'suspended' where organization_id = $1 and role = 'optometrist'",
    [shop.id],
  );
  const invite = (email: string, by: string, role = "seller", everywhere = false) =>
    client.query(
      "insert into public.invitations (organization_id, email, role, all_branches, branch_ids, invited_by) values ($1, $2, $3, $4, $5, $6)",
      [shop.id, email, role, everywhere, [shop.branch], by],
    );
  await invite("de-la-duena@correo.cl", shop.owner.userId, "owner", true);
  await invite("de-la-administradora@correo.cl", shop.store_manager.userId);
  await invite("de-soporte@correo.cl", "7e57ab1e-0000-4000-8000-000000000000", "owner", true);
  await invite("de-quien-salio@correo.cl", shop.optometrist.userId);
  await invite("de-quien-ya-no-administra@correo.cl", shop.seller.userId);
  await invite("de-quien-no-es-duena@correo.cl", shop.store_manager.userId, "owner");
  expect(await update()).toContain("20260101010982");

  const open = await client.query<{ email: string }>(
    "select email from public.invitations where revoked_at is null order by email",
  );
  expect(open.rows.map(({ email }) => email)).toEqual([
    "de-la-administradora@correo.cl",
    "de-la-duena@correo.cl",
    "de-soporte@correo.cl",
  ]);
  const trail = await client.query(
    "select via, changes ->> 'email' as email from public.audit_entries where action = 'member.invitation_revoked' order by email",
  );
  expect(trail.rows).toEqual(
    ["de-quien-no-es-duena", "de-quien-salio", "de-quien-ya-no-administra"].map((name) => ({
      via: "system",
      email: `${name}@correo.cl`,
    })),
  );
});

test("a view that was shared where its maker works no longer is theirs alone, and its name is known to them again", async () => {
  const { client, update } = await before("20260101010983");
  await client.query("begin");
  const shop = await aShop(new Session(client), "vista");
  await client.query("commit");
  await client.query(
    `insert into public.saved_views (organization_id, member_id, list, name, query, branch_id)
     values ($1, $2, 'orders', 'Centro', '', $3), ($1, $2, 'orders', 'Mall', '', $4), ($1, $5, 'orders', 'Dueña', '', $4)`,
    [shop.id, shop.seller.memberId, shop.branch, shop.secondBranch, shop.owner.memberId],
  );
  await update();
  const { rows } = await client.query(
    "select name, branch_id as branch from public.saved_views order by name",
  );
  expect(rows).toEqual([
    { name: "Centro", branch: shop.branch },
    { name: "Dueña", branch: shop.secondBranch },
    { name: "Mall", branch: null },
  ]);
});
