// First, for its effect: what is loaded after it finds the framework stood in for.
import "@/tests/fixtures/at-work";

import { beforeEach, describe, expect, test } from "vitest";
import { auditQuery, listEntries } from "@/lib/audit";
import { changeOwnName } from "@/lib/identity";
import {
  changeAccess,
  findColleague,
  invitation,
  inviteMember,
  listInvitations,
  removeMember,
} from "@/lib/members";
import { listViews, saveView, viewInput } from "@/lib/views";
import { type Member as Cast, committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { accessForm, aStranger } from "@/tests/fixtures/access";
import { atWork } from "@/tests/fixtures/at-work";
import type { Rollback } from "@/tests/support/database";
import { severalWait, whileUndecided } from "@/tests/support/meanwhile";

let vista: Shop;
beforeEach(async () => {
  ({ vista } = await committed(twoShops));
});

/** What somebody does to a colleague, who keeps role, state and branch unless the story says otherwise. */
const changes = (editor: Cast, person: Cast, state: object) => (db: Rollback) => {
  const given = { role: person.role, status: "active", all: false, branches: [vista.branch], ...state };
  return db
    .as(editor)
    .query("select private.update_member($1, $2, $3, $4, $5, '{}', '{}')", [
      person.memberId,
      given.role,
      given.status,
      given.all,
      given.branches,
    ]);
};

const colleague = async (person: Cast) => findColleague(await atWork(vista.owner), person.memberId);

/** What the trail tells of people, the newest first. */
async function trail() {
  const { entries } = await listEntries(
    await atWork(vista.owner),
    auditQuery.parse({ object: "admin_users" }),
  );
  return entries.map(({ action, actorName, objectId, changes: what }) => ({
    action,
    actorName,
    objectId,
    what,
  }));
}

describe("a right that is taken while its holder waits", () => {
  test("is gone: a manager who is being removed changes nobody, and the trail tells of nothing else", async () => {
    const manager = await atWork(vista.store_manager);
    const form = await accessForm(vista, vista.seller, { role: "cashier" });
    const outcome = await whileUndecided(
      changes(vista.owner, vista.store_manager, { status: "removed", all: true, branches: [] }),
      () => changeAccess(manager, form),
    );
    expect(outcome).toBe("access.forbidden");
    expect(await colleague(vista.seller)).toMatchObject({ role: "seller" });
    expect(await trail()).toMatchObject([
      { actorName: vista.owner.name, objectId: vista.store_manager.memberId },
    ]);
  });

  test("is what it is by then: a manager who is put at one branch lets nobody into another", async () => {
    const manager = await atWork(vista.store_manager);
    const form = await accessForm(vista, vista.seller, { branchIds: [vista.branch, vista.secondBranch] });
    const outcome = await whileUndecided(changes(vista.owner, vista.store_manager, {}), () =>
      changeAccess(manager, form),
    );
    expect(outcome).toBe("access.forbidden");
    expect(await colleague(vista.seller)).toMatchObject({ branchIds: [vista.branch] });
  });

  test("of three owners: one who is made a manager by the first does not remove the first", async () => {
    await database().owner.query(
      "update public.admin_users set role = 'owner', all_branches = true where id = any ($1)",
      [[vista.store_manager.memberId, vista.cashier.memberId]],
    );
    const second = await atWork(vista.store_manager);
    const outcome = await whileUndecided(
      changes(vista.owner, vista.store_manager, { role: "store_manager", all: true, branches: [] }),
      () => removeMember(second, vista.owner.memberId),
    );
    expect(outcome).toBe("access.forbidden");
    expect(await colleague(vista.owner)).toMatchObject({ role: "owner", status: "active" });
  });

  test("does not stop two managers who change each other: one comes first", async () => {
    await database().owner.query(
      "update public.admin_users set role = 'store_manager', all_branches = true where id = $1",
      [vista.cashier.memberId],
    );
    const [one, other] = [vista.store_manager, { ...vista.cashier, role: "store_manager" as const }];
    const outcome = await whileUndecided(changes(one, other, { role: "cashier" }), async () => {
      const member = await atWork(other);
      return removeMember(member, one.memberId);
    });
    expect(outcome).toBe("access.forbidden");
  });
});

describe("somebody who is removed while an invitation of theirs is answered", () => {
  test("goes with it, whoever holds the place: neither waits for the other", async () => {
    const id = await inviteMember(
      await atWork(vista.store_manager),
      invitation.parse({ email: "nueva@correo.cl", role: "seller", branchIds: [vista.branch] }),
    );
    const { rows } = await database().owner.query<{ token: string }>(
      "select payload ->> 'token' as token from private.outbox where payload ->> 'invitationId' = $1",
      [id],
    );
    const places = await database().owner.connect();
    try {
      await places.query("begin");
      await places.query(
        "select from public.usage_counters where organization_id = $1 and metric = 'users' for update",
        [vista.id],
      );
      const removed = { status: "removed", all: true, branches: [] };
      const removal = outcomeOf(changes(vista.owner, vista.store_manager, removed));
      await severalWait(1);
      const newcomer = aStranger("nueva@correo.cl");
      const joining = outcomeOf((db) =>
        db.as(newcomer).call("private.accept_invitation", rows[0]?.token, "Nueva Persona"),
      );
      await severalWait(2);
      await places.query("commit");
      expect([await removal, await joining]).toEqual(["done", "invitation.invalid"]);
    } finally {
      await places.query("rollback");
      places.release();
    }
    expect(await listInvitations(await atWork(vista.owner))).toEqual([]);
  });

  const outcomeOf = (work: (db: Rollback) => Promise<unknown>) =>
    committed(work).then(
      () => "done",
      (error: unknown) => (error instanceof Error ? error.message : error),
    );
});

describe("somebody who is moved to another branch while they share a view", () => {
  const view = (branchId: string) =>
    viewInput.parse({ list: "orders", name: "Anuladas", query: "status=voided", branchId });

  test("shares it where they work by then, and not where they did", async () => {
    const seller = await atWork(vista.seller);
    const moved = changes(vista.owner, vista.seller, { branches: [vista.secondBranch] });
    expect(await whileUndecided(moved, () => saveView(seller, view(vista.branch)))).toBe("branch.not_found");
    expect(await listViews(await atWork(vista.owner), "orders")).toEqual([]);
    const back = changes(vista.owner, vista.seller, {});
    expect(await whileUndecided(back, () => saveView(seller, view(vista.branch)))).toBe("done");
  });

  test("and saves none where they were removed", async () => {
    const seller = await atWork(vista.seller);
    const removed = changes(vista.owner, vista.seller, { status: "removed" });
    expect(await whileUndecided(removed, () => saveView(seller, view("")))).toBe("access.forbidden");
  });
});

describe("one's own name, saved while somebody else is at it", () => {
  test("does not change for whoever is being removed, because no trail could tell", async () => {
    const seller = await atWork(vista.seller);
    const removed = changes(vista.owner, vista.seller, { status: "removed" });
    expect(await whileUndecided(removed, () => changeOwnName(seller, "Juana Soto"))).toBe("access.forbidden");
    expect(await colleague(vista.seller)).toMatchObject({ fullName: vista.seller.name });
  });

  test("is told from the name of before, which may be that of another tab", async () => {
    const seller = await atWork(vista.seller);
    const first = (db: Rollback) => db.as(vista.seller).call("private.update_own_name", "Juana Soto");
    expect(await whileUndecided(first, () => changeOwnName(seller, "Juana Pérez"))).toBe("done");
    const told = (await trail()).map(({ actorName, what }) => [actorName, what]);
    expect(told).toEqual([
      ["Juana Soto", { name: ["Juana Soto", "Juana Pérez"] }],
      [vista.seller.name, { name: [vista.seller.name, "Juana Soto"] }],
    ]);
  });
});
