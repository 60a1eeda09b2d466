import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { invitation, memberAccess } from "@/lib/members";

const id = "11111111-1111-4111-8111-111111111111";
const invited = { email: "nueva@vista.cl", role: "seller", branchIds: [id] };

function refusals(schema: typeof invitation | typeof memberAccess, input: object): Record<string, string> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return {};
  return Object.fromEntries(
    AppError.fromValidation(parsed.error).issues.map(({ pointer, key }) => [pointer, key]),
  );
}

describe("an invitation", () => {
  test("takes a ticked box for all branches", () => {
    expect(invitation.parse({ email: " Nueva@Vista.CL", role: "seller", allBranches: "on" })).toEqual({
      email: "nueva@vista.cl",
      role: "seller",
      allBranches: true,
      branchIds: [],
    });
  });

  test.each(
    (
      [
        [{ ...invited, email: "nueva" }, "/email", "format.email"],
        [{ ...invited, email: "" }, "/email", "format.email"],
        [{ ...invited, role: "super_admin" }, "/role", "choice"],
        [{ ...invited, branchIds: [] }, "/branchIds", "members.refusals.branches"],
        [{ ...invited, branchIds: ["centro"] }, "/branchIds/0", "format.uuid"],
      ] as const
    ).map(([input, pointer, key]) => [pointer, key, input] as const),
  )("%s: %s", (pointer, key, input) => {
    expect(refusals(invitation, input)).toMatchObject({ [pointer]: key });
  });
});

describe("a member's access", () => {
  test("names permissions that exist", () => {
    const access = { id, role: "seller", branchIds: [id], updatedAt: "2026-01-01T12:00:00.123456-03:00" };
    expect(memberAccess.parse({ ...access, permissions: ["orders.void"] }).permissions).toEqual([
      "orders.void",
    ]);
    expect(refusals(memberAccess, { ...access, permissions: ["console.read"] })).toEqual({
      "/permissions/0": "choice",
    });
    expect(Object.keys(refusals(memberAccess, { ...access, updatedAt: "ayer" }))).toEqual(["/updatedAt"]);
  });
});
