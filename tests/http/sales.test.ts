import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { aSale, cookieOf, post, type Refusal, send } from "./sales-till";

let vista: Shop;
let lumina: Shop;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
});

const NOBODY = "00000000-0000-4000-8000-000000000000";
const orders = async (shop: Shop) => {
  const { rows } = await database().owner.query("select * from public.orders where organization_id = $1", [
    shop.id,
  ]);
  return rows as Record<string, unknown>[];
};
const level = async (shop: Shop, product: string) => {
  const { rows } = await database().owner.query(
    "select quantity from public.stock_levels where organization_id = $1 and branch_id = $2 and product_id = $3",
    [shop.id, shop.branch, product],
  );
  return (rows[0] as { quantity: number }).quantity;
};

describe("a sale through the till", () => {
  test("answers 201 with the amounts that the server computed", async () => {
    const lines = [
      { productId: vista.frame, quantity: 2, discountPercent: 7.5 },
      { productId: vista.exam, quantity: 1 },
    ];
    const sale = aSale(vista, {
      lines,
      customerId: vista.customer,
      tenders: [{ method: "credit", amount: 107_500 }],
    });
    const { status, body } = await send(vista.seller, sale);
    expect(status).toBe(201);
    expect(body).toEqual({
      orderId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      receiptNumber: 1,
      net: 77_731,
      tax: 14_769,
      exempt: 15_000,
      total: 107_500,
      change: 0,
      cashRounding: 0,
    });
    expect(await orders(vista)).toMatchObject([{ customer_id: vista.customer, total: 107_500, note: null }]);
  });

  test("whose answer was lost gets the same one again, and sells once", async () => {
    const key = randomUUID();
    const first = await send(vista.seller, aSale(vista), { key });
    const again = await send(vista.seller, aSale(vista), { key });
    expect(again).toEqual(first);
    expect(await orders(vista)).toHaveLength(1);
    expect(await level(vista, vista.frame)).toBe(9);
  });

  test("whose answer was lost and which was voided meanwhile says so, and is not sold again under its key", async () => {
    const key = randomUUID();
    const { body } = await send(vista.seller, aSale(vista), { key });
    const { orderId } = body as { orderId: string };
    await committed((db) =>
      db.as(vista.store_manager).query("select private.void_order($1, 'cobro doble')", [orderId]),
    );
    expect(await send(vista.seller, aSale(vista), { key })).toMatchObject({
      status: 409,
      body: {
        code: "sale.already_voided",
        detail: "La venta N° 1 fue anulada antes. Ahora no se registró nada.",
      },
    });
    expect([await orders(vista), await level(vista, vista.frame)]).toMatchObject([
      [{ status: "voided" }],
      10,
    ]);
    expect((await send(vista.seller, aSale(vista))).body).toMatchObject({ receiptNumber: 2 });
  });

  test("clicked sixteen times at once is one sale with one answer", async () => {
    const key = randomUUID();
    const cookie = await cookieOf(vista.seller);
    const answers = await Promise.all(Array.from({ length: 16 }, () => post(cookie, aSale(vista), { key })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await orders(vista)).toHaveLength(1);
    expect(await level(vista, vista.frame)).toBe(9);
  });

  test("of the last unit goes to one of two tills; the other hears which product and how many are left", async () => {
    await database().owner.query("update public.stock_levels set quantity = 1 where product_id = $1", [
      vista.frame,
    ]);
    const [seller, cashier] = [await cookieOf(vista.seller), await cookieOf(vista.cashier)];
    const answers = await Promise.all([post(seller, aSale(vista)), post(cashier, aSale(vista))]);
    const sorted = answers.toSorted((a, b) => a.status - b.status);
    expect(sorted.map(({ status }) => status)).toEqual([201, 409]);
    expect(sorted[1]?.type).toContain("application/problem+json");
    expect(sorted[1]?.body).toMatchObject({
      code: "sale.insufficient_stock",
      detail: "No alcanza el stock de Armazón clásico: no queda ninguna unidad. La venta no se registró.",
      errors: [
        {
          pointer: "/lines/0/quantity",
          code: "sale.insufficient_stock",
          detail: "No queda ninguna unidad de Armazón clásico.",
        },
      ],
    });
    expect(await orders(vista)).toHaveLength(1);
    expect(await level(vista, vista.frame)).toBe(0);
  });

  test("by many tills at once leaves receipt numbers without gap or double", async () => {
    const cookies = [
      await cookieOf(vista.seller),
      await cookieOf(vista.cashier),
      await cookieOf(vista.owner),
    ];
    const sale = aSale(vista, {
      lines: [{ productId: vista.exam, quantity: 1 }],
      tenders: [{ method: "transfer", amount: 15_000 }],
    });
    const answers = await Promise.all(Array.from({ length: 24 }, (_, n) => post(cookies[n % 3] ?? "", sale)));
    const numbers = answers.map(({ body }) => (body as { receiptNumber: number }).receiptNumber);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, n) => n + 1));
  });

  test("whose price changed since the till showed it is refused with the new total", async () => {
    await database().owner.query("update public.products set price = 52000 where id = $1", [vista.frame]);
    const { status, body } = await send(vista.seller, aSale(vista, { expectedTotal: 50_000 }));
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: "sale.price_changed",
      errors: [{ pointer: "/expectedTotal", detail: "El total ahora es $52.000." }],
    });
    expect(await orders(vista)).toHaveLength(0);
  });
});

