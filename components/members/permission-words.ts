import type { useTranslations } from "next-intl";
import type { Role } from "@/lib/members";

type Translate = ReturnType<typeof useTranslations<"members">>;

/** What the permissions are about, in the order of a day at the shop. */
const subjects = [
  "sales",
  "discounts",
  "orders",
  "cash",
  "customers",
  "products",
  "inventory",
  "organization",
  "branches",
  "users",
  "audit",
  "billing",
] as const;

/** Every permission that some role has, by what it is about, with a sentence each. */
export function permissionGroups(t: Translate, roles: readonly Role[]) {
  const permissions = [...new Set(roles.flatMap((role) => role.permissions))].sort();
  return subjects.map((subject) => ({
    subject,
    title: t(`groups.${subject}`),
    permissions: permissions
      .filter((permission) => permission.startsWith(`${subject}.`))
      .map((name) => ({ name, label: t(`permissions.${name}`) })),
  }));
}
