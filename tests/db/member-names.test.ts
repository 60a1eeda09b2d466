// First, for its effect: what is loaded after it finds the framework stood in for.
import "@/tests/fixtures/at-work";

import { beforeEach, describe, expect, test } from "vitest";
import { auditQuery, describeEntry, listEntries } from "@/lib/audit";
import { AppError } from "@/lib/errors";
import { translatorFor } from "@/lib/i18n/translator";
import { changeOwnName } from "@/lib/identity";
import { removeMember, suspendMember } from "@/lib/members";
import { committed, database, type Shop, twoShops } from "@/tests/fixtures";
import { aStranger, joins } from "@/tests/fixtures/access";
import { atWork } from "@/tests/fixtures/at-work";

let vista: Shop;
let lumina: Shop;
beforeEach(async () => {
  ({ vista, lumina } = await committed(twoShops));
});

const entries = async () =>
  (await listEntries(await atWork(vista.owner), auditQuery.parse({ object: "admin_users" }))).entries;
const nameOf = async () => (await atWork(vista.seller)).fullName;

describe("one's own name", () => {
  test("leaves its trail each time, so that nobody acts under another one in between", async () => {
    const seller = await atWork(vista.seller);
    await changeOwnName(seller, "Juana Soto");
    await changeOwnName(seller, vista.seller.name);
    const [back, away] = await entries();
    expect([away, back]).toMatchObject([
      {
        action: "member.renamed",
        actorName: vista.seller.name,
        changes: { name: [vista.seller.name, "Juana Soto"] },
      },
      {
        action: "member.renamed",
        actorName: "Juana Soto",
        changes: { name: ["Juana Soto", vista.seller.name] },
      },
    ]);
    if (!away) throw new Error("nothing was written down");
    const told = (["es", "en"] as const).map((language) =>
      describeEntry(away, { words: translatorFor(language), timeZone: "UTC", locale: language }),
    );
    expect(told.map(({ sentence, details }) => [sentence, details])).toEqual([
      ["cambió su propio nombre", ["nombre: seller de vista → Juana Soto"]],
      ["changed their own name", ["name: seller de vista → Juana Soto"]],
    ]);
  });

  test("saved as it was says nothing", async () => {
    await changeOwnName(await atWork(vista.seller), vista.seller.name);
    expect(await entries()).toEqual([]);
  });

  test.each(["Núria Pérez", "NURIA PEREZ", "nuria  pérez", "Nu\u0301ria Pe\u0301rez", "Núria\u00a0Pérez"])(
    "is not that of a colleague, written “%s”",
    async (name) => {
      await changeOwnName(await atWork(vista.owner), "Núria Pérez");
      await expect(changeOwnName(await atWork(vista.seller), name)).rejects.toMatchObject({
        code: "member.name_taken",
        issues: [{ pointer: "/fullName" }],
      });
      expect(await nameOf()).toBe(vista.seller.name);
      expect(await entries()).toHaveLength(1);
    },
  );

  test("may be spelled otherwise, and be that of somebody who was removed or works next door", async () => {
    const seller = await atWork(vista.seller);
    for (const name of ["José Rojas", "Jose Rojas", lumina.owner.name]) await changeOwnName(seller, name);
    await removeMember(await atWork(vista.owner), vista.cashier.memberId);
    await changeOwnName(await atWork(vista.seller), vista.cashier.name);
    expect(await nameOf()).toBe(vista.cashier.name);
  });

  test("is not that of a colleague who is suspended and will be back", async () => {
    await suspendMember(await atWork(vista.owner), vista.cashier.memberId);
    await expect(changeOwnName(await atWork(vista.seller), vista.cashier.name)).rejects.toMatchObject({
      code: "member.name_taken",
    });
  });

  test("is taken once, though two take it at the same moment", async () => {
    const people = [await atWork(vista.seller), await atWork(vista.cashier), await atWork(vista.workshop)];
    const outcomes = await Promise.allSettled(people.map((person) => changeOwnName(person, "Ana Rojas")));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const { rows } = await database().owner.query(
      "select from public.admin_users where organization_id = $1 and full_name = 'Ana Rojas'",
      [vista.id],
    );
    expect(rows).toHaveLength(1);
  });
});

describe("the name of somebody who joins", () => {
  const taken = { message: "member.name_taken" };
  const codeOf = (error: unknown) =>
    error instanceof AppError ? error.code : error instanceof Error ? error.message : error;

  test("is not that of a colleague, suspended or not, however it is written; they may choose another", async () => {
    await suspendMember(await atWork(vista.owner), vista.cashier.memberId);
    const newcomer = aStranger("nueva@correo.cl");
    for (const name of [vista.owner.name, vista.seller.name.toUpperCase(), vista.cashier.name])
      await expect(joins(vista, newcomer, { name })).rejects.toMatchObject(taken);
    await joins(vista, newcomer, { name: lumina.owner.name });
  });

  test("may be the one that they had before they were removed", async () => {
    await removeMember(await atWork(vista.owner), vista.seller.memberId);
    await joins(vista, vista.seller, { name: vista.seller.name });
    expect(await nameOf()).toBe(vista.seller.name);
  });

  test("is taken once, though one joins and another is renamed at the same moment", async () => {
    const [seller, cashier] = [await atWork(vista.seller), await atWork(vista.cashier)];
    const outcomes = await Promise.allSettled([
      joins(vista, aStranger("una@correo.cl"), { name: "Ana Rojas" }),
      joins(vista, aStranger("otra@correo.cl"), { name: "Ana Rojas" }),
      changeOwnName(seller, "Ana Rojas"),
      changeOwnName(cashier, "Ana Rojas"),
    ]);
    const refusals = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(refusals.map(({ reason }) => codeOf(reason))).toEqual(Array<string>(3).fill("member.name_taken"));
  });
});
