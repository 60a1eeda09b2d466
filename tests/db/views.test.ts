import { beforeEach, describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { changeAccess, removeMember, restoreMember, suspendMember } from "@/lib/members";
import type { Member } from "@/lib/security/member";
import { findView, listViews, removeView, saveView, viewInput } from "@/lib/views";
import { committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { accessForm, adjust, joins, placeAt } from "@/tests/fixtures/access";
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

const viewLists = ["customers", "products", "stock", "stock_documents", "orders", "cash_sessions"] as const;
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
      removable: true,
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

  test("is seen by who may read its list, and by nobody else: it tells of whom somebody searched for", async () => {
    const place = { branchId: vista.branch };
    await saveView(owner, view({ ...place, list: "customers", name: "La señora", query: "q=12345678-5" }));
    await saveView(owner, view({ ...place, list: "stock", name: "Por pedir", query: "" }));
    await saveView(owner, view({ ...place, list: "cash_sessions", name: "Abiertas", query: "" }));
    const namesFor = async (role: "seller" | "optometrist" | "workshop") => {
      const reader = await atWork(vista[role]);
      const lists = await Promise.all(viewLists.map((list) => listViews(reader, list)));
      return lists.flat().map(({ name }) => name);
    };
    expect(await namesFor("seller")).toEqual(["La señora", "Por pedir", "Abiertas"]);
    expect(await namesFor("optometrist")).toEqual(["La señora"]);
    expect(await namesFor("workshop")).toEqual(["Por pedir"]);
  });

  test("cannot be found by its address either, nor made of a list that is not theirs to read", async () => {
    const customers = { list: "customers", name: "La señora", query: "q=12345678-5" };
    const id = await saveView(owner, view({ ...customers, branchId: vista.branch }));
    expect(await findView(seller, "customers", id)).not.toBeNull();
    const workshop = await atWork(vista.workshop);
    expect(await findView(workshop, "customers", id)).toBeNull();
    expect(await codeOf(saveView(workshop, view(customers)))).toBe("access.forbidden");
    await saveView(seller, view(customers));
    await adjust(vista.seller, [], ["customers.read"]);
    expect(await listViews(seller, "customers")).toEqual([]);
  });

  test("follows the single permission of a person, whatever the role", async () => {
    await saveView(owner, view({ list: "cash_sessions", branchId: vista.branch }));
    const workshop = await atWork(vista.workshop);
    for (const permission of ["cash.operate", "cash.review"]) {
      await adjust(vista.workshop, [], []);
      expect(await listViews(workshop, "cash_sessions")).toEqual([]);
      await adjust(vista.workshop, [permission], []);
      expect(await listViews(workshop, "cash_sessions")).toHaveLength(1);
    }
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

describe("a view that a colleague shares", () => {
  test("is removed by who administers people and works there, and by no other colleague", async () => {
    const id = await saveView(seller, view({ branchId: vista.branch }));
    const [cashier, manager] = [await atWork(vista.cashier), await atWork(vista.store_manager)];
    expect(await findView(cashier, "orders", id)).toMatchObject({ mine: false, removable: false });
    expect(await codeOf(removeView(cashier, id))).toBe("view.not_found");
    await placeAt(vista.store_manager, [vista.secondBranch]);
    expect(await codeOf(removeView(manager, id))).toBe("view.not_found");
    await placeAt(vista.store_manager, [vista.branch]);
    expect(await findView(manager, "orders", id)).toMatchObject({ mine: false, removable: true });
    await removeView(manager, id);
    expect(await findView(seller, "orders", id)).toBeNull();
    const stranger = await atWork(lumina.owner);
    expect(await codeOf(removeView(stranger, await saveView(seller, view())))).toBe("view.not_found");
  });

  test("is the owner's to remove too, whatever was taken from them; a private one is its maker's alone", async () => {
    const [shared, own] = [
      await saveView(seller, view({ branchId: vista.branch })),
      await saveView(seller, view({ name: "Mías" })),
    ];
    await adjust(vista.owner, [], ["users.manage"]);
    await removeView(await atWork(vista.owner), shared);
    expect(await codeOf(removeView(owner, own))).toBe("view.not_found");
    expect(await namesOf(seller)).toEqual(["Mías"]);
  });

  test.each([
    ["suspended", suspendMember],
    ["removed", removeMember],
  ])("goes with its maker who is %s, and comes back with them as it was", async (_, putOut) => {
    const id = await saveView(seller, view({ branchId: vista.branch }));
    await putOut(owner, vista.seller.memberId);
    expect(await namesOf(owner)).toEqual([]);
    expect(await findView(await atWork(vista.cashier), "orders", id)).toBeNull();
    await restoreMember(owner, vista.seller.memberId);
    expect(await findView(owner, "orders", id)).toMatchObject({ branchId: vista.branch, mine: false });
    expect(await findView(seller, "orders", id)).toMatchObject({ branchId: vista.branch, mine: true });
  });

  test("becomes its maker's alone when the branch is taken from them, who may use its name again", async () => {
    await placeAt(vista.seller, [vista.branch, vista.secondBranch]);
    const id = await saveView(seller, view({ branchId: vista.branch }));
    const other = await saveView(seller, view({ name: "De la otra", branchId: vista.secondBranch }));
    await changeAccess(owner, await accessForm(vista, vista.seller, { branchIds: [vista.secondBranch] }));
    expect(await findView(await atWork(vista.cashier), "orders", id)).toBeNull();
    const moved = await atWork(vista.seller);
    expect(await findView(moved, "orders", id)).toMatchObject({ branchId: null, mine: true });
    expect(await findView(owner, "orders", other)).toMatchObject({ branchId: vista.secondBranch });
    await removeView(moved, id);
    await saveView(moved, view());
  });

  test("of somebody who comes back by an invitation to another branch is theirs alone", async () => {
    const id = await saveView(seller, view({ branchId: vista.branch }));
    await removeMember(owner, vista.seller.memberId);
    await joins(vista, vista.seller, { branchIds: [vista.secondBranch] });
    expect(await findView(owner, "orders", id)).toBeNull();
    expect(await findView(await atWork(vista.seller), "orders", id)).toMatchObject({ branchId: null });
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
