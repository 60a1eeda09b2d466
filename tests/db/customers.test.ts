import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import {
  archiveCustomer,
  createCustomer,
  customerQuery,
  exportCustomers,
  findCustomer,
  getCustomer,
  listCustomers,
  listPurchases,
  newCustomer,
  restoreCustomer,
  searchCustomers,
  updateCustomer,
} from "@/lib/customers";
import { committed, database, rollback, type Shop, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let lumina: Shop;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
});

const person = (fields: object = {}) =>
  newCustomer.parse({ givenNames: "Pedro", surnames: "Soto Rojas", ...fields });
const query = (fields: object = {}) => customerQuery.parse(fields);
const surnames = ({ name }: { name: string }) => name.split(", ")[0] ?? "";
const names = (page: { rows: readonly { name: string }[] }) => page.rows.map(surnames);

/** Sets how many customers a shop may have; null for as many as it likes. */
async function limit(shop: Shop, max: number | null): Promise<void> {
  await database().owner.query(
    "update public.usage_counters set max_count = $2 where organization_id = $1 and metric = 'customers'",
    [shop.id, max],
  );
}

/** Writes customers as the migration role: quick, and past no rule that is tested with them. */
async function fill(shop: Shop, count: number): Promise<void> {
  await limit(shop, null);
  await database().owner.query(
    `insert into public.customers (organization_id, given_names, surnames, email)
     select $1, 'Ana', 'Cliente ' || lpad(n::text, 5, '0'), 'cliente' || n || '@correo.cl' from generate_series(1, $2) n`,
    [shop.id, count],
  );
}

describe("customers of two shops", () => {
  test("a shop finds its own and never a neighbour's", async () => {
    const [ours, theirs] = [await atWork(vista.seller), await atWork(lumina.seller)];
    const { id } = await createCustomer(
      ours,
      person({ rut: "11111111-1", phone: "912345678", email: "pedro@correo.cl" }),
    );

    for (const search of ["11.111.111-1", "pedro", "9 1234 5678", "pedro@correo.cl"]) {
      expect(await searchCustomers(theirs, search, 10)).toEqual([]);
      expect((await listCustomers(theirs, query({ search, state: "all" }))).rows).toEqual([]);
    }
    expect(await findCustomer(theirs, id)).toBeNull();
    await expect(archiveCustomer(theirs, id)).rejects.toMatchObject({ code: "customer.not_found" });
    await expect(updateCustomer(theirs, { ...person(), id, version: 1 })).rejects.toMatchObject({
      code: "customer.not_found",
    });
    expect(await findCustomer(ours, id)).toMatchObject({ archivedAt: null, version: 1, givenNames: "Pedro" });
    expect((await listCustomers(theirs, query({ after: id }))).rows).toHaveLength(1);
  });

  test("a RUT is unique in a shop, and two shops may serve the same person", async () => {
    const ours = await atWork(vista.seller);
    const { id } = await createCustomer(ours, person({ rut: "11.111.111-1" }));
    await archiveCustomer(ours, id);

    const again = createCustomer(ours, person({ rut: "11111111-1" }));
    await expect(again).rejects.toMatchObject({
      code: "customer.rut_taken",
      details: { conflictsWith: id },
      issues: [{ pointer: "/rut", key: "rut.taken" }],
    });
    await expect(
      createCustomer(await atWork(lumina.seller), person({ rut: "11111111-1" })),
    ).resolves.toBeTruthy();
  });

  test("many may have no RUT at all", async () => {
    const ours = await atWork(vista.seller);
    await createCustomer(ours, person());
    await expect(createCustomer(ours, person())).resolves.toBeTruthy();
  });
});

