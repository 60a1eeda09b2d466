import { beforeEach, describe, expect, test } from "vitest";
import { changeAccess, findColleague, inviteMember, listRoles, rolesOffered } from "@/lib/members";
import { invitation, memberAccess } from "@/lib/members/schema";
import { archiveBranch } from "@/lib/organizations";
import { type Member as Cast, committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { accessForm, adjust, placeAt } from "@/tests/fixtures/access";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
beforeEach(async () => {
  ({ vista } = await committed(twoShops));
});

const forbidden = { code: "access.forbidden" };
const outOfReach = { code: "member.out_of_reach" };
const bothBranches = () => [vista.branch, vista.secondBranch];
const colleague = async (person: Cast) => findColleague(await atWork(vista.owner), person.memberId);

/** What this person sends who has the form of that one open. */
async function changes(editor: Cast, person: Cast, fields: object): Promise<void> {
  const form = await accessForm(vista, person, fields);
  return changeAccess(await atWork(editor), form);
}

/** The same past the form: straight to the database. */
const calls = (editor: Cast, person: Cast, state: object) => {
  const given = {
    role: person.role,
    all: false,
    branches: [vista.branch],
    granted: [],
    revoked: [],
    ...state,
  };
  return committed((db) =>
    db
      .as(editor)
      .query("select private.update_member($1, $2, 'active', $3, $4, $5, $6)", [
        person.memberId,
        given.role,
        given.all,
        given.branches,
        given.granted,
        given.revoked,
      ]),
  );
};

describe("a manager of one branch", () => {
  beforeEach(() => placeAt(vista.store_manager, [vista.branch]));

  test("gives nobody all branches, nor one in which they do not work themselves", async () => {
    for (const fields of [{ allBranches: true }, { branchIds: bothBranches() }]) {
      await expect(changes(vista.store_manager, vista.seller, fields)).rejects.toMatchObject(forbidden);
    }
    for (const state of [{ all: true }, { branches: bothBranches() }, { all: true, branches: [] }]) {
      await expect(calls(vista.store_manager, vista.seller, state)).rejects.toMatchObject({
        message: "access.forbidden",
      });
    }
    expect(await colleague(vista.seller)).toMatchObject({ allBranches: false, branchIds: [vista.branch] });
    await changes(vista.store_manager, vista.seller, { role: "cashier" });
  });

  test("invites nobody into more than that", async () => {
    const manager = await atWork(vista.store_manager);
    const invite = (place: object) =>
      inviteMember(manager, invitation.parse({ email: "nueva@correo.cl", role: "seller", ...place }));
    await expect(invite({ allBranches: "on" })).rejects.toMatchObject(forbidden);
    await expect(invite({ branchIds: bothBranches() })).rejects.toMatchObject(forbidden);
    await expect(invite({ branchIds: [vista.branch] })).resolves.toBeTruthy();
  });

  test("does not move themselves, and goes on with the rest of their form", async () => {
    for (const fields of [
      { allBranches: true },
      { branchIds: bothBranches() },
      { branchIds: [vista.secondBranch] },
    ]) {
      await expect(changes(vista.store_manager, vista.store_manager, fields)).rejects.toMatchObject({
        code: "member.self_change",
      });
    }
    await changes(vista.store_manager, vista.store_manager, { permissions: ["users.read", "users.manage"] });
    expect(await colleague(vista.store_manager)).toMatchObject({
      allBranches: false,
      branchIds: [vista.branch],
    });
  });

  test("leaves what a colleague has elsewhere, and takes only a branch that they could give", async () => {
    await placeAt(vista.seller, bothBranches());
    await changes(vista.store_manager, vista.seller, { role: "cashier" });
    expect((await colleague(vista.seller))?.branchIds.toSorted()).toEqual(bothBranches().toSorted());
    const elsewhere = changes(vista.store_manager, vista.seller, { branchIds: [vista.branch] });
    await expect(elsewhere).rejects.toMatchObject(outOfReach);
    await changes(vista.store_manager, vista.seller, { branchIds: [vista.secondBranch] });
    expect(await colleague(vista.seller)).toMatchObject({ branchIds: [vista.secondBranch] });
    await changes(vista.store_manager, vista.seller, { branchIds: bothBranches() });
  });

  test("leaves that a colleague works everywhere, and cannot end it", async () => {
    await database().owner.query("update public.admin_users set all_branches = true where id = $1", [
      vista.seller.memberId,
    ]);
    await changes(vista.store_manager, vista.seller, { role: "cashier" });
    const end = changes(vista.store_manager, vista.seller, {
      allBranches: false,
      branchIds: bothBranches(),
    });
    await expect(end).rejects.toMatchObject(outOfReach);
    expect(await colleague(vista.seller)).toMatchObject({ allBranches: true });
  });

  test("is not held up by a branch that is archived", async () => {
    await placeAt(vista.seller, bothBranches());
    await archiveBranch(await atWork(vista.owner), vista.secondBranch);
    await calls(vista.store_manager, vista.seller, { branches: [vista.branch] });
  });

  test("is let into another one by the owner, whose own branches are the owner's to change", async () => {
    await changes(vista.owner, vista.store_manager, { branchIds: bothBranches() });
    await changes(vista.store_manager, vista.seller, { branchIds: bothBranches() });
    await changes(vista.owner, vista.owner, { allBranches: false, branchIds: [vista.branch] });
    await changes(vista.owner, vista.seller, { allBranches: true });
    await changes(vista.owner, vista.owner, { allBranches: true });
  });
});

describe("a seller who was trusted with the people", () => {
  beforeEach(() => adjust(vista.seller, ["users.read", "users.manage"], []));

  const refused = { message: "member.out_of_reach" };
  const rolesFor = async (editor: Cast, person: Cast) => {
    const found = await colleague(person);
    if (!found) throw new Error(`${person.name} does not work here`);
    const member = await atWork(editor);
    return rolesOffered(member, found, await listRoles(member)).map(({ role }) => role);
  };

  test("lowers nobody above them, who could then be put out; and the form does not offer it", async () => {
    for (const role of ["seller", "workshop"]) {
      const lowered = changes(vista.seller, vista.store_manager, { role });
      await expect(lowered).rejects.toMatchObject(outOfReach);
    }
    expect(await colleague(vista.store_manager)).toMatchObject({ role: "store_manager" });
    expect(await rolesFor(vista.seller, vista.store_manager)).toEqual(["store_manager"]);
  });

  test("moves a colleague between the roles that they could give, and the form offers those", async () => {
    await changes(vista.seller, vista.cashier, { role: "workshop" });
    expect(await colleague(vista.cashier)).toMatchObject({ role: "workshop" });
    expect(await rolesFor(vista.seller, vista.cashier)).not.toContain("store_manager");
    expect(await rolesFor(vista.seller, vista.cashier)).toContain("cashier");
    expect(await rolesFor(vista.seller, vista.seller)).toEqual(["seller"]);
  });

  test("takes no single permission that they lack, whether of the role or given by somebody else", async () => {
    const state = { all: true, revoked: ["orders.void"] };
    await expect(calls(vista.seller, vista.store_manager, state)).rejects.toMatchObject(refused);
    await adjust(vista.cashier, ["orders.void", "customers.write"], []);
    for (const granted of [[], ["customers.write"]])
      await expect(calls(vista.seller, vista.cashier, { granted })).rejects.toMatchObject(refused);
    await calls(vista.seller, vista.cashier, { granted: ["orders.void"], revoked: ["sales.create"] });
  });

  test("takes nothing that concerns money owed, though it was given to them, too", async () => {
    await adjust(vista.seller, ["users.read", "users.manage", "billing.read"], []);
    await adjust(vista.cashier, ["billing.read"], []);
    await expect(calls(vista.seller, vista.cashier, {})).rejects.toMatchObject(refused);
    await calls(vista.owner, vista.cashier, {});
    expect(await colleague(vista.cashier)).toMatchObject({ granted: [] });
  });
});

describe("a manager who may not take the customers along", () => {
  beforeEach(() => adjust(vista.store_manager, [], ["customers.export"]));

  test("lifts that prohibition neither for others nor for themselves", async () => {
    await adjust(vista.cashier, [], ["customers.export", "sales.create"]);
    for (const person of [vista.cashier, vista.store_manager]) {
      const state = { all: person === vista.store_manager, revoked: ["sales.create"] };
      await expect(calls(vista.store_manager, person, state)).rejects.toMatchObject({
        message: "access.forbidden",
      });
    }
    await calls(vista.store_manager, vista.cashier, { revoked: ["customers.export"] });
    await calls(vista.owner, vista.store_manager, { all: true, revoked: [] });
  });

  test("changes a colleague's role past it: what was taken stays taken", async () => {
    await adjust(vista.seller, [], ["customers.export"]);
    for (const role of ["workshop", "cashier"]) await changes(vista.store_manager, vista.seller, { role });
    expect(await colleague(vista.seller)).toMatchObject({ role: "cashier", revoked: ["customers.export"] });
  });

  test("leaves it to who was given it by somebody else, and gives it to nobody", async () => {
    await adjust(vista.seller, ["customers.export", "orders.void"], []);
    await changes(vista.store_manager, vista.seller, { permissions: ["customers.read"] });
    expect(await colleague(vista.seller)).toMatchObject({ granted: ["customers.export"] });
    await expect(
      calls(vista.store_manager, vista.cashier, { granted: ["customers.export"] }),
    ).rejects.toMatchObject({ message: "access.forbidden" });
  });
});

describe("two who have the same member open", () => {
  test("do not overwrite each other: the second is told, and nothing of the first is lost", async () => {
    const late = await accessForm(vista, vista.seller, { role: "workshop" });
    await changes(vista.owner, vista.seller, { permissions: ["customers.read"] });
    const after = await colleague(vista.seller);
    await expect(changeAccess(await atWork(vista.store_manager), late)).rejects.toMatchObject({
      code: "conflict",
      status: 409,
    });
    expect(await colleague(vista.seller)).toEqual(after);
    await changes(vista.store_manager, vista.seller, { role: "workshop" });
  });

  test("cannot leave out what they saw", async () => {
    const { updatedAt: _, ...rest } = await accessForm(vista, vista.seller);
    expect(memberAccess.safeParse(rest).error?.issues.map(({ path }) => path[0])).toEqual(["updatedAt"]);
  });
});
