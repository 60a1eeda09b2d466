// First, for its effect: what is loaded after it finds the framework stood in for.
import "@/tests/fixtures/at-work";

import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test } from "vitest";
import { removeViewAction, saveViewAction } from "@/app/(store)/view-actions";
import { GET as list } from "@/app/api/views/route";
import type { SavedView } from "@/lib/views";
import { committed, type Shop, twoShops } from "@/tests/fixtures";
import { setCookie, signIn, signOut } from "@/tests/fixtures/at-work";

let vista: Shop;
beforeEach(async () => {
  ({ vista } = await committed(twoShops));
  signOut();
});

const ask = (query: string) =>
  list(new NextRequest(`http://127.0.0.1:3000/api/views${query}`), { params: Promise.resolve({}) });

function form(values: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries({ list: "orders", query: "status=voided", ...values }))
    data.set(name, value);
  return data;
}

describe("GET /api/views", () => {
  test("answers the views of one list, by name", async () => {
    await signIn(vista.owner);
    for (const name of ["Por revisar", "Anuladas"]) await saveViewAction(null, form({ name }));
    await saveViewAction(null, form({ name: "Empresas", list: "customers" }));
    const answer = await ask("?list=orders");
    expect(answer.status).toBe(200);
    const { views } = (await answer.json()) as { views: SavedView[] };
    expect(views.map(({ name }) => name)).toEqual(["Anuladas", "Por revisar"]);
  });

  test("answers field by field what it was not asked", async () => {
    await signIn(vista.owner);
    for (const query of ["", "?list=payments"]) {
      const answer = await ask(query);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([
        422,
        "application/problem+json; charset=utf-8",
      ]);
      expect(await answer.json()).toMatchObject({ code: "input.invalid", errors: [{ pointer: "/list" }] });
    }
  });

  test("answers nobody without a session", async () => {
    expect((await ask("?list=orders")).status).toBe(401);
  });
});

describe("the form of a view", () => {
  test("says at the name what is wrong with it, in the reader's language", async () => {
    await signIn(vista.owner);
    await saveViewAction(null, form({ name: "Anuladas" }));
    expect(await saveViewAction(null, form({ name: "Anuladas" }))).toMatchObject({
      ok: false,
      problem: {
        code: "view.name_taken",
        errors: [{ pointer: "/name", detail: "Ya tienes una vista de esta lista con ese nombre." }],
      },
    });
    setCookie("locale", "en");
    expect(await saveViewAction(null, form({ name: "" }))).toMatchObject({
      ok: false,
      problem: { code: "input.invalid", errors: [{ pointer: "/name", detail: "Fill in this field." }] },
    });
    expect(await saveViewAction(null, form({ name: "Anuladas" }))).toMatchObject({
      problem: { errors: [{ detail: "You already have a view of this list with that name." }] },
    });
  });

  test("removes an own view, and says when it is gone already", async () => {
    await signIn(vista.owner);
    const saved = await saveViewAction(null, form({ name: "Anuladas" }));
    if (!saved.ok) throw new Error(saved.problem.detail);
    const id = form({ id: saved.data });
    expect(await removeViewAction(null, id)).toEqual({ ok: true, data: undefined });
    expect(await removeViewAction(null, id)).toMatchObject({
      ok: false,
      problem: { code: "view.not_found", status: 404 },
    });
  });
});
