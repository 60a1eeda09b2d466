import type { Member } from "@/lib/security/member";

/** The sections of the settings and what they ask for. */
const sections = [
  { key: "shop", href: "/settings", permission: "organization.manage" },
  { key: "branches", href: "/settings/branches", permission: "branches.manage" },
  { key: "users", href: "/settings/users", permission: "users.read" },
  { key: "audit", href: "/settings/audit", permission: "audit.read" },
] as const;

/** The sections that a member may enter. */
export function settingsFor(member: Pick<Member, "can">) {
  return sections.filter(({ permission }) => member.can(permission));
}
