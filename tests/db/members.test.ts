import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { customerQuery, listCustomers } from "@/lib/customers";
import {
  changeAccess,
  findColleague,
  invitation,
  inviteMember,
  listMembers,
  memberAccess,
  removeMember,
  resetSecondFactor,
  restoreMember,
  suspendMember,
} from "@/lib/members";
import { archiveBranch } from "@/lib/organizations";
import { type Member as Cast, committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { accessForm } from "@/tests/fixtures/access";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let lumina: Shop;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
});

const invited = (fields: object = {}) =>
  invitation.parse({ email: "nueva@correo.cl", role: "seller", branchIds: [vista.branch], ...fields });

const access = (person: Cast, fields: object = {}) => accessForm(vista, person, fields);

/** When a member was last changed, for people who do not see them. */
async function lastChangeOf(id: string): Promise<string> {
  const { rows } = await database().owner.query<{ at: string }>(
    "select coalesce(max(to_json(updated_at) #>> '{}'), '2026-01-01T00:00:00Z') as at from public.admin_users where id = $1",
    [id],
  );
  return rows[0]?.at ?? "";
}

/** Every way to touch a member. */
const touches = (id: string) => [
  async (who: Cast) => suspendMember(await atWork(who), id),
  async (who: Cast) => removeMember(await atWork(who), id),
  async (who: Cast) =>
    changeAccess(
      await atWork(who),
      memberAccess.parse({ id, role: "cashier", allBranches: "on", updatedAt: await lastChangeOf(id) }),
    ),
];

