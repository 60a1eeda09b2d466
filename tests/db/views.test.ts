import { beforeEach, describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import { findView, listViews, removeView, saveView, viewInput } from "@/lib/views";
import { committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";
import type { TestUser } from "@/tests/support/session";

let vista: Shop;
let lumina: Shop;
let owner: Member;
let seller: Member;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
  owner = await atWork(vista.owner);
  seller = await atWork(vista.seller);
});

const view = (fields: object = {}) =>
  viewInput.parse({ list: "orders", name: "Anuladas", query: "status=voided", ...fields });
const namesOf = async (member: Member) => (await listViews(member, "orders")).map(({ name }) => name);
/** The view with which the list of sales opens, as the next page will know it. */
const firstOf = async (person: TestUser) => (await atWork(person)).firstViews["orders"];
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );

describe("a saved view", () => {
  test("keeps what a list was asked for, and not the page on which it stood", async () => {
    const query = "view=all&status=voided&after=7e57ab1e-0000-4000-8000-000000000000&hide=seller&page=2";
    const id = await saveView(seller, view({ query }));
    expect(await findView(seller, "orders", id)).toEqual({
      id,
      name: "Anuladas",
      query: "hide=seller&status=voided",
      branchId: null,
      opensFirst: false,
      mine: true,
    });
  });

  test("belongs to one list, and to nobody else until it is shared", async () => {
    const id = await saveView(owner, view());
    expect(await namesOf(owner)).toEqual(["Anuladas"]);
    expect(await listViews(owner, "customers")).toEqual([]);
    expect(await findView(owner, "customers", id)).toBeNull();
    expect(await namesOf(seller)).toEqual([]);
  });

  test("shared with a branch is seen by whoever works there, and changed by its maker alone", async () => {
    const id = await saveView(owner, view({ branchId: vista.branch }));
    expect(await findView(seller, "orders", id)).toMatchObject({ name: "Anuladas", mine: false });
    expect(await codeOf(saveView(seller, view({ id, name: "Mía" })))).toBe("view.not_found");
    expect(await codeOf(removeView(seller, id))).toBe("view.not_found");
    await saveView(owner, view({ id, branchId: vista.secondBranch }));
    expect(await findView(seller, "orders", id)).toBeNull();
  });

  test("is shared where one works, and with no neighbour's branch", async () => {
    expect(await codeOf(saveView(seller, view({ branchId: vista.secondBranch })))).toBe("branch.not_found");
    expect(await codeOf(saveView(owner, view({ branchId: lumina.branch })))).toBe("branch.not_found");
  });

  test("has a name of its own among the views of a list; another list or person may use it again", async () => {
    await saveView(owner, view());
    const refusal = await saveView(owner, view({ query: "" })).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "view.name_taken", issues: [{ pointer: "/name" }] });
    await saveView(owner, view({ list: "customers" }));
    await saveView(seller, view());
  });

  test("opens first for its maker, and only one of a list does", async () => {
    const first = await saveView(owner, view({ opensFirst: "on", branchId: vista.branch }));
    expect(await firstOf(vista.owner)).toEqual({ id: first, query: "status=voided" });
    expect(await firstOf(vista.seller)).toBeUndefined();
    expect(await findView(seller, "orders", first)).toMatchObject({ opensFirst: false });
    const second = await saveView(owner, view({ name: "De hoy", opensFirst: "on" }));
    expect(await firstOf(vista.owner)).toMatchObject({ id: second });
    await saveView(owner, view({ id: second, name: "De hoy" }));
    expect(await firstOf(vista.owner)).toBeUndefined();
  });

  test("opens nothing any more when its maker no longer works at the branch that it is shared with", async () => {
    await saveView(seller, view({ opensFirst: "on", branchId: vista.branch }));
    expect(await firstOf(vista.seller)).toBeDefined();
    await database().owner.query("update public.member_branches set branch_id = $1 where member_id = $2", [
      vista.secondBranch,
      vista.seller.memberId,
    ]);
    expect(await firstOf(vista.seller)).toBeUndefined();
  });

  test("opens first alone, though two windows say so at once", async () => {
    const names = Array.from({ length: 6 }, (_, number) => `Vista ${number}`);
    await Promise.all(names.map((name) => saveView(owner, view({ name, opensFirst: "on" }))));
    expect((await listViews(owner, "orders")).filter(({ opensFirst }) => opensFirst)).toHaveLength(1);
  });

  test("is one of fifty at most", async () => {
    await database().owner.query(
      `insert into public.saved_views (organization_id, member_id, list, name, query)
       select $1, $2, 'orders', 'Vista ' || n, '' from generate_series(1, 49) n`,
      [vista.id, vista.owner.memberId],
    );
    const last = ["Una", "Otra", "Más"].map((name) => codeOf(saveView(owner, view({ name }))));
    expect((await Promise.all(last)).sort()).toEqual(["done", "view.too_many", "view.too_many"]);
  });

  test("is gone when it is removed, and twice is too often", async () => {
    const id = await saveView(owner, view());
    await removeView(owner, id);
    expect(await namesOf(owner)).toEqual([]);
    expect(await codeOf(removeView(owner, id))).toBe("view.not_found");
  });

  test("is nobody's any more for who was suspended", async () => {
    const id = await saveView(seller, view());
    await database().owner.query("update public.admin_users set status = 'suspended' where id = $1", [
      vista.seller.memberId,
    ]);
    expect(await findView(seller, "orders", id)).toBeNull();
    expect(await codeOf(saveView(seller, view({ name: "Otra" })))).toBe("access.forbidden");
  });
});

describe("what a form sends", () => {
  test.each([
    [{ name: "  " }, ["name"]],
    [{ name: "x".repeat(61) }, ["name"]],
    [{ list: "payments" }, ["list"]],
    [{ query: "x".repeat(1_001) }, ["query"]],
    [{ id: "1", branchId: "Centro" }, ["id", "branchId"]],
  ])("%j is refused at %j", (fields, names) => {
    const parsed = viewInput.safeParse({ list: "orders", name: "Anuladas", query: "", ...fields });
    expect(parsed.error?.issues.map(({ path }) => path[0])).toEqual(names);
  });

  test("empty choices are none", () => {
    expect(view({ id: "", branchId: "", opensFirst: undefined, name: "  Del   mes " })).toMatchObject({
      id: null,
      branchId: null,
      opensFirst: false,
      name: "Del mes",
    });
  });
});
