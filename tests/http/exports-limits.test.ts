// First, for its effect: what is loaded after it finds the framework stood in for.
import "@/tests/fixtures/at-work";

import { NextRequest } from "next/server";
import { beforeAll, expect, test } from "vitest";
import { GET as consolePayments } from "@/app/admin/saas-management/payments/export/route";
import { GET as customers } from "@/app/api/exports/customers/route";
import { GET as products } from "@/app/api/exports/products/route";
import type { Problem } from "@/lib/errors";
import type { RouteHandler } from "@/lib/security/route";
import { committed, type Shop, twoShops } from "@/tests/fixtures";
import { cookieHeader, setCookie, signIn } from "@/tests/fixtures/at-work";
import { aWorld } from "./wall/world";

let vista: Shop;
let lumina: Shop;
beforeAll(async () => {
  ({ vista, lumina } = await committed(twoShops));
});

function ask(route: RouteHandler, query = ""): Promise<Response> {
  const request = new NextRequest(`http://127.0.0.1:3000/api/exports/a-list${query}`, {
    headers: { cookie: cookieHeader() },
  });
  return route(request, { params: Promise.resolve({}) });
}

async function refusal(response: Response) {
  const { status, headers } = response;
  const { code, detail } = (await response.json()) as Problem;
  return { status, wait: headers.get("retry-after"), type: headers.get("content-type"), code, detail };
}

test("a shop has four files made at once; a fifth says in the reader's words when to come back", async () => {
  await signIn(vista.owner);
  const open = await Promise.all([ask(customers), ask(products), ask(customers), ask(products)]);
  expect(open.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const busy = { status: 429, wait: "10", code: "export.busy" };
  expect(await refusal(await ask(customers, "?format=xlsx"))).toMatchObject({
    ...busy,
    type: "application/problem+json; charset=utf-8",
    detail: "Ya se están preparando otros archivos. Espera 10 segundos y vuelve a intentarlo.",
  });
  setCookie("locale", "en");
  expect(await refusal(await ask(products))).toMatchObject({
    ...busy,
    detail: "Other files are being prepared already. Wait 10 seconds and try again.",
  });
  await signIn(vista.store_manager);
  expect(await refusal(await ask(products))).toMatchObject(busy);
  await signIn(lumina.owner);
  expect((await ask(customers)).status).toBe(200);
  for (const response of open) await response.text();
  await signIn(vista.owner);
  expect((await ask(customers, "?format=xlsx")).status).toBe(200);
});

test.each([
  ["a member", () => twoShopsOwner(), customers],
  ["platform staff", async () => (await aWorld()).staff, consolePayments],
] as const)("%s takes 60 files in ten minutes, and no more", async (_who, person, route) => {
  await signIn(await person());
  for (let n = 0; n < 60; n++) {
    const response = await ask(route);
    expect(response.status).toBe(200);
    await response.text();
  }
  expect(await refusal(await ask(route))).toMatchObject({ status: 429, code: "rate.limited" });
});

async function twoShopsOwner() {
  return (await committed(twoShops)).vista.owner;
}
