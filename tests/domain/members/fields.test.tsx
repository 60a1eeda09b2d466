import { describe, expect, test } from "vitest";
import { BranchChoice, FixedBranches } from "@/components/members/branch-choice";
import { InvitationList, type ListedInvitation } from "@/components/members/invitation-list";
import { mayGiveRole, type Role, reaches, reachOf } from "@/lib/members";
import type { MemberRole, Permission } from "@/lib/security/permissions";
import { seen } from "../ui/seen";

const branches = [
  { id: "centro", name: "Centro" },
  { id: "mall", name: "Mall" },
];
const never = () => Promise.reject(new Error("nothing is sent here"));

describe("where somebody works", () => {
  test("is chosen from the branches, or all of them", () => {
    const page = seen(<BranchChoice branches={branches} all={false} chosen={["mall"]} />);
    const boxes = page.all("input", { type: "checkbox" });
    expect(boxes.map(({ attributes }) => [attributes["name"], "checked" in attributes])).toEqual([
      ["allBranches", false],
      ["branchIds[]", false],
      ["branchIds[]", true],
    ]);
  });

  test("is not all of them where that is not to be given", () => {
    const page = seen(<BranchChoice branches={branches} all={false} chosen={[]} offersAll={false} />);
    expect(page.all("input", { name: "allBranches" })).toEqual([]);
    expect(page.text).not.toContain("Todas las sucursales");
  });

  test("stays as it is in a branch that is not to be given, and is sent along", () => {
    const fixed = branches.map((branch) => ({ ...branch, fixed: branch.id === "mall" }));
    const page = seen(<BranchChoice branches={fixed} all={false} chosen={["mall"]} offersAll={false} />);
    const boxes = page.all("input", { type: "checkbox" });
    expect(boxes.map(({ attributes }) => "disabled" in attributes)).toEqual([false, true]);
    const hidden = page.all("input", { type: "hidden" });
    expect(hidden.map(({ attributes: { name, value } }) => [name, value])).toEqual([["branchIds[]", "mall"]]);
  });

  test.each([
    [false, ["mall"], "Mall", [["branchIds[]", "mall"]]],
    [true, [], "Todas las sucursales", [["allBranches", "on"]]],
  ] as const)("is told and sent as it is to who may not change it (all: %s)", (all, chosen, said, sent) => {
    const page = seen(<FixedBranches branches={branches} all={all} chosen={chosen} />);
    expect(page.text).toContain(said);
    const inputs = page.all("input").map(({ attributes: { type, name, value } }) => [type, name, value]);
    expect(inputs).toEqual(sent.map(([name, value]) => ["hidden", name, value]));
  });
});

describe("what somebody may give", () => {
  const editor = (role: MemberRole, held: Permission[]) => ({
    role,
    can: (permission: Permission) => held.includes(permission),
  });
  const role = (name: MemberRole, permissions: Permission[]): Role => ({
    role: name,
    permissions,
    maxDiscountBp: 0,
  });

  test("is a role that may nothing they may not; an owner gives every one", () => {
    const seller = role("seller", ["customers.read", "sales.create"]);
    expect(mayGiveRole(editor("store_manager", ["customers.read", "sales.create"]), seller)).toBe(true);
    expect(mayGiveRole(editor("store_manager", ["customers.read"]), seller)).toBe(false);
    expect(mayGiveRole(editor("store_manager", []), role("owner", []))).toBe(false);
    expect(mayGiveRole(editor("owner", []), role("owner", ["billing.read"]))).toBe(true);
  });

  test("is a branch in which they work; an owner gives every one", () => {
    const here = { allBranches: false, branchIds: ["centro"] };
    const elsewhere = { allBranches: false, branchIds: ["centro", "mall"] };
    const manager = reachOf({ role: "store_manager" }, here);
    expect([here, elsewhere, { ...here, allBranches: true }].map((place) => reaches(manager, place))).toEqual(
      [true, false, false],
    );
    expect(reaches(reachOf({ role: "owner" }, here), elsewhere)).toBe(true);
    expect(reaches(reachOf({ role: "store_manager" }, { ...here, allBranches: true }), elsewhere)).toBe(true);
    expect(reaches(reachOf({ role: "store_manager" }, undefined), here)).toBe(false);
  });
});

describe("the list of open invitations", () => {
  const invited = (fields: Partial<ListedInvitation>): ListedInvitation => ({
    id: "1",
    email: "nueva@correo.cl",
    role: "seller",
    allBranches: false,
    branchIds: ["centro"],
    invitedBy: "Ana Rojas",
    createdAt: new Date("2026-05-01T12:00:00Z"),
    expiresAt: new Date("2026-05-08T12:00:00Z"),
    expired: true,
    resendable: true,
    revocable: true,
    ...fields,
  });
  const list = (...invitations: ListedInvitation[]) =>
    seen(
      <InvitationList
        invitations={invitations}
        timeZone="America/Santiago"
        actions={{ resend: never, revoke: never }}
      />,
    );

  test("says who sent each, colleague or the platform's support", () => {
    const rows = list(invited({}), invited({ id: "2", invitedBy: null })).rows.map((row) => row.slice(0, 3));
    expect(rows).toEqual([
      ["Correo", "Rol", "Invitó"],
      ["nueva@correo.cl", "Ventas", "Ana Rojas"],
      ["nueva@correo.cl", "Ventas", "Soporte"],
    ]);
  });

  test("offers what the reader may do with each, and says with which", () => {
    const table = list(
      invited({}),
      invited({ id: "2", resendable: false }),
      invited({ id: "3", resendable: false, revocable: false }),
    );
    const [, ...rows] = table.all("tr");
    expect(rows.map((row) => row.names("button"))).toEqual([
      ["Reenviar: nueva@correo.cl", "Anular: nueva@correo.cl"],
      ["Anular: nueva@correo.cl"],
      [],
    ]);
  });
});
