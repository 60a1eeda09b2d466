// First, for its effect: what is loaded after it finds the framework stood in for.
import "@/tests/fixtures/at-work";

import { beforeEach, describe, expect, test } from "vitest";
import { removeMemberAction, suspendMemberAction } from "@/app/(store)/settings/users/actions";
import { AppError } from "@/lib/errors";
import {
  couldGiveAll,
  findColleague,
  invitation,
  inviteMember,
  listRoles,
  mayGiveRole,
  reachOf,
  removeMember,
  restoreMember,
  suspendMember,
} from "@/lib/members";
import { archiveBranch, listBranches } from "@/lib/organizations";
import { type Member as Cast, committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { adjust, placeAt } from "@/tests/fixtures/access";
import { atWork, setCookie, signIn } from "@/tests/fixtures/at-work";

let vista: Shop;
beforeEach(async () => {
  ({ vista } = await committed(twoShops));
});

const stateOf = async (person: Cast) =>
  (await findColleague(await atWork(vista.owner), person.memberId))?.status;

/** What becomes of an attempt of somebody on a colleague; the owner puts everything back. */
async function tries(
  editor: Cast,
  act: (member: Awaited<ReturnType<typeof atWork>>, id: string) => Promise<unknown>,
  person: Cast,
): Promise<string> {
  return act(await atWork(editor), person.memberId).then(
    () => "done",
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
}

/** Whether the buttons for it are there. */
async function isOffered(editor: Cast, person: Cast): Promise<boolean> {
  const member = await atWork(editor);
  const roles = (await listRoles(member)).filter((role) => mayGiveRole(member, role)).map(({ role }) => role);
  const own = await findColleague(member, editor.memberId);
  const colleague = await findColleague(member, person.memberId);
  const branches = await listBranches(member);
  const archived = branches.filter(({ archivedAt }) => archivedAt !== null).map(({ id }) => id);
  const givable = { roles, reach: reachOf(member, own ?? undefined), archived };
  return colleague !== null && couldGiveAll(member, givable, colleague);
}

/** Both ways of putting out, and the way back after each, as one person finds them; the owner helps where they may not. */
async function outAndBack(editor: Cast, person: Cast): Promise<string[]> {
  const answers: string[] = [];
  for (const putOut of [suspendMember, removeMember]) {
    answers.push(await tries(editor, putOut, person));
    if ((await stateOf(person)) === "active") await tries(vista.owner, putOut, person);
    answers.push(await tries(editor, restoreMember, person));
    if ((await stateOf(person)) !== "active") await tries(vista.owner, restoreMember, person);
  }
  return answers;
}

const refused = Array<string>(4).fill("member.out_of_reach");
const done = Array<string>(4).fill("done");

describe("a seller who was trusted with the people", () => {
  beforeEach(() => adjust(vista.seller, ["users.read", "users.manage"], []));

  test("neither puts out nor lets in a manager, who may more", async () => {
    expect(await outAndBack(vista.seller, vista.store_manager)).toEqual(refused);
    expect(await isOffered(vista.seller, vista.store_manager)).toBe(false);
  });

  test("does both with another seller, at the branch where both work", async () => {
    await database().owner.query("update public.admin_users set role = 'seller' where id = $1", [
      vista.workshop.memberId,
    ]);
    expect(await outAndBack(vista.seller, vista.workshop)).toEqual(done);
    expect(await isOffered(vista.seller, vista.workshop)).toBe(true);
  });
});

describe("a manager of one branch", () => {
  beforeEach(() => placeAt(vista.store_manager, [vista.branch]));

  test("neither puts out nor lets in who works elsewhere as well, or everywhere", async () => {
    await placeAt(vista.seller, [vista.branch, vista.secondBranch]);
    expect(await outAndBack(vista.store_manager, vista.seller)).toEqual(refused);
    expect(await isOffered(vista.store_manager, vista.seller)).toBe(false);
    await database().owner.query("update public.admin_users set all_branches = true where id = $1", [
      vista.cashier.memberId,
    ]);
    expect(await outAndBack(vista.store_manager, vista.cashier)).toEqual(refused);
    expect(await isOffered(vista.store_manager, vista.cashier)).toBe(false);
  });

  test("does both with the people of that branch", async () => {
    expect(await outAndBack(vista.store_manager, vista.seller)).toEqual(done);
    expect(await isOffered(vista.store_manager, vista.seller)).toBe(true);
  });

  test("does both with somebody of it who also belongs to a branch that is archived by now, and keeps that one", async () => {
    await placeAt(vista.seller, [vista.branch, vista.secondBranch]);
    const owner = await atWork(vista.owner);
    await archiveBranch(owner, vista.secondBranch);
    expect(await outAndBack(vista.store_manager, vista.seller)).toEqual(done);
    expect(await isOffered(vista.store_manager, vista.seller)).toBe(true);
    const { branchIds } = (await findColleague(owner, vista.seller.memberId)) ?? {};
    expect(branchIds).toContain(vista.secondBranch);
  });

  test("neither puts out nor lets in who was given a permission that the manager lacks", async () => {
    await adjust(vista.store_manager, [], ["customers.export"]);
    await adjust(vista.cashier, ["customers.export"], []);
    expect(await outAndBack(vista.store_manager, vista.cashier)).toEqual(refused);
    expect(await isOffered(vista.store_manager, vista.cashier)).toBe(false);
    await adjust(vista.cashier, ["billing.read"], []);
    expect(await outAndBack(vista.store_manager, vista.cashier)).toEqual(refused);
  });

  test("does not remove for good whom they could not have suspended", async () => {
    await placeAt(vista.seller, [vista.secondBranch]);
    await tries(vista.owner, suspendMember, vista.seller);
    expect(await tries(vista.store_manager, removeMember, vista.seller)).toBe("member.out_of_reach");
    expect(await stateOf(vista.seller)).toBe("suspended");
  });
});

test("an owner puts out and lets in everybody, whatever they were given", async () => {
  await adjust(vista.seller, ["billing.read", "customers.export"], []);
  await adjust(vista.owner, [], ["customers.export"]);
  for (const person of [vista.store_manager, vista.seller]) {
    expect(await outAndBack(vista.owner, person)).toEqual(done);
    expect(await isOffered(vista.owner, person)).toBe(true);
  }
});

describe("whoever puts out somebody who had invited others", () => {
  const invites = async (sender: Cast, email: string) =>
    inviteMember(
      await atWork(sender),
      invitation.parse({ email, role: "seller", branchIds: [vista.branch] }),
    );
  const answer = async (action: typeof suspendMemberAction, person: Cast) => {
    await signIn(vista.owner);
    return action(null, { id: person.memberId });
  };

  test("is told how many invitations went with them, in the reader's language", async () => {
    for (const email of ["una@correo.cl", "otra@correo.cl"]) await invites(vista.store_manager, email);
    await invites(vista.owner, "de-la-duena@correo.cl");
    expect(await answer(suspendMemberAction, vista.store_manager)).toMatchObject({
      ok: true,
      data: { note: "Se retiraron también 2 invitaciones que envió." },
    });
    await restoreMember(await atWork(vista.owner), vista.store_manager.memberId);
    await invites(vista.store_manager, "una@correo.cl");
    await signIn(vista.owner);
    setCookie("locale", "en");
    expect(await removeMemberAction(null, { id: vista.store_manager.memberId })).toMatchObject({
      data: { note: "1 invitation that they sent was withdrawn, too." },
    });
  });

  test("is told nothing where there were none", async () => {
    expect(await answer(removeMemberAction, vista.seller)).toEqual({ ok: true, data: {} });
  });
});
