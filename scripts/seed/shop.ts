import type { ClientBase } from "pg";
import { businessDate, dayBounds } from "@/lib/time";
import { type AuditEntry, writeAudit } from "./audit";
import type { Hours } from "./calendar";
import { makeProducts, type Product } from "./catalogue";
import words from "./data/words.json";
import { playHistory } from "./history";
import { insertRows } from "./insert-rows";
import { type MemberRole, type Person, type PersonSpec, writePeople } from "./members";
import { makeCustomers, type Region } from "./people";
import type { BranchPlan } from "./plan";
import { at, type Random } from "./random";
import { writeHistory, writeRecords } from "./records";
import { openSubscription, type State, type SubscriptionPlan, type Tier, writeBilling } from "./subscription";

export interface BranchSpec {
  readonly name: string;
  readonly address: string | null;
  readonly comuna: string;
  readonly phone: string | null;
  readonly zone: string;
  readonly hours: Hours;
  readonly share: number;
  readonly assortment: number;
  /** Place of the branch that supplies it. */
  readonly suppliedBy?: number;
  /** Who sells there: address, how often, and whether today's drawer stays open; `today: false` has the day off. */
  readonly sellers: readonly { address: string; weight: number; today?: boolean; staysOpen?: boolean }[];
}

/** Everything that makes a shop of the demo. */
export interface ShopSpec {
  readonly slug: string;
  readonly facts: { readonly name: string } & Readonly<Record<string, string>>;
  readonly tier: Tier;
  readonly state: State;
  readonly signedUpAt: Date;
  readonly branches: readonly BranchSpec[];
  readonly people: readonly PersonSpec[];
  /** A maximum of users agreed with this shop, beyond its tier. */
  readonly maxUsers?: number;
  readonly region: Region;
  readonly customers: number;
  readonly products: number;
  readonly orders: number;
}

const DAY_MS = 86_400_000;
const ceilings: Record<MemberRole, number> = {
  owner: 2000,
  store_manager: 2000,
  seller: 1000,
  cashier: 500,
  optometrist: 0,
  workshop: 0,
};

/**
 * Writes a shop with people, records, goods, a past up to `now` and the trail of it.
 *
 * @param client the migration role, inside a transaction
 */
export async function writeShop(
  client: ClientBase,
  random: Random,
  spec: ShopSpec,
  password: string,
  now: Date,
): Promise<void> {
  const organization = {
    id: random.uuid(),
    slug: spec.slug,
    branches: spec.branches.map(() => random.uuid()),
  };
  await insertRows(client, "organizations", [
    {
      id: organization.id,
      slug: spec.slug,
      ...spec.facts,
      created_at: spec.signedUpAt,
      updated_at: spec.signedUpAt,
    },
  ]);
  if (spec.maxUsers) await agreeUsers(client, organization.id, spec.maxUsers, spec.signedUpAt);
  const plan = {
    organization: organization.id,
    tier: spec.tier,
    state: spec.state,
    signedUpAt: spec.signedUpAt,
    now,
  };
  const subscription = await openSubscription(client, random, { ...plan, owner: nobody });
  await writeBranches(client, organization, spec);
  const people = await writePeople(client, random, organization, spec.people, password, spec.signedUpAt);
  const [owner] = people;
  if (!owner) throw new Error(`The shop ${spec.slug} has no owner.`);
  await claimTrial(client, organization.id, owner, spec.signedUpAt);
  const billing = await writeBilling(client, random.fork("billing"), { ...plan, owner }, subscription);

  const first = new Date(Math.max(spec.signedUpAt.getTime(), now.getTime() - 365 * DAY_MS));
  const from = opensOn(first, spec.signedUpAt);
  const to = quietSince(spec, now);
  const region = { organization: organization.id, count: spec.customers, region: spec.region, from, to };
  const customers = makeCustomers(random.fork("customers"), region);
  const products = makeProducts(random.fork("products"), spec.products, from, to);
  const history = playHistory(random.fork("history"), {
    organization: organization.id,
    branches: spec.branches.map((branch, place) => branchPlan(branch, organization.branches, place, people)),
    customers,
    products,
    orders: spec.orders,
    manager: people.find(({ role }) => role === "store_manager") ?? owner,
    from,
    now: to,
  });
  await writeRecords(client, organization.id, customers, products);
  await writeHistory(client, organization.id, history);
  const trail = [
    ...billing,
    ...overrideTrail(spec, organization.id),
    ...priceTrail(products, owner),
    ...history.audit,
  ];
  await writeAudit(client, organization.id, trail);
}

