import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test } from "vitest";
import { exportSessions, listSessions, sessionFilter, sessionQuery } from "@/lib/cash-register";
import { committed, database, type Member, type Shop, twoShops } from "@/tests/fixtures";
import { atWork, cookieHeader, setCookie, signIn } from "@/tests/fixtures/at-work";
import { pdfText } from "../domain/receipts/pdf-text";
import { aSale, type Refusal, send } from "./sales-till";

type Handler = (
  request: NextRequest,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;
const routes = {
  receipt: (await import("@/app/api/orders/[orderId]/receipt/route")).GET,
  pdf: (await import("@/app/api/orders/[orderId]/pdf/route")).GET,
  orders: (await import("@/app/api/exports/orders/route")).GET,
  sessions: (await import("@/app/api/exports/cash-sessions/route")).GET,
} satisfies Record<string, Handler>;

let vista: Shop;
let lumina: Shop;
let orderId: string;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
  await committed((db) =>
    db.as(vista.seller).query("select private.open_cash_session($1, 20000)", [vista.branch]),
  );
  const sale = aSale(vista, {
    customerId: vista.customer,
    lines: [
      { productId: vista.frame, quantity: 1 },
      { productId: vista.cleaner, quantity: 1 },
    ],
    tenders: [
      { method: "debit", amount: 30_000 },
      { method: "cash", amount: 30_000 },
    ],
  });
  orderId = ((await send(vista.seller, sale)).body as { orderId: string }).orderId;
});

async function get(
  handler: Handler,
  person: Member,
  path: string,
  params: Record<string, string> = {},
): Promise<Response> {
  await signIn(person);
  const request = new NextRequest(`http://127.0.0.1:3000${path}`, { headers: { cookie: cookieHeader() } });
  return handler(request, { params: Promise.resolve(params) });
}

const as = (person: Member) => (text: string, values: unknown[]) =>
  committed((db) => db.as(person).query(text, values));

describe("a receipt", () => {
  test("is read in words by whoever sees the sale", async () => {
    const response = await get(routes.receipt, vista.cashier, "/", { orderId });
    expect(await response.json()).toMatchObject({
      number: "00000001",
      shop: { name: "Óptica vista" },
      copy: false,
      voided: null,
      lines: [{ name: "Armazón clásico" }, { name: "Limpiador", total: "$3.990" }],
    });
  });

  test("is in the language of whoever reads it, on the screen and in the file", async () => {
    const read = async (language: string) => {
      await signIn(vista.cashier);
      setCookie("locale", language);
      const params = { params: Promise.resolve({ orderId }) };
      const request = () =>
        new NextRequest("http://127.0.0.1:3000/", { headers: { cookie: cookieHeader() } });
      const words = await (await routes.receipt(request(), params)).text();
      const paper = pdfText(new Uint8Array(await (await routes.pdf(request(), params)).arrayBuffer()));
      return [words, paper];
    };
    for (const text of await read("es")) expect(text).toContain("Comprobante de venta");
    for (const text of await read("en")) {
      expect(text).toContain("Sales slip");
      expect(text).not.toContain("Comprobante");
    }
  });

  test("says COPIA on paper and in the file once it was printed, and ANULADA once it was voided", async () => {
    const text = async () => {
      const response = await get(routes.pdf, vista.seller, "/", { orderId });
      expect(response.headers.get("content-type")).toBe("application/pdf");
      return pdfText(new Uint8Array(await response.arrayBuffer()));
    };
    expect(await text()).toMatch(/María José Núñez Ibáñez/);
    expect(await text()).not.toMatch(/COPIA|ANULADA/);

    await as(vista.seller)("select private.count_print($1)", [orderId]);
    expect(await text()).toContain("COPIA");

    await as(vista.owner)("select private.open_cash_session($1, 50000)", [vista.branch]);
    await as(vista.owner)("select private.void_order($1, 'error de digitación')", [orderId]);
    expect(await text()).toContain("ANULADA");
    const receipt = await get(routes.receipt, vista.seller, "/", { orderId });
    const { voided, payments } = (await receipt.json()) as { voided: unknown; payments: { value: string }[] };
    expect(voided).toMatchObject({ mark: "ANULADA" });
    // What was paid stays on it; that it went back stands in the books.
    expect(payments.map(({ value }) => value)).toEqual(["$30.000", "$30.000", "$6.010"]);
  });

  test.each([
    ["a neighbour's", () => ({ person: lumina.owner, id: orderId })],
    ["nobody's", () => ({ person: vista.owner, id: "00000000-0000-4000-8000-000000000000" })],
    ["no id at all", () => ({ person: vista.owner, id: "1" })],
  ])("that is %s is not found, in either form", async (_, which) => {
    const { person, id } = which();
    for (const handler of [routes.receipt, routes.pdf]) {
      const response = await get(handler, person, "/", { orderId: id });
      expect(response.status).toBe(404);
      expect(((await response.json()) as Refusal).code).toBe("order.not_found");
    }
  });

  test("of a branch where somebody does not work is not found", async () => {
    await database().owner.query("delete from public.member_branches where member_id = $1", [
      vista.cashier.memberId,
    ]);
    expect((await get(routes.receipt, vista.cashier, "/", { orderId })).status).toBe(404);
  });

  test("is not for those who may not read sales", async () => {
    expect((await get(routes.pdf, vista.workshop, "/", { orderId })).status).toBe(403);
  });
});

