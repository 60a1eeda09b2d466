import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test } from "vitest";
import { committed, database, type Member, type Shop, twoShops } from "@/tests/fixtures";
import { signIn, signOut } from "@/tests/fixtures/at-work";

// Loaded after the fixture that stands in for the framework's cookies.
const products = await import("@/app/(store)/products/actions");
const inventory = await import("@/app/(store)/inventory/actions");
const { GET: exportProducts } = await import("@/app/api/exports/products/route");
const { GET: exportStock } = await import("@/app/api/exports/stock/route");

let vista: Shop;
let lumina: Shop;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
  await signIn(vista.store_manager);
});

function form(values: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  return data;
}

const product = (values: Record<string, string> = {}) =>
  form({ name: "Lenga 4021", category: "frame", price: "59990", tracksStock: "on", sku: "", ...values });

/** The refused fields of an answer with their sentences. */
function refusals(answer: Awaited<ReturnType<typeof products.createProductAction>>): Record<string, string> {
  if (answer.ok) throw new Error("the form was accepted");
  return Object.fromEntries((answer.problem.errors ?? []).map(({ pointer, detail }) => [pointer, detail]));
}

async function countOf(table: "products" | "stock_documents"): Promise<number> {
  const { rows } = await database().owner.query<{ n: number }>(
    `select count(*)::int as n from public.${table} where organization_id = $1`,
    [vista.id],
  );
  return rows[0]?.n ?? -1;
}

describe("the form of a product", () => {
  test("says field by field what is wrong, in the reader's language, and keeps nothing", async () => {
    const before = await countOf("products");
    const answer = await products.createProductAction(
      null,
      product({ name: " ", price: "59,9", barcode: "código", lowStockAt: "-1", category: "hat" }),
    );
    expect(refusals(answer)).toMatchObject({
      "/name": "Completa este campo.",
      "/price": "Escribe un monto en pesos, sin decimales.",
      "/barcode": "Usa de 4 a 48 letras o números, sin espacios.",
      "/lowStockAt": "El mínimo es 0.",
      "/category": "Elige una de las opciones.",
    });
    expect(await countOf("products")).toBe(before);
  });

  test("answers a code that is taken at its field, with the product that holds it", async () => {
    const answer = await products.createProductAction(null, product({ barcode: "7800000000017" }));
    expect(refusals(answer)).toEqual({ "/barcode": "Otro producto ya usa este código de barras." });
    expect(answer).toMatchObject({ problem: { status: 409, conflictsWith: vista.frame } });
  });

  test("tells at the limit of the plan how many there are", async () => {
    await database().owner.query(
      "update public.usage_counters set max_count = n where organization_id = $1 and metric = 'products'",
      [vista.id],
    );
    expect(await products.createProductAction(null, product())).toMatchObject({
      ok: false,
      problem: { status: 402, code: "tier.limit_exceeded", limit: { metric: "products", used: 3, max: 3 } },
    });
  });

  test("is refused to who may not keep the catalogue, and to strangers", async () => {
    for (const person of [vista.seller, vista.cashier, vista.optometrist, vista.workshop]) {
      await signIn(person);
      expect(await products.createProductAction(null, product())).toMatchObject({ problem: { status: 403 } });
      expect(await products.archiveProductAction(null, form({ id: vista.frame }))).toMatchObject({
        problem: { status: 403 },
      });
    }
    signOut();
    expect(await products.createProductAction(null, product())).toMatchObject({ problem: { status: 401 } });
  });

  test("knows no product of a neighbour", async () => {
    for (const act of [products.archiveProductAction, products.restoreProductAction]) {
      expect(await act(null, form({ id: lumina.frame }))).toMatchObject({
        problem: { code: "product.not_found" },
      });
    }
    const changes = product({ id: lumina.frame, version: "1", sku: "ARM-1" });
    expect(await products.updateProductAction(null, changes)).toMatchObject({
      problem: { code: "product.not_found" },
    });
  });

  test("archives and brings back", async () => {
    expect(await products.archiveProductAction(null, form({ id: vista.frame }))).toMatchObject({ ok: true });
    expect(await products.restoreProductAction(null, form({ id: vista.frame }))).toMatchObject({ ok: true });
  });
});

