import type { useTranslations } from "next-intl";
import type { Role } from "@/lib/members";

type Translate = ReturnType<typeof useTranslations<"members">>;

/** What permissions are about, in the order of a day at the shop: a group and the first half of their names. */
const groups = [
  ["sales", ["sales", "discounts", "orders"]],
  ["cash", ["cash"]],
  ["customers", ["customers"]],
  ["catalogue", ["products", "inventory"]],
  ["administration", ["organization", "branches", "users", "audit"]],
  ["billing", ["billing"]],
] as const;

/** Every permission that some role has, by what it is about, with a sentence each. */
export function permissionGroups(t: Translate, roles: readonly Role[]) {
  const permissions = [...new Set(roles.flatMap((role) => role.permissions))].sort();
  return groups.map(([group, subjects]) => ({
    group,
    title: t(`groups.${group}`),
    permissions: subjects.flatMap((subject) =>
      permissions
        .filter((permission) => permission.startsWith(`${subject}.`))
        .map((name) => ({ name, label: t(`permissions.${name}`) })),
    ),
  }));
}
