// First, for its effect: what is loaded after it finds the framework stood in for.
import "@/tests/fixtures/at-work";

import { randomUUID } from "node:crypto";
import { NextRequest } from "next/server";
import sharp from "sharp";
import { beforeEach, describe, expect, test } from "vitest";
import {
  archiveCustomerAction,
  createCustomerAction,
  updateCustomerAction,
} from "@/app/(store)/customers/actions";
import { createCustomerAction as createAtTheTill } from "@/app/(store)/pos/actions";
import { createBranchAction } from "@/app/(store)/settings/branches/actions";
import { GET as search } from "@/app/api/customers/search/route";
import { GET as exportFile } from "@/app/api/exports/customers/route";
import { GET as logo } from "@/app/api/logo/route";
import { changeLogo } from "@/lib/organizations";
import type { RouteHandler } from "@/lib/security/route";
import { committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { aPng } from "@/tests/fixtures/a-png";
import { atWork, setCookie, signIn, signOut } from "@/tests/fixtures/at-work";

let vista: Shop;
let lumina: Shop;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
  signOut();
});

function get(handler: RouteHandler, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return handler(new NextRequest(`http://127.0.0.1:3000${path}`, { headers }), {
    params: Promise.resolve({}),
  });
}

function form(values: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  return data;
}

const aCustomer = { kind: "person", givenNames: "Pedro", surnames: "Soto" };

describe("GET /api/customers/search", () => {
  test("answers what a till shows, in any spelling of the RUT", async () => {
    await signIn(vista.cashier);
    const response = await get(search, "/api/customers/search?q=12345678-5");
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toEqual([
      { id: vista.customer, name: "María José Núñez Ibáñez", rut: "12.345.678-5", phone: null, email: null },
    ]);
  });

  test("answers nobody to nothing, and takes wildcards for what they are", async () => {
    await signIn(vista.seller);
    for (const path of [
      "/api/customers/search",
      "/api/customers/search?q=",
      "/api/customers/search?q=%25",
      "/api/customers/search?q=_",
    ]) {
      expect(await (await get(search, path)).json()).toEqual([]);
    }
  });

  test("finds no neighbour's customer", async () => {
    const { id } = (
      await database().owner.query<{ id: string }>(
        "insert into public.customers (organization_id, given_names, surnames) values ($1, 'Única', 'Vecina') returning id",
        [lumina.id],
      )
    ).rows[0] ?? { id: "" };
    await signIn(vista.owner);
    expect(await (await get(search, "/api/customers/search?q=vecina")).json()).toEqual([]);
    await signIn(lumina.owner);
    expect(await (await get(search, "/api/customers/search?q=vecina")).json()).toMatchObject([{ id }]);
  });

  test("is not for visitors, nor for who may not see customers", async () => {
    const visitor = await get(search, "/api/customers/search?q=soto");
    expect([visitor.status, visitor.headers.get("content-type")]).toEqual([
      401,
      "application/problem+json; charset=utf-8",
    ]);
    await signIn(vista.workshop);
    const workshop = await get(search, "/api/customers/search?q=soto");
    expect([workshop.status, ((await workshop.json()) as { code: string }).code]).toEqual([
      403,
      "access.forbidden",
    ]);
  });
});