describe("a search", () => {
  async function whoAnswers(search: string): Promise<string[]> {
    return (await searchCustomers(await atWork(vista.seller), search, 10)).map(({ name }) => name).sort();
  }

  beforeEach(async () => {
    const ours = await atWork(vista.seller);
    await createCustomer(
      ours,
      person({ givenNames: "Ñusta", surnames: "Ávila Muñoz", rut: "10000013-K", phone: "+56 9 8765 4321" }),
    );
    await createCustomer(
      ours,
      person({ givenNames: "José", surnames: "Pérez 100%", email: "jose_p@correo.cl" }),
    );
    await createCustomer(
      ours,
      person({ givenNames: "Li", surnames: "Wei", documentType: "passport", documentNumber: "E-123456" }),
    );
    await createCustomer(
      ours,
      newCustomer.parse({ kind: "company", surnames: "Comercial Andes SpA", rut: "76086428-5" }),
    );
  });

  const nusta = "Ñusta Ávila Muñoz";
  const jose = "José Pérez 100%";
  const maria = "María José Núñez Ibáñez";

  test.each([
    ["10000013-K", nusta],
    ["10.000.013-k", nusta],
    ["10000013k", nusta],
    ["10.000.013", nusta],
    ["nusta", nusta],
    ["ÑUSTA", nusta],
    ["avila nusta", nusta],
    ["muno", nusta],
    ["987654321", nusta],
    ["9 8765 4321", nusta],
    ["+56987654321", nusta],
    ["56 9 8765", nusta],
    ["12345678-5", maria],
    ["12.345.678-5", maria],
    ["123456785", maria],
    ["jose_p@correo.cl", jose],
    ["JOSE_P@CORREO.CL", jose],
    ["e-123456", "Li Wei"],
    ["andes", "Comercial Andes SpA"],
    ["76.086.428-5", "Comercial Andes SpA"],
  ])("%j finds %s", async (search, name) => {
    expect(await whoAnswers(search)).toEqual([name]);
  });

  test("a piece of a name finds everybody who has it, whoever begins with it first", async () => {
    expect(await whoAnswers("jose")).toEqual([jose, maria].sort());
    const found = await searchCustomers(await atWork(vista.seller), "nunez", 10);
    expect(found[0]).toMatchObject({ name: maria, rut: "12.345.678-5", phone: null });
  });

  test.each(["%", "_", "%%", "\\", "a%a", "pe_ez", "100_", "'; drop table customers; --"])(
    "%j means itself and is no wildcard",
    async (search) => {
      const found = await whoAnswers(search);
      expect(found).toEqual(search === "%" || search === "_" ? [jose] : []);
    },
  );

  test("the archived are left out at the till and found in their own list", async () => {
    const ours = await atWork(vista.seller);
    const [found] = await searchCustomers(ours, "10000013-K", 10);
    await archiveCustomer(ours, found?.id ?? "");
    expect(await whoAnswers("10000013-K")).toEqual([]);
    expect(await whoAnswers("nusta")).toEqual([]);
    expect(names(await listCustomers(ours, query({ search: "nusta", state: "archived" })))).toEqual([
      "Ávila Muñoz",
    ]);
    expect(names(await listCustomers(ours, query({ search: "nusta" })))).toEqual([]);
  });

  test("answers no more than was asked for, and nothing to nothing", async () => {
    const ours = await atWork(vista.seller);
    expect(await searchCustomers(ours, "correo", 1)).toHaveLength(1);
    expect(await searchCustomers(ours, "   ", 10)).toEqual([]);
  });

  test("a role without customers.read finds nobody", async () => {
    expect(await searchCustomers(await atWork(vista.workshop), "jose", 10)).toEqual([]);
  });
});

