import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { auditQuery, listEntries } from "@/lib/audit";
import {
  archiveBranch,
  type Branch,
  changedOrganization,
  changeLogo,
  createBranch,
  findBranch,
  findLogo,
  getOrganization,
  getUsage,
  listBranches,
  newBranch,
  removeLogo,
  restoreBranch,
  updateBranch,
  updateOrganization,
} from "@/lib/organizations";
import type { Member } from "@/lib/security/member";
import { committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { aPng } from "@/tests/fixtures/a-png";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let lumina: Shop;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
});

const branch = (fields: object = {}) =>
  newBranch.parse({ name: "Nueva", timeZone: "America/Santiago", ...fields });
/** Goods keep a branch from being archived. */
const emptyShelves = () =>
  database().owner.query("update public.stock_levels set quantity = 0 where branch_id = $1", [vista.branch]);
/** What the form of the shop would send that this person opened just now. */
const details = async (member: Member, fields: object) =>
  changedOrganization.parse({ updatedAt: (await getOrganization(member)).updatedAt, ...fields });
const namesOf = (branches: readonly Branch[]) => branches.map(({ name }) => name);

describe("the shop's details", () => {
  test("are changed by who manages it, and the trail keeps before and after", async () => {
    const manager = await atWork(vista.store_manager);
    const changes = { name: "Óptica Vista", rut: "76.086.428-5", activity: "Óptica" };
    await updateOrganization(manager, await details(manager, changes));
    expect(await getOrganization(manager)).toMatchObject({
      name: "Óptica Vista",
      rut: "76086428-5",
      logo: null,
    });
    const { entries } = await listEntries(manager, auditQuery.parse({ object: "organizations" }));
    expect(entries[0]).toMatchObject({
      action: "organizations.updated",
      actorName: vista.store_manager.name,
      changes: { name: ["Óptica vista", "Óptica Vista"], rut: [null, "76086428-5"] },
    });
  });

  test.each(["optometrist", "seller", "cashier", "workshop"] as const)(
    "are not the %s's to change",
    async (role) => {
      const person = await atWork(vista[role]);
      const change = updateOrganization(person, await details(person, { name: "Mía" }));
      await expect(change).rejects.toMatchObject({ code: "access.forbidden" });
    },
  );

  test("of one shop leave the other's alone", async () => {
    const owner = await atWork(vista.owner);
    await updateOrganization(owner, await details(owner, { name: "Otra" }));
    expect(await getOrganization(await atWork(lumina.owner))).toMatchObject({ name: "Óptica lumina" });
  });
});

describe("branches", () => {
  test("are opened, changed, archived and taken back", async () => {
    const owner = await atWork(vista.owner);
    const hours = { "hours.1.open": "on", "hours.1.opens": "10:00", "hours.1.closes": "19:00" };
    const id = await createBranch(
      owner,
      branch({ name: "Ñuñoa", timeZone: "Pacific/Easter", phone: "912345678", ...hours }),
    );
    const changed = branch({ name: "Ñuñoa", address: "Irarrázaval 1", ...hours });
    await updateBranch(owner, { ...changed, id, version: 1 });
    const found = (await listBranches(owner)).find((candidate) => candidate.id === id);
    expect(found).toMatchObject({
      name: "Ñuñoa",
      address: "Irarrázaval 1",
      timeZone: "America/Santiago",
      hours: { "1": { opens: "10:00", closes: "19:00" } },
      archivedAt: null,
    });
    await archiveBranch(owner, id);
    expect(namesOf(await listBranches(owner))).toEqual(["Centro", "Mall", "Ñuñoa"]);
    await restoreBranch(owner, id);
    expect(await findBranch(owner, id)).toEqual({ ...found, version: 4 });
  });

  test("have names of their own, whatever the case, unless the other is archived", async () => {
    const owner = await atWork(vista.owner);
    const twice = createBranch(owner, branch({ name: "CENTRO" }));
    await expect(twice).rejects.toMatchObject({
      code: "branch.name_taken",
      issues: [{ pointer: "/name", key: "settings.refusals.branchNameTaken" }],
    });
    await archiveBranch(owner, vista.secondBranch);
    await createBranch(owner, branch({ name: "Mall" }));
    await expect(restoreBranch(owner, vista.secondBranch)).rejects.toMatchObject({
      code: "branch.name_taken",
    });
    await expect(createBranch(await atWork(lumina.owner), branch({ name: "Nueva" }))).resolves.toBeTruthy();
  });

  test("stop at the limit of the tier; the archived do not count", async () => {
    const owner = await atWork(vista.owner);
    expect(await getUsage(owner, "branches")).toEqual({ used: 2, max: 3 });
    const eight = Array.from({ length: 8 }, (_, n) => createBranch(owner, branch({ name: `Sucursal ${n}` })));
    const outcomes = await Promise.allSettled(eight);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "tier.limit_exceeded", details: { metric: "branches", used: 3, max: 3 } },
    });
    await archiveBranch(owner, vista.secondBranch);
    await createBranch(owner, branch({ name: "En su lugar" }));
    await expect(restoreBranch(owner, vista.secondBranch)).rejects.toMatchObject({
      code: "tier.limit_exceeded",
    });
    expect(await getUsage(owner, "branches")).toEqual({ used: 3, max: 3 });
  });

  test("cannot all be archived, not even by two people at once", async () => {
    await emptyShelves();
    const [owner, manager] = [await atWork(vista.owner), await atWork(vista.store_manager)];
    const outcomes = await Promise.allSettled([
      archiveBranch(owner, vista.branch),
      archiveBranch(manager, vista.secondBranch),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "branch.last" },
    });
  });

  test("with an open drawer are not archived: nobody could close it", async () => {
    await committed((db) =>
      db.as(vista.owner).query("select private.open_cash_session($1, 0)", [vista.secondBranch]),
    );
    const archiving = archiveBranch(await atWork(vista.owner), vista.secondBranch);
    await expect(archiving).rejects.toMatchObject({ code: "branch.cash_session_open", status: 409 });
  });

  test("with goods on their shelves are not archived, and it is said how many units they are", async () => {
    await expect(archiveBranch(await atWork(vista.owner), vista.branch)).rejects.toMatchObject({
      code: "branch.has_stock",
      status: 409,
      details: { units: 20 },
    });
  });

  test("that are archived are no place to work in", async () => {
    await emptyShelves();
    await archiveBranch(await atWork(vista.owner), vista.branch);
    const seller = await atWork(vista.seller);
    expect(seller.branches).toEqual([]);
    const opening = committed((db) =>
      db.as(vista.seller).query("select private.open_cash_session($1, 0)", [vista.branch]),
    );
    await expect(opening).rejects.toMatchObject({ message: "branch.not_found" });
  });

  test("of a neighbour are not there", async () => {
    const stranger = await atWork(lumina.owner);
    await expect(archiveBranch(stranger, vista.branch)).rejects.toMatchObject({ code: "branch.not_found" });
    const change = updateBranch(stranger, { ...branch(), id: vista.branch, version: 1 });
    await expect(change).rejects.toMatchObject({ code: "branch.not_found" });
    await expect(archiveBranch(stranger, randomUUID())).rejects.toMatchObject({ code: "branch.not_found" });
    expect(namesOf(await listBranches(stranger))).toEqual(["Centro", "Mall"]);
  });
});