/** Nine in the morning of a day in Chile, or the moment of the sign-up where that is later. */
function opensOn(day: Date, earliest: Date): Date {
  const { startsAt } = dayBounds(businessDate(day, "America/Santiago"), "America/Santiago");
  return new Date(Math.max(startsAt.getTime() + 9 * 3_600_000, earliest.getTime()));
}

const nobody = { userId: "", name: "", email: "" } satisfies SubscriptionPlan["owner"];

/** Shops that left have sold nothing since; a shop that never paid sold during its trial. */
function quietSince({ state, signedUpAt }: ShopSpec, now: Date): Date {
  if (state === "expired") return new Date(signedUpAt.getTime() + 14 * DAY_MS);
  const days = { trialing: 0, active: 0, past_due: 1, suspended: 9, cancelled: 32 }[state];
  return new Date(now.getTime() - days * DAY_MS);
}

async function agreeUsers(
  client: ClientBase,
  organization: string,
  maxUsers: number,
  moment: Date,
): Promise<void> {
  const row = {
    organization_id: organization,
    metric: "users",
    max_count: maxUsers,
    reason: words.limitReason,
    created_at: moment,
  };
  await insertRows(client, "limit_overrides", [row]);
}

async function writeBranches(
  client: ClientBase,
  organization: { id: string; branches: readonly string[] },
  spec: ShopSpec,
) {
  await insertRows(
    client,
    "branches",
    spec.branches.map(({ name, address, comuna, phone, zone, hours }, place) => ({
      organization_id: organization.id,
      id: at(organization.branches, place),
      name,
      address,
      comuna,
      phone,
      time_zone: zone,
      hours,
      created_at: spec.signedUpAt,
    })),
  );
}

async function claimTrial(
  client: ClientBase,
  organization: string,
  owner: Person,
  moment: Date,
): Promise<void> {
  await client.query(
    "insert into private.trial_claims (identity, user_id, organization_id, claimed_at) values (private.canonical_email($1), $2, $3, $4)",
    [owner.email, owner.userId, organization, moment],
  );
}

function branchPlan(
  spec: BranchSpec,
  branches: readonly string[],
  place: number,
  people: readonly Person[],
): BranchPlan {
  const { zone, hours, share, assortment, suppliedBy } = spec;
  const sellers = spec.sellers.flatMap(({ address, weight, today = true, staysOpen = false }) => {
    const person = people.find((other) => other.address === address);
    return person ? [{ ...person, weight, today, staysOpen, maxDiscountBp: ceilings[person.role] }] : [];
  });
  const supplier = suppliedBy === undefined ? null : at(branches, suppliedBy);
  return { id: at(branches, place), zone, hours, share, assortment, suppliedBy: supplier, sellers };
}

function overrideTrail({ maxUsers, signedUpAt }: ShopSpec, organization: string): AuditEntry[] {
  if (!maxUsers) return [];
  return [
    {
      at: new Date(signedUpAt.getTime() + 3_600_000),
      actor: { userId: null, name: "Opttius" },
      via: "console",
      action: "limit.overridden",
      objectType: "organizations",
      objectId: organization,
      reason: words.limitReason,
      changes: { metric: "users", max: maxUsers },
    },
  ];
}

function priceTrail(products: readonly Product[], owner: Person): AuditEntry[] {
  return products.flatMap(({ id, prices }) =>
    prices.slice(1).map(({ from, price }, index) => ({
      at: from,
      actor: owner,
      action: "products.updated",
      objectType: "products",
      objectId: id,
      changes: { price: [at(prices, index).price, price] },
    })),
  );
}