describe("a sale that is not taken", () => {
  test.each([
    ["is empty", { lines: [] }, ["/lines"]],
    [
      "has too many lines",
      { lines: Array.from({ length: 201 }, () => ({ productId: NOBODY, quantity: 1 })) },
      ["/lines"],
    ],
    ["names no branch", { branchId: undefined }, ["/branchId"]],
    ["has half a unit", { lines: [{ productId: NOBODY, quantity: 1.5 }] }, ["/lines/0/quantity"]],
    ["has no unit", { lines: [{ productId: NOBODY, quantity: 0 }] }, ["/lines/0/quantity"]],
    ["has ten thousand units", { lines: [{ productId: NOBODY, quantity: 10_000 }] }, ["/lines/0/quantity"]],
    [
      "discounts more than everything",
      { lines: [{ productId: NOBODY, quantity: 1, discountPercent: 100.01 }] },
      ["/lines/0/discountPercent"],
    ],
    [
      "discounts in thousandths",
      { lines: [{ productId: NOBODY, quantity: 1, discountPercent: 10.005 }] },
      ["/lines/0/discountPercent"],
    ],
    [
      "brings its own price",
      { lines: [{ productId: NOBODY, quantity: 1, unitPrice: 1 }] },
      ["/lines/0/unitPrice"],
    ],
    ["brings its own total", { total: 1 }, ["/total"]],
    ["is not paid", { tenders: [] }, ["/tenders"]],
    [
      "is paid in nine ways",
      { tenders: Array.from({ length: 9 }, () => ({ method: "cash", amount: 1 })) },
      ["/tenders"],
    ],
    ["is paid by cheque", { tenders: [{ method: "cheque", amount: 1 }] }, ["/tenders/0/method"]],
    ["is paid with less than nothing", { tenders: [{ method: "cash", amount: -1 }] }, ["/tenders/0/amount"]],
    ["is paid in fractions", { tenders: [{ method: "cash", amount: 0.5 }] }, ["/tenders/0/amount"]],
    ["has a note without end", { note: "n".repeat(501) }, ["/note"]],
    [
      "says several things wrong at once",
      { branchId: "centro", tenders: [{ method: "cash" }], lines: [{ quantity: 1 }] },
      ["/branchId", "/lines/0/productId", "/tenders/0/amount"],
    ],
  ])("because it %s says so at the field", async (_, change, pointers) => {
    const { status, body } = await send(vista.seller, aSale(vista, change));
    expect(status).toBe(422);
    const { errors = [], code } = body as Refusal;
    expect(code).toBe("input.invalid");
    expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual(pointers);
    for (const { detail } of errors) expect(detail).toMatch(/^[A-ZÁÉÍÓÚ¡¿].+\.$/);
    expect(await orders(vista)).toHaveLength(0);
  });

  test.each([
    ["no JSON", "{", {}, 400, "input.malformed"],
    ["a list", "[]", {}, 422, "input.invalid"],
    ["a megabyte and more", `{"note": "${"n".repeat(1_100_000)}"}`, {}, 413, "payload.too_large"],
    ["no key", null, { key: null }, 400, "idempotency.key_required"],
    ["a key of nothing", null, { key: "   " }, 400, "idempotency.key_required"],
    ["a key without end", null, { key: "k".repeat(81) }, 400, "idempotency.key_required"],
    [
      "another site behind it",
      null,
      { headers: { "sec-fetch-site": "cross-site" } },
      403,
      "access.origin_refused",
    ],
  ])("because it comes with %s", async (_, text, sending, status, code) => {
    const answer = await send(vista.seller, text ?? aSale(vista), sending);
    expect(answer).toMatchObject({ status, body: { status, code } });
    expect(answer.type).toContain("application/problem+json");
    expect(await orders(vista)).toHaveLength(0);
  });

  test("says so in the reader's language", async () => {
    const cookie = `${await cookieOf(vista.seller)}; locale=en`;
    const { body } = await post(cookie, aSale(vista, { lines: [] }));
    expect((body as Refusal).errors?.[0]?.detail).toBe("Add at least 1.");
  });

  test("because nobody, or nobody who may sell, is signed in", async () => {
    expect(await send(null, aSale(vista))).toMatchObject({
      status: 401,
      body: { code: "access.unauthenticated" },
    });
    const forged = `session=base64-${Buffer.from(JSON.stringify({ access_token: "a.b.c" })).toString("base64url")}`;
    expect(await post(forged, aSale(vista))).toMatchObject({ status: 401 });
    for (const person of [vista.workshop, vista.optometrist])
      expect(await send(person, aSale(vista))).toMatchObject({
        status: 403,
        body: { code: "access.forbidden" },
      });
    expect(await orders(vista)).toHaveLength(0);
  });

  test("because its key belongs to another sale, or to somebody else's", async () => {
    const key = randomUUID();
    await send(vista.seller, aSale(vista), { key });
    const reused = { status: 409, body: { code: "idempotency.key_reused" } };
    expect(await send(vista.seller, aSale(vista, { note: "otra" }), { key })).toMatchObject(reused);
    expect(await send(vista.cashier, aSale(vista), { key })).toMatchObject(reused);
    expect(await orders(vista)).toHaveLength(1);
  });

  test("because a neighbour has the same key is no reason", async () => {
    const key = randomUUID();
    expect((await send(vista.seller, aSale(vista), { key })).status).toBe(201);
    expect((await send(lumina.seller, aSale(lumina), { key })).status).toBe(201);
  });

  test.each([
    ["branch", (shop: Shop) => ({ branchId: shop.branch })],
    ["product", (shop: Shop) => ({ lines: [{ productId: shop.frame, quantity: 1 }] })],
    ["customer", (shop: Shop) => ({ customerId: shop.customer })],
  ])("because its %s is a neighbour's hears the same as of one that never existed", async (_, naming) => {
    const nobody = { ...lumina, branch: NOBODY, frame: NOBODY, customer: NOBODY };
    const [foreign, missing] = [
      await send(vista.seller, aSale(vista, naming(lumina))),
      await send(vista.seller, aSale(vista, naming(nobody))),
    ];
    expect(foreign.status).toBe(404);
    const anonymous = ({ body }: { body: unknown }) => ({ ...(body as Refusal), instance: "" });
    expect(anonymous(foreign)).toEqual(anonymous(missing));
    expect((foreign.body as Refusal).errors).toHaveLength(1);
    expect([await orders(vista), await orders(lumina)]).toEqual([[], []]);
    expect(await level(lumina, lumina.frame)).toBe(10);
  });

  test("for a product that was archived since names it, at each of its lines", async () => {
    await database().owner.query("update public.products set archived_at = now() where id = $1", [
      vista.cleaner,
    ]);
    const lines = [vista.cleaner, vista.frame, vista.cleaner, NOBODY].map((productId) => ({
      productId,
      quantity: 1,
    }));
    const { status, body } = await send(vista.seller, aSale(vista, { lines }));
    expect(status).toBe(404);
    expect((body as Refusal).errors).toEqual([
      {
        pointer: "/lines/0/productId",
        code: "product.not_found",
        detail: "Limpiador ya no está a la venta.",
      },
      {
        pointer: "/lines/2/productId",
        code: "product.not_found",
        detail: "Limpiador ya no está a la venta.",
      },
      {
        pointer: "/lines/3/productId",
        code: "product.not_found",
        detail: "Este producto ya no está a la venta.",
      },
    ]);
    expect(await orders(vista)).toHaveLength(0);
  });

  test("for want of stock points at every line that asks for too much", async () => {
    const lines = [
      { productId: vista.frame, quantity: 6 },
      { productId: vista.cleaner, quantity: 1 },
      { productId: vista.frame, quantity: 5 },
    ];
    const { body } = await send(
      vista.seller,
      aSale(vista, { lines, tenders: [{ method: "debit", amount: 553_990 }] }),
    );
    expect((body as Refusal).errors?.map(({ pointer }) => pointer)).toEqual([
      "/lines/0/quantity",
      "/lines/2/quantity",
    ]);
  });

  test("for want of money, of a drawer or of somebody's word says which", async () => {
    const answer = async (change: Record<string, unknown>) =>
      (await send(vista.seller, aSale(vista, change))).body;
    expect(await answer({ tenders: [{ method: "debit", amount: 60_000 }] })).toMatchObject({
      code: "sale.payment_mismatch",
      errors: [{ pointer: "/tenders", detail: "Los pagos no calzan: el total es $50.000." }],
    });
    expect(await answer({ tenders: [{ method: "cash", amount: 50_000 }] })).toMatchObject({
      status: 409,
      code: "cash_session.required",
    });
    const lines = [{ productId: vista.frame, quantity: 1, discountPercent: 50 }];
    expect(await answer({ lines, tenders: [{ method: "debit", amount: 25_000 }] })).toMatchObject({
      status: 403,
      code: "sale.discount_not_allowed",
      detail: "Tu descuento máximo es 10 %. Pide autorización para uno mayor.",
    });
    expect(await orders(vista)).toHaveLength(0);
  });
});
