// First, for its effect: what is loaded after it finds the framework stood in for.
import "@/tests/fixtures/at-work";

import { randomUUID } from "node:crypto";
import { NextRequest } from "next/server";
import { beforeAll, describe, expect, test } from "vitest";
import { POST as refund } from "@/app/api/payments/[paymentId]/refunds/route";
import { POST as renew } from "@/app/api/payments/auto-renewals/route";
import { POST as pay } from "@/app/api/payments/intents/route";
import { GET as findAtTheTill } from "@/app/api/pos/products/route";
import { POST as sell } from "@/app/api/pos/sales/route";
import { GET as findGoods } from "@/app/api/search/goods/route";
import { GET as findAnything } from "@/app/api/search/route";
import type { ErrorCode, Problem } from "@/lib/errors";
import { LANGUAGE_COOKIE, type Language, languages } from "@/lib/i18n/locale";
import type { RouteHandler } from "@/lib/security/route";
import { cookieHeader, setCookie, signIn } from "@/tests/fixtures/at-work";
import type { TestUser } from "@/tests/support/session";
import { APP_URL } from "../wall/browser";
import { aWorld, type World } from "../wall/world";
import { changedBetween, footprint } from "./footprint";
import { expectProblem, sentencesOf } from "./form-proof";

let world: World;
beforeAll(async () => {
  world = await aWorld();
});

const EMPTY = "Completa este campo.";
const LISTED = "Elige un elemento de la lista.";
const CHOICE = "Elige una de las opciones.";
const STRANGE = "Este dato no se esperaba aquí.";

/** What a program sends. A text is the body as it goes over the line. */
interface Sent {
  readonly route: RouteHandler;
  readonly by?: (world: World) => TestUser;
  readonly body?: (world: World) => unknown;
  readonly query?: (world: World) => Record<string, string>;
  readonly headers?: Record<string, string>;
}

interface Refused extends Sent {
  readonly code?: ErrorCode;
  /** By the place in the request, its sentence in Spanish. */
  readonly refused: Readonly<Record<string, string>>;
}

async function call(sent: Sent, language: Language): Promise<Response> {
  const { route, by = ({ vista }) => vista.owner, body, query, headers } = sent;
  await signIn(by(world));
  setCookie(LANGUAGE_COOKIE, language);
  const address = `${APP_URL}/api/x?${new URLSearchParams(query?.(world))}`;
  const content = body?.(world);
  const request = new NextRequest(address, {
    method: body ? "POST" : "GET",
    headers: {
      cookie: cookieHeader(),
      "content-type": "application/json",
      "sec-fetch-site": "same-origin",
      "idempotency-key": randomUUID(),
      ...headers,
    },
    ...(body && { body: typeof content === "string" ? content : JSON.stringify(content) }),
  });
  return route(request, { params: Promise.resolve({ paymentId: world.own.payment }) });
}

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const problem = (await response.json()) as Problem;
  expect(response.status).toBe(problem.status);
  return problem;
}

const aSale = ({ own }: World) => ({
  branchId: own.branch,
  customerId: own.customer,
  lines: [{ productId: own.product, quantity: 1 }],
  tenders: [{ method: "debit", amount: 50_000 }],
});
const sale = (change: Record<string, unknown> | ((world: World) => Record<string, unknown>)): Sent => ({
  route: sell,
  by: ({ vista }) => vista.cashier,
  body: (at) => ({ ...aSale(at), ...(change instanceof Function ? change(at) : change) }),
});
const purchase = { gateway: "flow", tier: "pro", interval: "month" };