describe("the list", () => {
  test("goes on where the page before ended, there and back, and counts all", async () => {
    await fill(vista, 70);
    const ours = await atWork(vista.seller);
    const first = await listCustomers(ours, query());
    const second = await listCustomers(ours, query({ after: first.next }));
    const third = await listCustomers(ours, query({ after: second.next }));
    expect([first, second, third].map(({ rows, total }) => [rows.length, total])).toEqual([
      [25, 71],
      [25, 71],
      [21, 71],
    ]);
    expect([first.previous, third.next]).toEqual([null, null]);
    const back = await listCustomers(ours, query({ before: third.previous }));
    expect(names(back)).toEqual(names(second));
    const start = await listCustomers(ours, query({ before: back.previous }));
    expect([names(start), start.previous]).toEqual([names(first), null]);
    const everybody = [first, second, third].flatMap(names);
    expect(new Set(everybody).size).toBe(71);
  });

  test("sorts by first surname without minding accents, and by when they came", async () => {
    const ours = await atWork(vista.seller);
    for (const surnames of ["Zúñiga", "Álvarez", "alarcón", "Ñancupil", "Norambuena"]) {
      await createCustomer(ours, person({ surnames }));
    }
    const inOrder = ["alarcón", "Álvarez", "Ñancupil", "Norambuena", "Núñez Ibáñez", "Zúñiga"];
    expect(names(await listCustomers(ours, query()))).toEqual(inOrder);
    expect(names(await listCustomers(ours, query({ direction: "desc" })))).toEqual(inOrder.toReversed());
    const newest = await listCustomers(ours, query({ column: "created", direction: "desc" }));
    expect(names(newest)[0]).toBe("Norambuena");
  });

  test("pages by when they came even where many came in the same instant", async () => {
    await fill(vista, 45); // one statement: one instant
    const ours = await atWork(vista.seller);
    const first = await listCustomers(ours, query({ column: "created", direction: "desc" }));
    const second = await listCustomers(
      ours,
      query({ column: "created", direction: "desc", after: first.next }),
    );
    expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(46);
  });

  test("begins again where nothing is left behind the row, instead of claiming that there is nobody", async () => {
    const ours = await atWork(vista.seller);
    const page = await listCustomers(ours, query({ after: vista.customer }));
    expect([page.rows.length, page.total, page.previous, page.next]).toEqual([1, 1, null, null]);
  });

  test("begins again behind a row that is not there", async () => {
    const page = await listCustomers(await atWork(vista.seller), query({ after: randomUUID() }));
    expect([page.rows.length, page.previous]).toEqual([1, null]);
  });
});

describe("a change", () => {
  test("is refused when somebody else changed the record since, and loses nothing of theirs", async () => {
    const ours = await atWork(vista.seller);
    const seen = await getCustomer(ours, vista.customer);
    await updateCustomer(ours, { ...person({ surnames: "Primera" }), id: seen.id, version: seen.version });
    const late = updateCustomer(ours, {
      ...person({ surnames: "Segunda" }),
      id: seen.id,
      version: seen.version,
    });
    await expect(late).rejects.toMatchObject({ code: "customer.changed", status: 409 });
    expect(await getCustomer(ours, seen.id)).toMatchObject({
      surnames: "Primera",
      version: seen.version + 1,
    });
  });

  test("of two at once exactly one is kept", async () => {
    const ours = await atWork(vista.seller);
    const { version } = await getCustomer(ours, vista.customer);
    const both = ["Una", "Otra"].map((surnames) =>
      updateCustomer(ours, { ...person({ surnames }), id: vista.customer, version }),
    );
    const outcomes = (await Promise.allSettled(both)).map(({ status }) => status).sort();
    expect(outcomes).toEqual(["fulfilled", "rejected"]);
  });

  test("may not take another record's RUT", async () => {
    const ours = await atWork(vista.seller);
    const { id } = await createCustomer(ours, person({ rut: "11111111-1" }));
    const change = updateCustomer(ours, { ...person({ rut: "12345678-5" }), id, version: 1 });
    await expect(change).rejects.toMatchObject({
      code: "customer.rut_taken",
      details: { conflictsWith: vista.customer },
    });
  });

  test("leaves who, when and which fields in the trail, and no value", () =>
    rollback(async (db) => {
      const shop = (await twoShops(db)).vista;
      await db.as(shop.seller).update("public.customers", { phone: "+56911111111" }, { id: shop.customer });
      const entry = await db.one(
        "select action, actor_name, changes from public.audit_entries where object_id = $1",
        [shop.customer],
      );
      expect(entry).toEqual({
        action: "customers.updated",
        actor_name: shop.seller.name,
        changes: { phone: true },
      });
    }));

  test("in a shop that may only read says so", async () => {
    await database().owner.query(
      "update public.subscriptions set status = 'expired' where organization_id = $1",
      [vista.id],
    );
    const ours = await atWork(vista.seller);
    await expect(createCustomer(ours, person())).rejects.toMatchObject({ code: "organization.read_only" });
    await expect(archiveCustomer(ours, vista.customer)).rejects.toMatchObject({
      code: "organization.read_only",
    });
    expect((await listCustomers(ours, query())).rows).toHaveLength(1);
  });

  test.each(["cashier", "workshop"] as const)("is not for the %s", async (role) => {
    const ours = await atWork(vista[role]);
    await expect(createCustomer(ours, person())).rejects.toMatchObject({ code: "access.forbidden" });
    await expect(archiveCustomer(ours, vista.customer)).rejects.toMatchObject({ code: "customer.not_found" });
  });
});

