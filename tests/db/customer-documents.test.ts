import { beforeEach, describe, expect, test } from "vitest";
import {
  archiveCustomer,
  createCustomer,
  customerQuery,
  exportCustomers,
  getCustomer,
  listCustomers,
  newCustomer,
  searchCustomers,
  updateCustomer,
} from "@/lib/customers";
import { matching } from "@/lib/customers/matching";
import type { Member } from "@/lib/security/member";
import { committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let lumina: Shop;
let seller: Member;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
  seller = await atWork(vista.seller);
});

const person = (fields: object) => newCustomer.parse({ givenNames: "Li", surnames: "Wei", ...fields });
const passport = (documentNumber: string, fields: object = {}) =>
  person({ documentType: "passport", documentNumber, ...fields });
const create = async (input: ReturnType<typeof person>, member = seller) =>
  (await createCustomer(member, input)).id;

/** Who is found in the list, in its file and by the quick search. */
async function found(search: string): Promise<string[][]> {
  const list = await listCustomers(seller, customerQuery.parse({ search }));
  const file = [];
  const pages = await exportCustomers(await atWork(vista.store_manager), { search, state: "active" });
  for await (const rows of pages) file.push(...rows);
  const quick = await searchCustomers(seller, search, 10);
  return [list.rows, file, quick].map((rows) => rows.map(({ id }) => id));
}

describe("a foreigner is found", () => {
  test.each([
    ["E-123456", "E123456"],
    ["E-123456", "e123456"],
    ["E-123456", "E-123456"],
    ["E-123456", "e 123456"],
    ["E-123456", "123456"],
    ["E-123456", "E\u2011123456"],
    ["E123456", "E-123456"],
    ["E123456", "E.123.456"],
    ["12.345.678", "12345678"],
    ["12.345.678", "12.345.678"],
    ["12345678", "12.345.678"],
    ["12 345/678", "12345678"],
    ["Á-77", "a77"],
  ])("whose document %j was written down, by %j", async (number, search) => {
    await database().owner.query("update public.customers set rut = null where organization_id = $1", [
      vista.id,
    ]);
    const id = await create(passport(number));
    expect(await found(search)).toEqual([[id], [id], [id]]);
  });

  test("by the name and the number together", async () => {
    const id = await create(passport("E-123456"));
    expect(await found("wei E123456")).toEqual([[id], [id], [id]]);
  });
});

describe("a RUT in any spelling is found in the list and its file as by the quick search:", () => {
  test.each([
    "012.345.678-5",
    "0012345678-5",
    "12.345.678\u20115",
    "12.345.678\u20135",
    "12.345.678\u20145",
    "12'345'678-5",
    "12 345 678 - 5",
  ])("%j", async (search) => {
    expect(await found(search)).toEqual([[vista.customer], [vista.customer], [vista.customer]]);
  });

  test("also beside a name", async () => {
    expect(await found("núñez 012.345.678-5")).toEqual([
      [vista.customer],
      [vista.customer],
      [vista.customer],
    ]);
  });
});

describe("a document belongs to one customer of a shop", () => {
  test("however its number is written, with a refusal that leads to the record", async () => {
    const id = await create(passport("E-123456"));
    for (const number of ["E-123456", "e123456", "E 123.456", "É-123456"]) {
      await expect(create(passport(number))).rejects.toMatchObject({
        code: "customer.document_taken",
        status: 409,
        details: { conflictsWith: id },
        issues: [{ pointer: "/documentNumber", key: "customers.refusals.documentTaken" }],
      });
    }
  });

  test("whose archived record holds it too", async () => {
    const id = await create(passport("E-123456"));
    await archiveCustomer(seller, id);
    await expect(create(passport("E123456"))).rejects.toMatchObject({ details: { conflictsWith: id } });
  });

  test("also when it comes with a change", async () => {
    const id = await create(passport("E-123456"));
    const other = await create(passport("F-1"));
    await expect(
      updateCustomer(seller, { ...passport("E123456"), id: other, version: 1 }),
    ).rejects.toMatchObject({ code: "customer.document_taken", details: { conflictsWith: id } });
    await updateCustomer(seller, { ...passport("E123456", { surnames: "Wei Chen" }), id, version: 1 });
    expect(await getCustomer(seller, id)).toMatchObject({ surnames: "Wei Chen", documentNumber: "E123456" });
  });

  test("and another kind of document, or a neighbour's customer, may have the same number", async () => {
    await create(passport("123456"));
    await expect(
      create(person({ documentType: "foreign_id", documentNumber: "123456" })),
    ).resolves.toBeTruthy();
    await expect(create(passport("123456"), await atWork(lumina.seller))).resolves.toBeTruthy();
  });

  test("and a RUT that is taken is said at the RUT, whatever the document", async () => {
    const id = await create(passport("E-123456", { rut: "11111111-1" }));
    await expect(create(passport("F-1", { rut: "11111111-1" }))).rejects.toMatchObject({
      code: "customer.rut_taken",
      details: { conflictsWith: id },
      issues: [{ pointer: "/rut" }],
    });
  });

  test("also of eight who write it down at once", async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => create(passport(n % 2 ? "X-1" : "x1"))),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("a search through many customers", () => {
  test("reads the shop's part of one index, and no row", async () => {
    const { owner } = database();
    await owner.query("update public.usage_counters set max_count = null where organization_id = any($1)", [
      [vista.id, lumina.id],
    ]);
    await owner.query(
      `insert into public.customers (organization_id, given_names, surnames, document_type, document_number, email)
       select o.id, 'Ana', 'Cliente ' || n, 'passport', 'P-' || n, 'cliente' || n || '@correo.cl'
       from unnest($1::uuid[]) o (id), generate_series(1, 4000) n`,
      [[vista.id, lumina.id]],
    );
    await owner.query("vacuum analyze public.customers");
    const plan = await seller.transaction((db) =>
      db
        .selectFrom("customers")
        .select("customers.id")
        .where(matching(vista.id, { search: "P-3999", state: "active" }))
        .orderBy("customers.sort_name")
        .orderBy("customers.id")
        .limit(26)
        .explain("json"),
    );
    const text = JSON.stringify(plan);
    expect(text).toContain('"Node Type":"Index Only Scan"');
    expect(text).toContain('"Index Name":"customers_by_name"');
    expect(text).toMatch(/"Index Cond":"[^"]*organization_id = /);
    expect(text).not.toContain('"Node Type":"Seq Scan"');
  });
});
