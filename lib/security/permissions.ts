/** What a member may do, as named in `private.roles`. A typo does not compile. */
export const permissions = [
  "audit.read",
  "billing.manage",
  "billing.read",
  "branches.manage",
  "cash.operate",
  "cash.review",
  "customers.export",
  "customers.read",
  "customers.write",
  "discounts.approve",
  "inventory.adjust",
  "inventory.read",
  "inventory.receive",
  "inventory.transfer",
  "orders.export",
  "orders.read",
  "orders.void",
  "organization.manage",
  "products.export",
  "products.read",
  "products.write",
  "sales.create",
  "users.manage",
  "users.read",
] as const;
export type Permission = (typeof permissions)[number];

/** Roles in a shop, from the widest to the narrowest. */
export const memberRoles = [
  "owner",
  "store_manager",
  "optometrist",
  "seller",
  "cashier",
  "workshop",
] as const;
export type MemberRole = (typeof memberRoles)[number];