describe("the limit of customers", () => {
  test("is exact: of eight at once at N-1 one gets in", async () => {
    await fill(vista, 8);
    await limit(vista, 10);
    const ours = await atWork(vista.seller);
    const eight = Array.from({ length: 8 }, () => createCustomer(ours, person()));
    const outcomes = await Promise.allSettled(eight);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") {
        expect(outcome.reason).toMatchObject({
          code: "tier.limit_exceeded",
          details: { metric: "customers", used: 10, max: 10 },
        });
      }
    }
    expect((await listCustomers(ours, query())).total).toBe(10);
  });

  test("does not count the archived, and a restore needs its place", async () => {
    await limit(vista, 1);
    const ours = await atWork(vista.seller);
    await expect(createCustomer(ours, person())).rejects.toMatchObject({ code: "tier.limit_exceeded" });
    await archiveCustomer(ours, vista.customer);
    await archiveCustomer(ours, vista.customer); // twice changes nothing
    const { id } = await createCustomer(ours, person());
    await expect(restoreCustomer(ours, vista.customer)).rejects.toMatchObject({
      code: "tier.limit_exceeded",
    });
    await archiveCustomer(ours, id);
    await restoreCustomer(ours, vista.customer);
    expect(await getCustomer(ours, vista.customer)).toMatchObject({
      archivedAt: null,
      surnames: "Núñez Ibáñez",
    });
  });

  test("counts in the list what the rows say", async () => {
    await fill(vista, 3);
    const ours = await atWork(vista.seller);
    await archiveCustomer(ours, vista.customer);
    expect((await listCustomers(ours, query())).total).toBe(3);
    expect((await listCustomers(ours, query({ state: "archived" }))).total).toBe(1);
    expect((await listCustomers(ours, query({ state: "all" }))).total).toBe(4);
  });
});

describe("purchases", () => {
  test("are those of the customer in the branches that the member may see", async () => {
    await committed(async (db) => {
      const till = db.as(vista.owner);
      for (const branch of [vista.branch, vista.secondBranch]) {
        await till.query("select private.open_cash_session($1, 0)", [branch]);
        const sale = {
          branchId: branch,
          customerId: vista.customer,
          lines: [{ productId: vista.exam, quantity: 1 }],
          tenders: [{ method: "debit", amount: 15_000 }],
        };
        await till.query("select private.record_sale($1, $2)", [`key-${randomUUID()}`, JSON.stringify(sale)]);
      }
    });
    expect(await listPurchases(await atWork(vista.owner), vista.customer)).toMatchObject({
      count: 2,
      total: 30_000,
    });
    const seller = await listPurchases(await atWork(vista.seller), vista.customer);
    expect(seller).toMatchObject({
      count: 1,
      total: 15_000,
      rows: [{ branchName: "Centro", status: "completed" }],
    });
    expect(await listPurchases(await atWork(lumina.owner), vista.customer)).toEqual({
      rows: [],
      count: 0,
      total: 0,
    });
  });
});

describe("an export", () => {
  test("stops at the next page when the right to it is taken away", async () => {
    await fill(vista, 2_500);
    const manager = await atWork(vista.store_manager);
    const pages = await exportCustomers(manager, { search: "", state: "active" });
    expect((await pages.next()).value).toHaveLength(2_000);
    await database().owner.query("update public.admin_users set status = 'removed' where user_id = $1", [
      vista.store_manager.userId,
    ]);
    expect((await pages.next()).value).toBeUndefined();
  });

  test("is not for a seller", async () => {
    const seller = await atWork(vista.seller);
    await expect(exportCustomers(seller, { search: "", state: "all" })).rejects.toMatchObject({
      code: "access.forbidden",
    });
  });
});