describe("a logo", () => {
  test("is kept, replaced under another address, and taken away", async () => {
    const owner = await atWork(vista.owner);
    await changeLogo(owner, { logo: await aPng(100, 40) });
    const first = (await getOrganization(owner)).logo;
    expect(first).toMatchObject({
      width: 100,
      height: 40,
      url: expect.stringMatching(/^\/api\/logo\?v=[0-9a-f]{16}$/) as string,
    });
    await changeLogo(owner, { logo: await aPng(50, 50) });
    expect((await getOrganization(owner)).logo?.url).not.toBe(first?.url);
    expect(await findLogo(await atWork(vista.cashier))).toMatchObject({ contentType: "image/png" });
    await removeLogo(await atWork(vista.owner));
    expect(await findLogo(owner)).toBeNull();
    const { entries } = await listEntries(owner, auditQuery.parse({ object: "organizations" }));
    expect(entries.map(({ action }) => action)).toEqual([
      "organization.logo_removed",
      "organization.logo_changed",
      "organization.logo_changed",
    ]);
    expect(JSON.stringify(entries)).not.toContain("89504e47");
  });

  test.each([
    [
      "a page that calls itself a picture",
      () => new File(["<svg onload=alert(1)>".padEnd(99)], "logo.png", { type: "image/png" }),
      "logoKind",
    ],
    ["a picture wider than 1024 pixels", () => aPng(1025, 10), "logoTooLarge"],
    ["a picture higher than 1024 pixels", () => aPng(10, 1025), "logoTooLarge"],
  ])("is refused: %s", async (_, picture, reason) => {
    const logo = await picture();
    const owner = await atWork(vista.owner);
    await expect(changeLogo(owner, { logo })).rejects.toMatchObject({
      code: "input.invalid",
      issues: [{ pointer: "/logo", key: `settings.refusals.${reason}` }],
    });
    expect(await findLogo(owner)).toBeNull();
  });

  test("is bounded by the table as well", async () => {
    const insert = (bytes: Buffer) =>
      committed((db) =>
        db
          .as(vista.owner)
          .insert("public.organization_logos", { content_type: "image/png", bytes, width: 1, height: 1 }),
      );
    await expect(insert(Buffer.alloc(262_145))).rejects.toMatchObject({ code: "23514" });
    await expect(insert(Buffer.alloc(0))).rejects.toMatchObject({ code: "23514" });
    await expect(insert(Buffer.alloc(262_144))).resolves.toBeUndefined();
  });

  test("is nobody's to change who does not manage the shop, and no neighbour's to see", async () => {
    await changeLogo(await atWork(vista.owner), { logo: await aPng() });
    const seller = await atWork(vista.seller);
    await expect(changeLogo(seller, { logo: await aPng(9, 9) })).rejects.toMatchObject({
      code: "access.forbidden",
    });
    await expect(removeLogo(seller)).rejects.toMatchObject({ code: "access.forbidden" });
    const stranger = await atWork(lumina.owner);
    expect(await findLogo(stranger)).toBeNull();
    await removeLogo(stranger);
    expect(await findLogo(seller)).not.toBeNull();
  });
});

describe("a shop that may only read", () => {
  test("says so at every change of its settings", async () => {
    await database().owner.query(
      "update public.subscriptions set status = 'expired' where organization_id = $1",
      [vista.id],
    );
    const owner = await atWork(vista.owner);
    const otherwise = await details(owner, { name: "Otra" });
    const changes = [
      () => updateOrganization(owner, otherwise),
      () => createBranch(owner, branch()),
      () => archiveBranch(owner, vista.branch),
      async () => changeLogo(owner, { logo: await aPng() }),
      () => removeLogo(owner),
    ];
    for (const change of changes)
      await expect(change()).rejects.toMatchObject({ code: "organization.read_only" });
  });
});