describe("GET /api/exports/customers", () => {
  test("is a file that a spreadsheet opens right and that runs nothing", async () => {
    const evil = {
      given_names: '=HYPERLINK("http://x")',
      surnames: "@SUM(1+1)",
      phone: "+56912345678",
      email: "a@b.cl",
      notes: "dos;\nlíneas",
    };
    await committed((db) =>
      db.insert("public.customers", { organization_id: vista.id, ...evil, archived_at: null }),
    );
    await signIn(vista.owner);
    const response = await get(exportFile, "/api/exports/customers");
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toMatch(
      /^attachment; filename="clientes-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3).toString("hex")).toBe("efbbbf");
    const [heading, ...lines] = bytes.toString("utf8").slice(1).split("\r\n");
    expect(heading).toMatch(/^Apellidos o razón social;Nombres;Tipo;RUT;.*;Creado \(America\/Santiago\)$/);
    const cells = lines.join("\r\n");
    expect(cells).toContain('\'@SUM(1+1);"\'=HYPERLINK(""http://x"")";Persona;;');
    expect(cells).toContain("56 9 1234 5678");
    expect(cells).toContain('"dos;\nlíneas"');
    expect(cells).toContain("Núñez Ibáñez;María José;Persona;12.345.678-5");
    expect(cells).not.toMatch(/(^|;|\n)"?[=+@-]/);
  });

  test("holds all rows of the filter and no others, past one page of the database", async () => {
    await database().owner.query(
      "update public.usage_counters set max_count = null where organization_id = $1",
      [vista.id],
    );
    await database().owner.query(
      "insert into public.customers (organization_id, given_names, surnames) select $1, 'Ana', 'Larga ' || n from generate_series(1, 5100) n",
      [vista.id],
    );
    await signIn(vista.owner);
    const all = (await (await get(exportFile, "/api/exports/customers?q=larga")).text())
      .trimEnd()
      .split("\r\n");
    expect(all).toHaveLength(5_101);
    expect(new Set(all).size).toBe(5_101);
    const { rows } = await database().owner.query<{ changes: { rows: number } }>(
      "select changes from public.audit_entries where organization_id = $1 and action = 'customers.exported'",
      [vista.id],
    );
    expect(rows.map(({ changes }) => changes)).toEqual([{ rows: 5_100 }]);
  });

  test("is in English for who reads English", async () => {
    await signIn(vista.owner);
    setCookie("locale", "en");
    const response = await get(exportFile, "/api/exports/customers");
    expect(await response.text()).toContain("Surnames or registered name;Given names");
  });

  test("is not for sellers or visitors, and leaves no entry when it is refused", async () => {
    expect((await get(exportFile, "/api/exports/customers")).status).toBe(401);
    await signIn(vista.seller);
    const response = await get(exportFile, "/api/exports/customers");
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
      403,
      "access.forbidden",
    ]);
    const { rows } = await database().owner.query(
      "select from public.audit_entries where action = 'customers.exported' and organization_id = $1",
      [vista.id],
    );
    expect(rows).toHaveLength(0);
  });
});