const refusals: Record<string, Refused> = {
  "a sale of nothing for nothing": {
    ...sale({ lines: [], tenders: [] }),
    refused: { lines: "Agrega al menos 1.", tenders: "Agrega al menos 1." },
  },
  "a sale whose second line is wrong in every way": {
    ...sale(({ own }) => ({
      lines: [
        { productId: own.product, quantity: 1 },
        { productId: "x", quantity: 0, discountPercent: 101, price: 1 },
      ],
    })),
    refused: {
      "lines.1.productId": LISTED,
      "lines.1.quantity": "El mínimo es 1.",
      "lines.1.discountPercent": "El máximo es 100.",
      "lines.1.price": STRANGE,
    },
  },
  "a sale that is paid in shells": {
    ...sale({ tenders: [{ method: "shells", amount: 1.5 }] }),
    refused: { "tenders.0.method": CHOICE, "tenders.0.amount": "Escribe un número." },
  },
  "a sale that is paid with too little": {
    ...sale({ tenders: [{ method: "debit", amount: 1_000 }] }),
    code: "sale.payment_mismatch",
    refused: { tenders: "Los pagos no calzan: el total es $50.000." },
  },
  "a sale of more than there is": {
    ...sale(({ own }) => ({
      lines: [{ productId: own.product, quantity: 900 }],
      tenders: [{ method: "debit", amount: 45_000_000 }],
    })),
    code: "sale.insufficient_stock",
    refused: { "lines.0.quantity": "Quedan 14 unidades de Armazón clásico." },
  },
  "a sale of the neighbour's goods": {
    ...sale(({ foreign }) => ({ lines: [{ productId: foreign.product, quantity: 1 }] })),
    code: "product.not_found",
    refused: { "lines.0.productId": "Este producto ya no está a la venta." },
  },
  "a sale to the neighbour's customer": {
    ...sale(({ foreign }) => ({ customerId: foreign.customer })),
    code: "customer.not_found",
    refused: { customerId: "El cliente ya no existe." },
  },
  "a sale at another price than the till showed": {
    ...sale({ expectedTotal: 1 }),
    code: "sale.price_changed",
    refused: { expectedTotal: "El total ahora es $50.000." },
  },
  "a sale that says nothing": {
    ...sale({}),
    body: () => ({}),
    refused: { branchId: EMPTY, lines: EMPTY, tenders: EMPTY },
  },
  "a sale that is cut off": { ...sale({}), body: () => '{"branchId":', code: "input.malformed", refused: {} },
  "a sale that is a library": {
    ...sale({ note: "n".repeat(1_100_000) }),
    code: "payload.too_large",
    refused: {},
  },
  "a sale without a key": {
    ...sale({}),
    headers: { "idempotency-key": "" },
    code: "idempotency.key_required",
    refused: {},
  },
  "a sale from another site": {
    ...sale({}),
    headers: { "sec-fetch-site": "cross-site" },
    code: "access.origin_refused",
    refused: {},
  },
  "goods asked for at no branch": {
    route: findAtTheTill,
    query: () => ({ branchId: "x", category: "hat", colour: "red" }),
    refused: { branchId: LISTED, category: CHOICE, colour: STRANGE },
  },
  "goods asked for by nothing": {
    route: findGoods,
    query: ({ own }) => ({ branchId: own.branch, q: "  " }),
    refused: { q: EMPTY },
  },
  "a search as long as a letter": {
    route: findAnything,
    query: () => ({ q: "q".repeat(101) }),
    refused: { q: "Usa como máximo 100 caracteres." },
  },
  "a payment for a week of nothing": {
    route: pay,
    body: () => ({ gateway: "", tier: "", interval: "week", price: 1 }),
    refused: { gateway: EMPTY, tier: EMPTY, interval: CHOICE, price: STRANGE },
  },
  "a payment through a gateway that there is not": {
    route: pay,
    body: () => ({ ...purchase, gateway: "shells" }),
    refused: { gateway: CHOICE },
  },
  "a renewal for a week of nothing": {
    route: renew,
    body: () => ({ gateway: "flow", tier: 7, interval: "week" }),
    refused: { tier: "Revisa este dato.", interval: CHOICE },
  },
  "a refund of half a peso without a reason": {
    route: refund,
    by: ({ staff }) => staff,
    body: () => ({ amount: 0.5, reason: " " }),
    refused: { amount: "Escribe un número.", reason: EMPTY },
  },
  "a refund of more than was paid": {
    route: refund,
    by: ({ staff }) => staff,
    body: () => ({ amount: 99_000, reason: "cobro doble" }),
    code: "payment.not_refundable",
    refused: { amount: "Es más de lo que queda por devolver." },
  },
};

describe("what a program sends wrongly", () => {
  test.each(Object.entries(refusals))(
    "%s is answered as a problem, place by place, in both languages, and writes nothing",
    async (_, { code = "input.invalid", refused, ...sent }) => {
      const before = await footprint();
      for (const language of languages) {
        const problem = await problemOf(await call(sent, language));
        expectProblem(problem, code, language);
        expect(Object.keys(sentencesOf(problem)).sort()).toEqual(Object.keys(refused).sort());
        if (language === "es") expect(sentencesOf(problem)).toEqual(refused);
      }
      expect(changedBetween(before, await footprint())).toEqual([]);
    },
  );

  test("the same sale put right is sold, and once however often it is sent", async () => {
    const before = await footprint();
    const sent = { ...sale({}), headers: { "idempotency-key": randomUUID() } };
    const first = await call(sent, "es");
    expect(first.status).toBe(201);
    const written = await footprint();
    expect(changedBetween(before, written)).toEqual(
      expect.arrayContaining(["public.orders", "public.order_payments", "public.stock_levels"]),
    );
    expect(await (await call(sent, "en")).json()).toEqual(await first.json());
    expect(changedBetween(written, await footprint())).toEqual([]);
  });

  test("a key that was used for another sale is no way to change it", async () => {
    const headers = { "idempotency-key": randomUUID() };
    await call({ ...sale({}), headers }, "es");
    const before = await footprint();
    for (const language of languages) {
      const answer = await call({ ...sale({ note: "otra" }), headers }, language);
      expectProblem(await problemOf(answer), "idempotency.key_reused", language);
    }
    expect(changedBetween(before, await footprint())).toEqual([]);
  });

  test("the same questions put right are answered", async () => {
    const branch = ({ own }: World) => ({ branchId: own.branch, q: "armazón" });
    for (const route of [findAtTheTill, findGoods, findAnything]) {
      const query = route === findAnything ? () => ({ q: "armazón" }) : branch;
      const answer = await call({ route, query }, "es");
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain("Armazón clásico");
    }
  });

  test("whoever wishes for no language, or for one that we do not have, reads Spanish", async () => {
    await signIn(world.vista.owner);
    for (const cookie of [cookieHeader(), `${cookieHeader()}; ${LANGUAGE_COOKIE}=fr`]) {
      const request = new NextRequest(`${APP_URL}/api/search/goods`, { headers: { cookie } });
      const problem = await problemOf(await findGoods(request, { params: Promise.resolve({}) }));
      expectProblem(problem, "input.invalid", "es");
    }
  });
});
