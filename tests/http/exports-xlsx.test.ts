// First, for its effect: what is loaded after it finds the framework stood in for.
import "@/tests/fixtures/at-work";

import { NextRequest } from "next/server";
import readExcelFile from "read-excel-file/node";
import { beforeEach, describe, expect, test } from "vitest";
import { GET as cashSessions } from "@/app/api/exports/cash-sessions/route";
import { GET as customers } from "@/app/api/exports/customers/route";
import { GET as orders } from "@/app/api/exports/orders/route";
import { GET as products } from "@/app/api/exports/products/route";
import { GET as stock } from "@/app/api/exports/stock/route";
import type { RouteHandler } from "@/lib/security/route";
import { committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { setCookie, signIn, signOut } from "@/tests/fixtures/at-work";

const exports: [string, RouteHandler, string][] = [
  ["customers", customers, "customers.exported"],
  ["products", products, "products.exported"],
  ["stock", stock, "products.exported"],
  ["orders", orders, "orders.exported"],
  ["cash-sessions", cashSessions, "cash_sessions.exported"],
];

let vista: Shop;
let lumina: Shop;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
  signOut();
  await aDayAtVista();
});

/** A name that only Vista has, on a customer, a product, a sale and a drawer. */
const OURS = "SoloVista";

async function aDayAtVista(): Promise<void> {
  await committed(async (db) => {
    await db.query("update public.customers set surnames = $1 where organization_id = $2", [OURS, vista.id]);
    await db.query("update public.products set name = $1 where id = $2", [OURS, vista.frame]);
    await db.query("update public.admin_users set full_name = $1 where id = $2", [
      OURS,
      vista.seller.memberId,
    ]);
    await db.as(vista.seller).query("select private.open_cash_session($1, 20000)", [vista.branch]);
    const sale = {
      branchId: vista.branch,
      customerId: vista.customer,
      lines: [{ productId: vista.frame, quantity: 1 }],
      tenders: [{ method: "cash", amount: 500_000 }],
    };
    await db.as(vista.seller).query("select private.record_sale($1, $2)", ["a-sale-of-vista", sale]);
  });
}

function ask(route: RouteHandler, path: string): Promise<Response> {
  return route(new NextRequest(`http://127.0.0.1:3000/api/exports/${path}`), { params: Promise.resolve({}) });
}

async function cells(response: Response) {
  expect(response.status).toBe(200);
  const [sheet] = await readExcelFile(Buffer.from(await response.arrayBuffer()));
  return (sheet?.data ?? []).map((row) => row.map((cell) => cell ?? ""));
}

/** Our CSV has no quoted semicolons in these fixtures. */
async function lines(response: Response) {
  return (await response.text())
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(";"));
}

describe.each(exports)("the list of %s as an Excel workbook", (name, route, action) => {
  test("holds the rows and columns of the CSV, in its order, and is in the audit trail", async () => {
    await signIn(vista.owner);
    const workbook = await cells(await ask(route, `${name}?format=xlsx`));
    const csv = await lines(await ask(route, name));
    expect(JSON.stringify(workbook)).toContain(OURS);
    expect(workbook.map((row) => row.map(String))).toEqual(
      csv.map((row) => row.map((cell) => cell.replace(/^'|^"(.*)"$/g, "$1"))),
    );
    const { rows } = await database().owner.query(
      "select actor_name from public.audit_entries where organization_id = $1 and action = $2",
      [vista.id, action],
    );
    expect(rows).toEqual([{ actor_name: vista.owner.name }, { actor_name: vista.owner.name }]);
  });

  test("is nobody's without the right, and holds nothing of the neighbour", async () => {
    expect((await ask(route, `${name}?format=xlsx`)).status).toBe(401);
    await signIn(vista.workshop);
    const refused = await ask(route, `${name}?format=xlsx`);
    expect(refused.status).toBe(403);
    expect(refused.headers.get("content-type")).toContain("application/problem+json");
    await signIn(lumina.owner);
    const theirs = JSON.stringify(
      await cells(await ask(route, `${name}?format=xlsx&branchId=${vista.branch}`)),
    );
    expect(theirs).not.toContain(OURS);
  });
});

describe("a list as a file", () => {
  /** A column, or the file's name, as each language has it. */
  const words: Record<string, { es: string; en: string; file: { es: string; en: string } }> = {
    customers: {
      es: "Apellidos o razón social",
      en: "Surnames or registered name",
      file: { es: "clientes", en: "customers" },
    },
    products: { es: "Código", en: "Code", file: { es: "productos", en: "products" } },
    stock: { es: "Código", en: "Code", file: { es: "inventario", en: "inventory" } },
    orders: { es: "N° comprobante", en: "Receipt number", file: { es: "ventas", en: "sales" } },
    "cash-sessions": { es: "Apertura", en: "Opened", file: { es: "cajas", en: "drawers" } },
  };

  test.each(exports)(
    "of %s is in the reader's language, with a name of that language",
    async (name, route) => {
      await signIn(vista.owner);
      for (const language of ["es", "en"] as const) {
        setCookie("locale", language);
        for (const format of ["csv", "xlsx"]) {
          const response = await ask(route, `${name}?format=${format}`);
          expect(response.headers.get("content-disposition")).toContain(words[name]?.file[language]);
          const [heading] = format === "csv" ? await lines(response) : await cells(response);
          expect(heading).toContain(words[name]?.[language]);
        }
      }
    },
  );

  test.each(exports)(
    "of %s is in Spanish for whoever asks for a language that there is not",
    async (name, route) => {
      await signIn(vista.owner);
      setCookie("locale", "fr");
      const [heading] = await lines(await ask(route, name));
      expect(heading).toContain(words[name]?.es);
    },
  );
});
