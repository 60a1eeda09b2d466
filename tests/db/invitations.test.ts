import { beforeEach, describe, expect, test } from "vitest";
import { auditQuery, listEntries } from "@/lib/audit";
import {
  changeAccess,
  inviteMember,
  listInvitations,
  removeMember,
  resendInvitation,
  revokeInvitation,
  suspendMember,
} from "@/lib/members";
import { invitation } from "@/lib/members/schema";
import { type Member as Cast, committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { accessForm, adjust, placeAt } from "@/tests/fixtures/access";
import { atWork } from "@/tests/fixtures/at-work";
import type { Rollback } from "@/tests/support/database";
import { whileUndecided } from "@/tests/support/meanwhile";

let vista: Shop;
let lumina: Shop;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
});

const ADDRESS = "nueva@correo.cl";

const invited = (fields: object = {}) =>
  invitation.parse({ email: ADDRESS, role: "seller", branchIds: [vista.branch], ...fields });

async function invites(sender: Cast, fields: object = {}): Promise<string> {
  return inviteMember(await atWork(sender), invited(fields));
}

const open = async () => listInvitations(await atWork(vista.owner));
const addresses = async () => (await open()).map(({ email }) => email).toSorted();

/** What the trail says of invitations, the newest first. */
async function trail() {
  const { entries } = await listEntries(
    await atWork(vista.owner),
    auditQuery.parse({ object: "invitations" }),
  );
  return entries.map(({ action, actorName, objectId, changes }) => ({
    action,
    actorName,
    objectId,
    changes,
  }));
}

async function changes(person: Cast, fields: object): Promise<void> {
  const form = await accessForm(vista, person, fields);
  await changeAccess(await atWork(vista.owner), form);
}

describe("invitations", () => {
  test("wait in the list and in the mail, and only their shop sees them", async () => {
    const owner = await atWork(vista.owner);
    const id = await inviteMember(owner, invited());
    expect(await listInvitations(owner)).toMatchObject([
      { id, email: ADDRESS, role: "seller", expired: false },
    ]);
    expect(await listInvitations(await atWork(lumina.owner))).toEqual([]);
    const { rows } = await database().owner.query(
      "select payload from private.outbox where name = 'mail.invitation' and payload ->> 'invitationId' = $1",
      [id],
    );
    expect(rows).toHaveLength(1);
  });

  test("are sent again with a new link, the old one being dead", async () => {
    const owner = await atWork(vista.owner);
    const first = await inviteMember(owner, invited({ allBranches: "on" }));
    await resendInvitation(owner, first);
    const open = await listInvitations(owner);
    expect(open).toMatchObject([{ email: ADDRESS, allBranches: true }]);
    expect(open[0]?.id).not.toBe(first);
    await expect(resendInvitation(owner, first)).rejects.toMatchObject({ code: "invitation.invalid" });
  });

  test("are withdrawn once", async () => {
    const owner = await atWork(vista.owner);
    const id = await inviteMember(owner, invited());
    await expect(revokeInvitation(await atWork(lumina.owner), id)).rejects.toMatchObject({
      code: "invitation.invalid",
    });
    await revokeInvitation(owner, id);
    await expect(revokeInvitation(owner, id)).rejects.toMatchObject({ code: "invitation.invalid" });
    expect(await listInvitations(owner)).toEqual([]);
  });

  test("to somebody who already works here say so at the address", async () => {
    const again = inviteMember(await atWork(vista.owner), invited({ email: vista.seller.email }));
    await expect(again).rejects.toMatchObject({
      code: "invitation.already_member",
      issues: [{ pointer: "/email" }],
    });
  });

  test("promise no more places than there are, those already promised included", async () => {
    await database().owner.query(
      "update public.usage_counters set max_count = 7 where organization_id = $1 and metric = 'users'",
      [vista.id],
    );
    const owner = await atWork(vista.owner);
    await inviteMember(owner, invited());
    await inviteMember(owner, invited({ role: "cashier" })); // the same address again takes no second place
    const another = inviteMember(owner, invited({ email: "otra@correo.cl" }));
    await expect(another).rejects.toMatchObject({
      code: "tier.limit_exceeded",
      details: { metric: "users", used: 7, max: 7 },
    });
  });
});