describe("who may touch whom", () => {
  test("a manager cannot touch an owner, nor make one", async () => {
    for (const touch of touches(vista.owner.memberId)) {
      await expect(touch(vista.store_manager)).rejects.toMatchObject({ code: "access.forbidden" });
    }
    const promotion = changeAccess(
      await atWork(vista.store_manager),
      await access(vista.seller, { role: "owner" }),
    );
    await expect(promotion).rejects.toMatchObject({ code: "access.forbidden" });
    const invitation = inviteMember(await atWork(vista.store_manager), invited({ role: "owner" }));
    await expect(invitation).rejects.toMatchObject({ code: "access.forbidden" });
  });

  test("nobody changes their own role or shuts themselves out", async () => {
    for (const person of [vista.owner, vista.store_manager]) {
      for (const touch of touches(person.memberId)) {
        await expect(touch(person)).rejects.toMatchObject({ code: "member.self_change" });
      }
    }
  });

  test("the last owner stays, and of two owners that remove each other one does", async () => {
    const { rows } = await database().owner.query<{ id: string }>(
      "update public.admin_users set role = 'owner', all_branches = true where user_id = $1 returning id",
      [vista.store_manager.userId],
    );
    const second = rows[0]?.id ?? "";
    const [one, other] = [await atWork(vista.owner), await atWork(vista.store_manager)];
    const outcomes = await Promise.allSettled([
      removeMember(one, second),
      removeMember(other, vista.owner.memberId),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const { rows: left } = await database().owner.query(
      "select from public.admin_users where organization_id = $1 and role = 'owner' and status = 'active'",
      [vista.id],
    );
    expect(left).toHaveLength(1);
  });

  test.each(["optometrist", "seller", "cashier", "workshop"] as const)(
    "a %s touches nobody and sees nobody",
    async (role) => {
      expect(await listMembers(await atWork(vista[role]))).toEqual([]);
      for (const touch of touches(vista.workshop.memberId)) {
        await expect(touch(vista[role])).rejects.toMatchObject({ code: "member.not_found" });
      }
      await expect(inviteMember(await atWork(vista[role]), invited())).rejects.toMatchObject({
        code: "access.forbidden",
      });
    },
  );

  test("a neighbour's member is not there", async () => {
    for (const id of [vista.seller.memberId, randomUUID()]) {
      for (const touch of touches(id)) {
        await expect(touch(lumina.owner)).rejects.toMatchObject({ code: "member.not_found" });
      }
      await expect(resetSecondFactor(await atWork(lumina.owner), id)).rejects.toMatchObject({
        code: "member.not_found",
      });
    }
    expect((await listMembers(await atWork(lumina.owner))).map(({ email }) => email)).not.toContain(
      vista.seller.email,
    );
  });
});

describe("a change of access", () => {
  const customersSeenBy = async (member: Awaited<ReturnType<typeof atWork>>) =>
    (await listCustomers(member, customerQuery.parse({}))).rows.length;

  test.each([
    ["suspended", suspendMember],
    ["removed", removeMember],
  ] as const)(
    "a member who is %s reads nothing on the next statement, with the token they have",
    async (_, act) => {
      const seller = await atWork(vista.seller);
      expect(await customersSeenBy(seller)).toBe(1);
      const owner = await atWork(vista.owner);
      await act(owner, vista.seller.memberId);
      expect(await customersSeenBy(seller)).toBe(0);
      await expect(atWork(vista.seller)).rejects.toThrow("not at work");
      await restoreMember(owner, vista.seller.memberId);
      expect(await customersSeenBy(seller)).toBe(1);
    },
  );

  test("a removed member comes back exactly as they were", async () => {
    const owner = await atWork(vista.owner);
    await changeAccess(owner, await access(vista.seller, { permissions: ["customers.read", "orders.void"] }));
    const before = await findColleague(owner, vista.seller.memberId);
    await removeMember(owner, vista.seller.memberId);
    await restoreMember(owner, vista.seller.memberId);
    expect(await findColleague(owner, vista.seller.memberId)).toEqual({
      ...before,
      updatedAt: expect.any(String) as string,
    });
    expect(before).toMatchObject({ granted: ["orders.void"], branchIds: [vista.branch], status: "active" });
  });

  test("a removed member frees a place, which somebody else may take", async () => {
    await database().owner.query(
      "update public.usage_counters set max_count = 6 where organization_id = $1 and metric = 'users'",
      [vista.id],
    );
    const owner = await atWork(vista.owner);
    await removeMember(owner, vista.workshop.memberId);
    await database().owner.query(
      "insert into public.admin_users (organization_id, user_id, email, full_name, role) values ($1, gen_random_uuid(), 'otra@vista.test', 'Otra', 'seller')",
      [vista.id],
    );
    await expect(restoreMember(owner, vista.workshop.memberId)).rejects.toMatchObject({
      code: "tier.limit_exceeded",
    });
  });

  test("single permissions are kept as what differs from the role", async () => {
    const owner = await atWork(vista.owner);
    await changeAccess(
      owner,
      await access(vista.seller, { permissions: ["customers.read", "products.read", "orders.void"] }),
    );
    const colleague = await findColleague(owner, vista.seller.memberId);
    expect(colleague?.granted).toEqual(["orders.void"]);
    expect(colleague?.revoked.toSorted()).toEqual([
      "cash.operate",
      "customers.write",
      "inventory.read",
      "orders.read",
      "sales.create",
    ]);
    const seller = await atWork(vista.seller);
    expect([seller.can("orders.void"), seller.can("customers.write")]).toEqual([true, false]);
  });

  test("nobody gives what concerns money owed, or what they do not hold", async () => {
    const owner = await atWork(vista.owner);
    await changeAccess(
      owner,
      await access(vista.seller, { permissions: ["billing.manage", "customers.read"] }),
    );
    expect((await findColleague(owner, vista.seller.memberId))?.granted).toEqual([]);
    const call = (granted: string[]) =>
      committed((db) =>
        db
          .as(vista.store_manager)
          .query("select private.update_member($1, 'seller', 'active', true, '{}', $2, '{}')", [
            vista.seller.memberId,
            granted,
          ]),
      );
    await expect(call(["billing.manage"])).rejects.toMatchObject({ message: "access.forbidden" });
    await expect(call(["customers.export"])).resolves.toBeTruthy();
  });

  test("an owner keeps every permission", async () => {
    const owner = await atWork(vista.owner);
    await changeAccess(owner, await access(vista.owner, { permissions: [] }));
    expect((await atWork(vista.owner)).can("users.manage")).toBe(true);
  });

  test("archived branches come back with their people", async () => {
    const owner = await atWork(vista.owner);
    await changeAccess(owner, await access(vista.seller, { branchIds: [vista.branch, vista.secondBranch] }));
    await archiveBranch(owner, vista.secondBranch);
    await changeAccess(owner, await access(vista.seller, { branchIds: [vista.branch] }));
    expect((await findColleague(owner, vista.seller.memberId))?.branchIds).toContain(vista.secondBranch);
  });

  test("a neighbour's branch is not one to work in", async () => {
    const owner = await atWork(vista.owner);
    await changeAccess(owner, await access(vista.seller, { branchIds: [lumina.branch, vista.branch] }));
    expect((await findColleague(owner, vista.seller.memberId))?.branchIds).toEqual([vista.branch]);
  });
});

describe("a second factor", () => {
  const enrol = (person: Cast) =>
    database().owner.query(
      "insert into private.two_factor (user_id, secret_encrypted, secret_digest, confirmed_at) values ($1, 'x', 'x', now())",
      [person.userId],
    );

  test("is seen by who may read members, and reset by an owner alone", async () => {
    await enrol(vista.seller);
    const manager = await atWork(vista.store_manager);
    expect((await findColleague(manager, vista.seller.memberId))?.secondFactor).toBe(true);
    expect((await findColleague(manager, vista.cashier.memberId))?.secondFactor).toBe(false);
    await expect(resetSecondFactor(manager, vista.seller.memberId)).rejects.toMatchObject({
      code: "access.forbidden",
    });
    await resetSecondFactor(await atWork(vista.owner), vista.seller.memberId);
    expect((await findColleague(manager, vista.seller.memberId))?.secondFactor).toBe(false);
  });

  test("of a neighbour's member is not counted among ours", async () => {
    await enrol(lumina.seller);
    const { rows } = await database().owner.query("select 1 from private.two_factor");
    expect(rows.length).toBeGreaterThan(0);
    await committed(async (db) => {
      expect(await db.as(vista.owner).query("select private.members_with_second_factor()")).toEqual([]);
      expect(await db.as(lumina.seller).query("select private.members_with_second_factor()")).toEqual([]);
    });
  });
});