describe("the forms of the inventory", () => {
  const line = (quantity: string) => ({
    "lines.0.productId": vista.frame,
    "lines.0.quantity": quantity,
    "lines.0.unitCost": "12.000",
  });
  const head = (key: string) => ({ key, branchId: vista.branch, note: "" });

  test("act once when the button is pressed twice", async () => {
    const data = form({ ...head("formulario-uno"), ...line("5") });
    const answers = await Promise.all([1, 2].map(() => inventory.receiveStockAction(null, data)));
    expect(answers[0]).toEqual(answers[1]);
    expect(await countOf("stock_documents")).toBe(1);
  });

  test("changed after a lost answer, say that they were saved, and lead to the document", async () => {
    const saved = await inventory.receiveStockAction(
      null,
      form({ ...head("formulario-seis"), ...line("5") }),
    );
    if (!saved.ok) throw new Error("the form was refused");
    const again = await inventory.receiveStockAction(
      null,
      form({ ...head("formulario-seis"), ...line("6") }),
    );
    expect(again).toMatchObject({
      problem: {
        status: 409,
        code: "stock.already_saved",
        detail:
          "Este formulario ya se guardó, antes de que lo cambiaras; lo que ves ahora no se guardó. Abre el documento guardado y registra aparte solo lo que falte.",
        conflictsWith: saved.data.documentId,
      },
    });
    expect(await countOf("stock_documents")).toBe(1);
  });

  test("of a count say what the books hold now, when something was sold meanwhile", async () => {
    const count = {
      ...head("formulario-siete"),
      productId: vista.frame,
      book: "11",
      counted: "8",
      reason: "Conteo",
    };
    expect(await inventory.adjustStockAction(null, form(count))).toMatchObject({
      problem: {
        status: 409,
        code: "stock.changed",
        bookUnits: 10,
        errors: [
          {
            pointer: "/counted",
            detail:
              "El stock cambió mientras contabas: ahora el sistema tiene 10. Revisa el conteo y vuelve a guardar.",
          },
        ],
      },
    });
    expect(await inventory.adjustStockAction(null, form({ ...count, book: "10" }))).toMatchObject({
      ok: true,
    });
  });

  test("say at which line what is wrong", async () => {
    const empty = await inventory.receiveStockAction(null, form(head("formulario-dos")));
    expect(empty).toMatchObject({
      problem: { errors: [{ pointer: "/lines", detail: "Agrega al menos un producto." }] },
    });
    const zero = await inventory.receiveStockAction(null, form({ ...head("formulario-dos"), ...line("0") }));
    expect(zero).toMatchObject({
      problem: { errors: [{ pointer: "/lines/0/quantity", detail: "El mínimo es 1." }] },
    });
    const short = await inventory.transferStockAction(
      null,
      form({ ...head("formulario-tres"), ...line("11"), toBranchId: vista.secondBranch }),
    );
    expect(short).toMatchObject({
      problem: {
        status: 409,
        code: "stock.insufficient",
        errors: [{ pointer: "/lines/0/quantity", detail: "Quedan 10 unidades." }],
      },
    });
    expect(await countOf("stock_documents")).toBe(0);
  });

  test("want a reason for a count", async () => {
    const count = { ...head("formulario-cuatro"), productId: vista.frame, book: "10", counted: "8" };
    expect(await inventory.adjustStockAction(null, form({ ...count, reason: " " }))).toMatchObject({
      problem: { errors: [{ pointer: "/reason", detail: "Escribe el motivo, al menos 3 letras." }] },
    });
    expect(await inventory.adjustStockAction(null, form({ ...count, reason: "Conteo" }))).toMatchObject({
      ok: true,
    });
  });

  test("are refused to who may not", async () => {
    await signIn(vista.seller);
    const data = form({ ...head("formulario-cinco"), ...line("5") });
    expect(await inventory.receiveStockAction(null, data)).toMatchObject({ problem: { status: 403 } });
    expect(await inventory.adjustStockAction(null, data)).toMatchObject({ problem: { status: 403 } });
  });
});

describe("the files of catalogue and stock", () => {
  const call = async (route: typeof exportProducts, person: Member, query = "") => {
    await signIn(person);
    return route(new NextRequest(`http://127.0.0.1:3000/api/exports/x${query}`), {
      params: Promise.resolve({}),
    });
  };
  const linesOf = async (response: Response) => {
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    return bytes.subarray(3).toString("utf8").trim().split("\r\n");
  };

  test("hold all rows of the filter, amounts as plain numbers, formulas made inert", async () => {
    await database().owner.query("update public.products set name = '=1+1' where id = $1", [vista.cleaner]);
    const response = await call(exportProducts, vista.store_manager, "?category=accessory");
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const [heading, ...rows] = await linesOf(response);
    expect(heading).toBe(
      "Código;Código de barras;Nombre;Categoría;Marca;Precio con IVA;Costo neto;Impuesto;Stock Centro;Stock total;Aviso de stock bajo;Estado",
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain(";'=1+1;Accesorio;;3990;;Afecto a IVA;10;10;;Activo");
  });

  test("show units by branch, services left out", async () => {
    const [heading, ...rows] = await linesOf(await call(exportStock, vista.owner));
    expect(heading).toBe(
      "Código;Nombre;Categoría;Marca;Aviso de stock bajo;Stock Centro;Stock Mall;Stock total",
    );
    expect(rows).toEqual(["ARM-1;Armazón clásico;Armazón;;;10;0;10", "LIM-1;Limpiador;Accesorio;;;10;0;10"]);
  });

  test("are refused to who may not take data along", async () => {
    for (const person of [vista.seller, vista.workshop, vista.optometrist]) {
      expect((await call(exportProducts, person)).status).toBe(403);
      expect((await call(exportStock, person)).status).toBe(403);
    }
  });
});