describe("an open invitation", () => {
  test("says who sent it; one that the platform's staff sent says of no colleague", async () => {
    await invites(vista.store_manager);
    await invites(vista.owner, { email: "otra@correo.cl" });
    expect(await open()).toMatchObject([
      { email: "otra@correo.cl", invitedBy: vista.owner.name },
      { email: ADDRESS, invitedBy: vista.store_manager.name },
    ]);
    await database().owner.query("update public.invitations set invited_by = gen_random_uuid()");
    expect((await open()).map(({ invitedBy }) => invitedBy)).toEqual([null, null]);
  });

  test.each([
    [
      "is suspended",
      (person: Cast) => atWork(vista.owner).then((owner) => suspendMember(owner, person.memberId)),
    ],
    [
      "is removed",
      (person: Cast) => atWork(vista.owner).then((owner) => removeMember(owner, person.memberId)),
    ],
    ["becomes a seller", (person: Cast) => changes(person, { role: "seller" })],
    ["may not manage people any more", (person: Cast) => changes(person, { permissions: ["users.read"] })],
  ])("ends with the right of its sender, who %s", async (_, act) => {
    const id = await invites(vista.store_manager, { email: "amiga@correo.cl", role: "store_manager" });
    await invites(vista.store_manager, { email: "otra@correo.cl" });
    await invites(vista.owner, { email: "de-la-duena@correo.cl" });
    await act(vista.store_manager);
    expect(await addresses()).toEqual(["de-la-duena@correo.cl"]);
    const revoked = (await trail()).filter(({ action }) => action === "member.invitation_revoked");
    expect(revoked).toHaveLength(2);
    expect(revoked).toContainEqual({
      action: "member.invitation_revoked",
      actorName: vista.owner.name,
      objectId: id,
      changes: { email: "amiga@correo.cl", role: "store_manager" },
    });
  });

  test("of an owner who becomes a manager ends, whatever it promised", async () => {
    await database().owner.query("update public.admin_users set role = 'owner' where id = $1", [
      vista.store_manager.memberId,
    ]);
    await invites(vista.store_manager);
    await changes(vista.store_manager, { role: "store_manager" });
    expect(await addresses()).toEqual([]);
  });

  test("outlives what takes nothing from its sender, and ends where they may not invite to any more", async () => {
    await invites(vista.store_manager, { email: "mall@correo.cl", branchIds: [vista.secondBranch] });
    await invites(vista.store_manager, { email: "centro@correo.cl" });
    await changes(vista.store_manager, {});
    expect(await addresses()).toEqual(["centro@correo.cl", "mall@correo.cl"]);
    await changes(vista.store_manager, { allBranches: false, branchIds: [vista.branch] });
    expect(await addresses()).toEqual(["centro@correo.cl"]);
  });
});

describe("an invitation to the same address", () => {
  test("replaces the one before, and the trail says so", async () => {
    const first = await invites(vista.owner);
    const second = await invites(vista.store_manager, { role: "cashier" });
    expect(await trail()).toEqual([
      {
        action: "member.invited",
        actorName: vista.store_manager.name,
        objectId: second,
        changes: { email: ADDRESS, role: "cashier" },
      },
      {
        action: "member.invitation_revoked",
        actorName: vista.store_manager.name,
        objectId: first,
        changes: { email: ADDRESS, role: "seller" },
      },
      expect.objectContaining({ action: "member.invited", objectId: first }),
    ]);
  });

  test("does not undo, in a manager's hands, what only an owner promises", async () => {
    const id = await invites(vista.owner, { role: "owner" });
    for (const attempt of [
      () => invites(vista.store_manager),
      async () => resendInvitation(await atWork(vista.store_manager), id),
      async () => revokeInvitation(await atWork(vista.store_manager), id),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "access.forbidden" });
    }
    expect(await open()).toMatchObject([{ id, role: "owner" }]);
    expect(await trail()).toHaveLength(1);
    await revokeInvitation(await atWork(vista.owner), id);
    expect(await open()).toEqual([]);
  });

  test("is not sent again by who works in fewer branches, who may take it back all the same", async () => {
    const id = await invites(vista.owner, { allBranches: "on" });
    await placeAt(vista.store_manager, [vista.branch]);
    const manager = await atWork(vista.store_manager);
    await expect(resendInvitation(manager, id)).rejects.toMatchObject({ code: "access.forbidden" });
    await revokeInvitation(manager, id);
    expect(await open()).toEqual([]);
  });

  test("is nothing for a seller who was trusted with people to take from a manager-to-be", async () => {
    await adjust(vista.seller, ["users.read", "users.manage"], []);
    const id = await invites(vista.owner, { role: "store_manager" });
    const seller = await atWork(vista.seller);
    await expect(revokeInvitation(seller, id)).rejects.toMatchObject({ code: "access.forbidden" });
    await expect(invites(vista.seller)).rejects.toMatchObject({ code: "access.forbidden" });
    expect(await open()).toMatchObject([{ id }]);
  });
});

describe("an invitation that is being sent while its sender is suspended", () => {
  const suspends = async () => suspendMember(await atWork(vista.owner), vista.store_manager.memberId);
  const place = () => [vista.branch];

  test("is withdrawn too, when it was there first", async () => {
    const invites = (db: Rollback) =>
      db.as(vista.store_manager).call("private.invite_member", ADDRESS, "seller", false, place());
    expect(await whileUndecided(invites, suspends)).toBe("done");
    expect(await open()).toEqual([]);
  });

  test("is refused, when the suspension was there first", async () => {
    const manager = await atWork(vista.store_manager);
    const suspended = (db: Rollback) =>
      db
        .as(vista.owner)
        .query("select private.update_member($1, 'store_manager', 'suspended', true, '{}', '{}', '{}')", [
          vista.store_manager.memberId,
        ]);
    expect(await whileUndecided(suspended, () => inviteMember(manager, invited()))).toBe("access.forbidden");
    expect(await open()).toEqual([]);
  });
});