describe("an export of sales", () => {
  const lines = async (response: Response) => (await response.text()).trimEnd().split("\r\n");

  test("opens right in a spreadsheet: mark, semicolons, plain amounts, local time with its zone", async () => {
    const response = await get(routes.orders, vista.owner, "/api/exports/orders");
    const bytes = new Uint8Array(await response.clone().arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="ventas.csv"');
    const [heading = "", row = "", ...rest] = await lines(response);
    expect(rest).toEqual([]);
    expect(heading).toContain("N° comprobante;Fecha y hora;Zona horaria;Sucursal");
    expect(row).toMatch(
      /^1;\d{4}-\d{2}-\d{2} \d{2}:\d{2};America\/Santiago;Centro;Completada;María José Núñez Ibáñez;/,
    );
    expect(row).toContain(";2;53990;0;45370;0;8620;53990;0;23990;30000;0;0;");
  });

  test("tells when a sale was voided, on the branch's clock, and why", async () => {
    await as(vista.store_manager)("select private.void_order($1, 'cobro doble')", [orderId]);
    await database().owner.query(
      "update public.orders set voided_at = '2026-11-22T02:30:00Z', created_at = '2026-11-21T15:00:00Z' where id = $1",
      [orderId],
    );
    const [heading = "", row = ""] = await lines(
      await get(routes.orders, vista.owner, "/api/exports/orders"),
    );
    expect(heading).toMatch(/;Fecha de anulación;Motivo de anulación$/);
    expect(row).toMatch(/;2026-11-21 23:30;cobro doble$/);
  });

  test("runs nothing that a name carries in", async () => {
    await database().owner.query("update public.orders set customer_name = '=cmd|calc' where id = $1", [
      orderId,
    ]);
    const [, row = ""] = await lines(await get(routes.orders, vista.owner, "/api/exports/orders"));
    expect(row).toContain(";'=cmd|calc;");
  });

  test("holds the filtered rows, all of them, and is in the audit trail", async () => {
    await send(
      vista.seller,
      aSale(vista, {
        lines: [{ productId: vista.exam, quantity: 1 }],
        tenders: [{ method: "debit", amount: 15_000 }],
      }),
    );
    const all = await lines(await get(routes.orders, vista.owner, "/api/exports/orders"));
    const some = await lines(
      await get(routes.orders, vista.owner, "/api/exports/orders?search=n%C3%BA%C3%B1ez"),
    );
    expect([all.length, some.length]).toEqual([3, 2]);
    const { rows } = await database().owner.query(
      "select actor_name, changes from public.audit_entries where organization_id = $1 and action = 'orders.exported' order by seq",
      [vista.id],
    );
    expect(rows).toEqual([
      { actor_name: vista.owner.name, changes: { rows: 2 } },
      { actor_name: vista.owner.name, changes: { rows: 1 } },
    ]);
  });

  test("is nobody's without the right, and never holds a neighbour's rows", async () => {
    expect((await get(routes.orders, vista.seller, "/api/exports/orders")).status).toBe(403);
    expect(await lines(await get(routes.orders, lumina.owner, "/api/exports/orders"))).toHaveLength(1);
    expect(
      await lines(await get(routes.orders, lumina.owner, `/api/exports/orders?branchId=${vista.branch}`)),
    ).toHaveLength(1);
  });
});

test("an export of drawers keeps minus signs as numbers and stands in the audit trail", async () => {
  const { rows } = await database().owner.query<{ id: string }>(
    "select id from public.cash_sessions where organization_id = $1",
    [vista.id],
  );
  const counted = JSON.stringify({ cash: 43_000, debit: 30_000, credit: 0, transfer: 0 });
  await as(vista.seller)("select private.close_cash_session($1, $2, '=1+1')", [rows[0]?.id, counted]);
  const response = await get(routes.sessions, vista.owner, "/api/exports/cash-sessions");
  const [heading = "", row = ""] = (await response.text()).split("\r\n");
  expect(heading).toContain("Efectivo esperado;Efectivo contado");
  expect(row).toContain(";20000;43990;43000;30000;30000;0;0;0;0;-990;'=1+1");
  const audited = await database().owner.query(
    "select from public.audit_entries where action = 'cash_sessions.exported'",
  );
  expect(audited.rowCount).toBe(1);
  expect((await get(routes.sessions, vista.cashier, "/api/exports/cash-sessions")).status).toBe(403);
});

test("an export of drawers holds them all, however many pages they fill, each once", async () => {
  await database().owner.query(
    `insert into public.cash_sessions (organization_id, branch_id, member_id, member_name, status, business_date, opening_float, opened_at)
     select s.organization_id, s.branch_id, m.id, m.full_name, 'open', s.business_date, 1000, s.opened_at
     from public.cash_sessions s join public.admin_users m on m.organization_id = s.organization_id and m.id <> s.member_id
     where s.organization_id = $1`,
    [vista.id],
  );
  const member = await atWork(vista.owner);
  const filter = sessionFilter.parse({});
  const pages: number[] = [];
  const ids = new Set<string>();
  for await (const page of await exportSessions(member, filter, 2)) {
    pages.push(page.length);
    for (const { id } of page) ids.add(id);
  }
  expect(pages.length).toBeGreaterThan(2);
  expect(ids.size).toBe(pages.reduce((sum, length) => sum + length, 0));
  expect(ids.size).toBe((await listSessions(member, sessionQuery.parse({}))).count);
});

test("the drawers of a month leave out those of the days before and after", async () => {
  const member = await atWork(vista.owner);
  const drawers = (asked: object) => listSessions(member, sessionQuery.parse(asked));
  const [newest] = (await drawers({})).rows;
  const day = newest?.businessDate ?? "";
  const all = (await drawers({})).count;
  expect((await drawers({ from: day, to: day })).count).toBe(all);
  expect((await drawers({ to: "2020-01-31" })).count).toBe(0);
  expect((await drawers({ from: "2099-12-01" })).count).toBe(0);
});
