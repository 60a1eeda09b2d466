/** What decides whether somebody sees an entry; any one of the permissions is enough, none means everybody. */
interface Entry {
  readonly key: string;
  readonly href: string;
  readonly section: "sell" | "shop" | "account" | "platform";
  readonly anyOf: readonly string[];
  /** Feature of the tier; without it the entry is shown with a lock and leads to the plans. */
  readonly feature?: string;
  /** Stands in the bar at the bottom of a phone. */
  readonly phone?: boolean;
  /** Current only on this very address, not on pages below. */
  readonly exact?: boolean;
}

/** Pages of the shop, in the order of a day at the counter. */
const storeNavigation = [
  { key: "home", href: "/", section: "sell", anyOf: [], phone: true, exact: true },
  { key: "pos", href: "/pos", section: "sell", anyOf: ["sales.create"], feature: "pos", phone: true },
  { key: "orders", href: "/orders", section: "sell", anyOf: ["orders.read"], phone: true },
  { key: "cashRegister", href: "/cash-register", section: "sell", anyOf: ["cash.operate", "cash.review"] },
  { key: "customers", href: "/customers", section: "shop", anyOf: ["customers.read"], phone: true },
  { key: "products", href: "/products", section: "shop", anyOf: ["products.read"] },
  { key: "inventory", href: "/inventory", section: "shop", anyOf: ["inventory.read"] },
  {
    key: "settings",
    href: "/settings",
    section: "account",
    anyOf: ["organization.manage", "branches.manage", "users.read"],
  },
  { key: "billing", href: "/billing", section: "account", anyOf: ["billing.read"] },
] as const satisfies readonly Entry[];

/** Pages of the console. */
const consoleNavigation = [
  { key: "dashboard", href: "/admin/saas-management/dashboard", section: "platform", anyOf: [], phone: true },
  {
    key: "organizations",
    href: "/admin/saas-management/organizations",
    section: "platform",
    anyOf: [],
    phone: true,
  },
  { key: "subscriptions", href: "/admin/saas-management/subscriptions", section: "platform", anyOf: [] },
  { key: "tiers", href: "/admin/saas-management/tiers", section: "platform", anyOf: [] },
  { key: "payments", href: "/admin/saas-management/payments", section: "platform", anyOf: [], phone: true },
  { key: "coupons", href: "/admin/saas-management/coupons", section: "platform", anyOf: [] },
  { key: "webhooks", href: "/admin/saas-management/webhooks", section: "platform", anyOf: [] },
  { key: "gateways", href: "/admin/saas-management/gateways", section: "platform", anyOf: [] },
] as const satisfies readonly Entry[];

export type StorePermission = (typeof storeNavigation)[number]["anyOf"][number];
export type NavigationKey =
  | (typeof storeNavigation)[number]["key"]
  | (typeof consoleNavigation)[number]["key"];

/** An entry as one person gets to see it. */
export interface NavigationItem {
  readonly key: NavigationKey;
  readonly href: string;
  readonly section: Entry["section"];
  readonly phone: boolean;
  readonly exact: boolean;
  /** The tier does not include it. */
  readonly locked: boolean;
}

/**
 * The entries that a member sees: what the role hides is absent, what the tier locks carries a lock.
 *
 * @param features of the member's tier
 */
export function navigationFor(member: {
  can: (permission: StorePermission) => boolean;
  features: readonly string[];
}): NavigationItem[] {
  return storeNavigation
    .filter(({ anyOf }) => anyOf.length === 0 || anyOf.some((permission) => member.can(permission)))
    .map((entry) =>
      item(entry, !member.features.includes("feature" in entry ? entry.feature : "") && "feature" in entry),
    );
}

/** The entries of the console; all of its staff see all of them. */
export function navigationOfConsole(): NavigationItem[] {
  return consoleNavigation.map((entry) => item(entry, false));
}

function item(entry: Entry & { readonly key: NavigationKey }, locked: boolean): NavigationItem {
  const { key, href, section, phone = false, exact = false } = entry;
  return { key, href, section, phone, exact, locked };
}
