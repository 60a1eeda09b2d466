import { inDaytime, islandHours, mallHours, streetHours } from "./calendar";
import shops from "./data/shops.json";
import type { PersonSpec } from "./members";
import { newRut } from "./people";
import type { Random } from "./random";
import type { BranchSpec, ShopSpec } from "./shop";
import type { State, Tier } from "./subscription";

const DAY_MS = 86_400_000;
/** Twelve months of sales, with a trial of two weeks before them. */
const FIRST_DAY_MS = 381 * DAY_MS;

/** Where the people of Óptica Vista work: seller and cashier not on the island, the workshop at the head office. */
const vistaBranches: Readonly<Record<string, readonly number[]>> = {
  optometrist: [0, 1],
  seller: [0, 1],
  cashier: [0, 1],
  workshop: [0],
  maipu: [1],
  hangaroa: [2],
};

/**
 * Óptica Vista: tier pro, three branches, one of them on Easter Island's clock. Nobody of the six has a drawer open,
 * and the seller has sold nothing today, so that a till can be opened as any of them.
 */
export function vista(now: Date): ShopSpec {
  const [head, mall, island] = shops.vista.branches;
  if (!head || !mall || !island) throw new Error("Óptica Vista has three branches.");
  const branches: BranchSpec[] = [
    {
      ...head,
      hours: streetHours,
      share: 0.55,
      assortment: 1,
      sellers: [
        { address: "seller", weight: 50, today: false },
        { address: "cashier", weight: 35 },
        { address: "manager", weight: 10 },
        { address: "owner", weight: 5, today: false },
      ],
    },
    {
      ...mall,
      hours: mallHours,
      share: 0.35,
      assortment: 0.85,
      sellers: [
        { address: "maipu", weight: 80, staysOpen: true },
        { address: "seller", weight: 20, today: false },
      ],
    },
    {
      ...island,
      hours: islandHours,
      share: 0.1,
      assortment: 0.4,
      suppliedBy: 0,
      sellers: [{ address: "hangaroa", weight: 1, staysOpen: true }],
    },
  ];
  return {
    slug: "vista",
    facts: shops.vista.facts,
    tier: "pro",
    state: "active",
    signedUpAt: new Date(now.getTime() - FIRST_DAY_MS),
    branches,
    people: [...castOf(shops.vista.people), ...shops.vista.staff.map(staff)].map(withBranches(vistaBranches)),
    maxUsers: 12,
    region: "santiago",
    customers: 1_200,
    products: 300,
    orders: 6_000,
  };
}

/** Óptica Lumina: tier basic, one branch, all but two of its 500 customers. */
export function lumina(random: Random, now: Date): ShopSpec {
  const sellers = [
    { address: "seller", weight: 50, today: false },
    { address: "cashier", weight: 30 },
    { address: "manager", weight: 20 },
  ];
  return {
    slug: "lumina",
    facts: { ...shops.lumina.facts, rut: newRut(random, new Set(), 76_000_000, 77_999_999) },
    tier: "basic",
    state: "active",
    signedUpAt: new Date(now.getTime() - FIRST_DAY_MS),
    branches: shops.lumina.branches.map((branch) => ({
      ...branch,
      hours: streetHours,
      share: 1,
      assortment: 1,
      sellers,
    })),
    people: castOf(shops.lumina.people),
    maxUsers: 10,
    region: "concepcion",
    customers: 498,
    products: 60,
    orders: 900,
  };
}

/** Twenty smaller shops of all tiers and fates, which signed up over twelve months. */
export function otherShops(random: Random, now: Date): ShopSpec[] {
  return shops.others.map((shop) => {
    const { slug, name, comuna, owner, zone = "America/Santiago" } = shop;
    const days = shop.days ?? (shop.months ?? 0) * 30.4 + random.integer(3, 12);
    // A debt is some days old, whatever the day of the month: the fourth day of a month that nobody paid.
    const lateDays = (shop.months ?? 0) * 30.4375 + 18;
    const daysAgo = shop.state === "past_due" ? lateDays : days;
    const signedUpAt = inDaytime(random, new Date(now.getTime() - Math.round(daysAgo * DAY_MS)), now);
    const busy = shop.state === "expired" ? 14 : days;
    const sellers = [
      { address: "seller", weight: 3 },
      { address: "owner", weight: 1 },
    ];
    return {
      slug,
      facts: {
        name,
        legal_name: `${name} SpA`,
        rut: newRut(random, new Set(), 76_000_000, 77_999_999),
        comuna,
        email: `contacto@${slug}.test`,
      },
      tier: shop.tier as Tier,
      state: shop.state as State,
      signedUpAt,
      branches: [
        {
          name: comuna,
          address: null,
          comuna,
          phone: null,
          zone,
          hours: streetHours,
          share: 1,
          assortment: 1,
          sellers,
        },
      ],
      people: [
        { address: "owner", name: owner, role: "owner" },
        {
          address: "seller",
          name: `${random.pick(shops.others).owner.split(" ")[0] ?? ""} ${owner.split(" ").at(-1) ?? ""}`,
          role: "seller",
        },
      ],
      region: "santiago",
      customers: Math.round(busy * (shop.tier === "basic" ? 0.3 : 0.6)) + 6,
      products: shop.tier === "basic" ? 32 : 48,
      orders: Math.round(busy * (shop.tier === "basic" ? 0.35 : 0.7)) + 3,
    } satisfies ShopSpec;
  });
}

function castOf(
  people: Record<"owner" | "manager" | "optometrist" | "seller" | "cashier" | "workshop", string>,
): PersonSpec[] {
  return [
    { address: "owner", name: people.owner, role: "owner" },
    { address: "manager", name: people.manager, role: "store_manager" },
    { address: "optometrist", name: people.optometrist, role: "optometrist" },
    { address: "seller", name: people.seller, role: "seller" },
    { address: "cashier", name: people.cashier, role: "cashier" },
    { address: "workshop", name: people.workshop, role: "workshop" },
  ];
}

function staff({ address, name }: { address: string; name: string }): PersonSpec {
  return { address, name, role: "seller" };
}

function withBranches(places: Readonly<Record<string, readonly number[]>>) {
  return (person: PersonSpec): PersonSpec => {
    const branches = places[person.address];
    return branches ? { ...person, branches } : person;
  };
}
