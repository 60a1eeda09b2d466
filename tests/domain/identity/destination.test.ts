import { describe, expect, test } from "vitest";
import { destinationOf, type Standing } from "@/lib/identity/context";

const nobody: Standing = {
  twoFactor: false,
  steppedUp: false,
  isStaff: false,
  isMember: false,
  organizations: 0,
};

describe("after signing in", () => {
  test.each<[string, Partial<Standing>, string | null, string]>([
    ["a member goes to the shop", { isMember: true, organizations: 1 }, null, "/"],
    ["a member goes where they were going", { isMember: true, organizations: 1 }, "/pos?x=1", "/pos?x=1"],
    ["a member with a second factor gives it first", { twoFactor: true }, "/pos", "/two-factor?next=%2Fpos"],
    ["staff without a second factor set one up", { isStaff: true }, null, "/two-factor"],
    ["staff with one give it", { isStaff: true, twoFactor: true }, null, "/two-factor"],
    [
      "staff who gave it go to the console",
      { isStaff: true, twoFactor: true, steppedUp: true },
      null,
      "/admin/saas-management",
    ],
    ["a person in two shops chooses", { organizations: 2 }, "/orders", "/organizations?next=%2Forders"],
    ["a person in none learns why", {}, "/orders", "/no-access"],
  ])("%s", (_, standing, next, path) => {
    expect(destinationOf({ ...nobody, ...standing }, next)).toBe(path);
  });
});