describe("GET /api/logo", () => {
  test("serves the picture as nothing but a picture, kept by its version", async () => {
    await changeLogo(await atWork(vista.owner), { logo: await aPng() });
    await signIn(vista.cashier);
    const plain = await get(logo, "/api/logo");
    const { format, width } = await sharp(await plain.arrayBuffer()).metadata();
    expect({ format, width }).toEqual({ format: "png", width: 8 });
    expect(Object.fromEntries(plain.headers)).toMatchObject({
      "content-type": "image/png",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "private, no-cache",
    });
    const tag = plain.headers.get("etag") ?? "";
    const versioned = await get(logo, `/api/logo?v=${tag.slice(1, 17)}`);
    expect(versioned.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
    expect((await get(logo, "/api/logo?v=0000000000000000")).headers.get("cache-control")).toBe(
      "private, no-cache",
    );
    expect((await get(logo, "/api/logo", { "if-none-match": tag })).status).toBe(304);
  });

  test("is not found by a neighbour, and asked for in vain by a visitor", async () => {
    await changeLogo(await atWork(vista.owner), { logo: await aPng() });
    await signIn(lumina.owner);
    expect((await get(logo, "/api/logo")).status).toBe(404);
    signOut();
    expect((await get(logo, "/api/logo")).status).toBe(401);
  });
});

describe("the forms answer field by field, in Spanish", () => {
  test("a new customer is answered with id and name", async () => {
    await signIn(vista.seller);
    const answer = await createCustomerAction(null, form({ ...aCustomer, rut: "11.111.111-1" }));
    expect(answer).toMatchObject({ ok: true, data: { name: "Pedro Soto" } });
  });

  test.each([
    [{ rut: "111111111", phone: "56912345678" }, "11.111.111-1"],
    [{ phone: "912345678" }, "+56 9 1234 5678"],
    [{}, null],
  ])("made at the till of %j, it is shown as %j, and found as the same", async (known, detail) => {
    await signIn(vista.seller);
    const email = "pedro@correo.test";
    const answer = await createAtTheTill(null, form({ ...aCustomer, ...known, email }));
    expect(answer).toMatchObject({ ok: true, data: { name: "Pedro Soto", detail, email } });
    const [found] = (await (await get(search, "/api/customers/search?q=pedro%20soto")).json()) as [
      { rut: string | null; phone: string | null; email: string | null },
    ];
    expect([found.rut ?? found.phone, found.email]).toEqual([detail, email]);
  });

  test("every wrong field is named with a sentence, and nothing is saved", async () => {
    await signIn(vista.seller);
    const answer = await createCustomerAction(
      null,
      form({ kind: "person", rut: "1-1", phone: "12", email: "a" }),
    );
    expect(answer).toMatchObject({ ok: false, problem: { code: "input.invalid", status: 422 } });
    const errors = answer.ok ? [] : (answer.problem.errors ?? []);
    expect(Object.fromEntries(errors.map(({ pointer, detail }) => [pointer, detail]))).toEqual({
      "/surnames": "Completa este campo.",
      "/givenNames": "Escribe el nombre de la persona.",
      "/rut": "El RUT no es válido: revisa el dígito verificador.",
      "/phone": "Escribe un teléfono válido, por ejemplo +56 9 1234 5678.",
      "/email": "Escribe un correo como nombre@ejemplo.cl.",
    });
  });

  test("a RUT that is taken leads to the record that has it", async () => {
    await signIn(vista.seller);
    expect(await createCustomerAction(null, form({ ...aCustomer, rut: "12345678-5" }))).toMatchObject({
      ok: false,
      problem: {
        code: "customer.rut_taken",
        status: 409,
        conflictsWith: vista.customer,
        errors: [{ pointer: "/rut", detail: "Este RUT ya está registrado." }],
      },
    });
  });

  test("a change of a record that changed meanwhile is a conflict and says what was kept", async () => {
    await signIn(vista.seller);
    const change = form({ ...aCustomer, id: vista.customer, version: "1" });
    expect(await updateCustomerAction(null, change)).toMatchObject({ ok: true });
    expect(await updateCustomerAction(null, change)).toMatchObject({
      ok: false,
      problem: { code: "customer.changed", status: 409, conflictsWith: vista.customer },
    });
  });

  test("a customer too many says how many there are", async () => {
    await database().owner.query(
      "update public.usage_counters set max_count = 1 where organization_id = $1 and metric = 'customers'",
      [vista.id],
    );
    await signIn(vista.seller);
    expect(await createCustomerAction(null, form(aCustomer))).toMatchObject({
      ok: false,
      problem: { code: "tier.limit_exceeded", status: 402, limit: { metric: "customers", used: 1, max: 1 } },
    });
  });

  test("a foreign id is answered like one that never existed", async () => {
    await signIn(vista.seller);
    const answers = await Promise.all(
      [lumina.customer, randomUUID()].map((id) => archiveCustomerAction(null, form({ id }))),
    );
    expect(answers[0]).toMatchObject({ ok: false, problem: { code: "customer.not_found", status: 404 } });
    expect(answers.map((answer) => !answer.ok && { ...answer.problem, instance: "" })).toEqual([
      answers[0] && !answers[0].ok && { ...answers[0].problem, instance: "" },
      answers[0] && !answers[0].ok && { ...answers[0].problem, instance: "" },
    ]);
    expect(await archiveCustomerAction(null, form({ id: "1" }))).toMatchObject({
      ok: false,
      problem: { code: "input.invalid" },
    });
  });

  test("a role that may not is told so, and so is who is not signed in", async () => {
    await signIn(vista.cashier);
    expect(await createCustomerAction(null, form(aCustomer))).toMatchObject({
      problem: { code: "access.forbidden" },
    });
    expect(await createBranchAction(null, form({ name: "X", timeZone: "America/Santiago" }))).toMatchObject({
      problem: { code: "access.forbidden" },
    });
    signOut();
    expect(await createCustomerAction(null, form(aCustomer))).toMatchObject({
      problem: { code: "access.unauthenticated" },
    });
  });
});
