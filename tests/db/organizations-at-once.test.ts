import { beforeEach, describe, expect, test } from "vitest";
import {
  archiveBranch,
  changedOrganization,
  findBranch,
  getOrganization,
  newBranch,
  updateBranch,
  updateOrganization,
} from "@/lib/organizations";
import type { Member } from "@/lib/security/member";
import { committed, type Shop, twoShops } from "@/tests/fixtures";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
beforeEach(async () => {
  ({ vista } = await committed(twoShops));
});

const branch = (fields: object = {}) =>
  newBranch.parse({ name: "Nueva", timeZone: "America/Santiago", ...fields });
/** What the form of the shop would send that this person opened just now. */
const details = async (member: Member, fields: object) =>
  changedOrganization.parse({ updatedAt: (await getOrganization(member)).updatedAt, ...fields });
const versionOf = async (member: Member, id: string) => (await findBranch(member, id))?.version ?? 0;

describe("two who have the same form open", () => {
  test("do not overwrite the shop's details: the second is told, and nothing of the first is lost", async () => {
    const [owner, manager] = [await atWork(vista.owner), await atWork(vista.store_manager)];
    const late = await details(manager, { name: "Óptica de Vista" });
    await updateOrganization(owner, await details(owner, { name: "Óptica Vista", phone: "912345678" }));
    await expect(updateOrganization(manager, late)).rejects.toMatchObject({ code: "conflict", status: 409 });
    expect(await getOrganization(owner)).toMatchObject({ name: "Óptica Vista", phone: "+56912345678" });
    await updateOrganization(manager, { ...late, updatedAt: (await getOrganization(manager)).updatedAt });
  });

  test("save the shop's details once, though both do at the same moment", async () => {
    const owner = await atWork(vista.owner);
    const forms = await Promise.all(["Una", "Otra", "Más"].map((name) => details(owner, { name })));
    const outcomes = await Promise.allSettled(forms.map((form) => updateOrganization(owner, form)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("do not overwrite a branch, nor one that was archived meanwhile", async () => {
    const [owner, manager] = [await atWork(vista.owner), await atWork(vista.store_manager)];
    const [id, version] = [vista.secondBranch, await versionOf(manager, vista.secondBranch)];
    await updateBranch(owner, { ...branch({ name: "Mall", address: "Local 12" }), id, version });
    const late = () => updateBranch(manager, { ...branch({ name: "Mall Plaza" }), id, version });
    await expect(late()).rejects.toMatchObject({ code: "conflict", status: 409 });
    expect(await findBranch(owner, id)).toMatchObject({ name: "Mall", address: "Local 12" });
    const now = await versionOf(owner, id);
    await archiveBranch(owner, id);
    const afterwards = updateBranch(manager, { ...branch({ name: "Mall Plaza" }), id, version: now });
    await expect(afterwards).rejects.toMatchObject({ code: "conflict" });
  });

  test("learn of no conflict where they may change nothing", async () => {
    const seller = await atWork(vista.seller);
    const stale = { ...branch({ name: "Mía" }), id: vista.branch, version: 99 };
    await expect(updateBranch(seller, stale)).rejects.toMatchObject({ code: "branch.not_found" });
  });
});
