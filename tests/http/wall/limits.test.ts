// First: it stands in for the framework that everything below loads.
import "@/tests/fixtures/at-work";

import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { listProducts, productQuery } from "@/lib/catalog";
import { customerQuery, listCustomers } from "@/lib/customers";
import { listMembers } from "@/lib/members";
import { listBranches } from "@/lib/organizations";
import { database } from "@/tests/fixtures";
import { atWork, signIn } from "@/tests/fixtures/at-work";
import { actions } from "./actions";
import { isAction } from "./browser";
import { actionEntrances } from "./entrances";
import { mail } from "./entry";
import { outcomeOfAction } from "./outcome";
import { aWorld, type Ids, type World } from "./world";

type Metric = "branches" | "users" | "customers" | "products";

/** Every way to one more of what the plan limits; `before` takes away what the way brings back. */
const ways: readonly {
  readonly name: string;
  readonly metric: Metric;
  readonly before?: readonly string[];
}[] = [
  { name: "app/(store)/customers/actions.ts#createCustomerAction", metric: "customers" },
  { name: "app/(store)/pos/actions.ts#createCustomerAction", metric: "customers" },
  {
    name: "app/(store)/customers/actions.ts#restoreCustomerAction",
    metric: "customers",
    before: ["update public.customers set archived_at = now() where organization_id = $1 and id = $2"],
  },
  { name: "app/(store)/products/actions.ts#createProductAction", metric: "products" },
  {
    name: "app/(store)/products/actions.ts#restoreProductAction",
    metric: "products",
    before: ["update public.products set archived_at = now() where organization_id = $1 and id = $2"],
  },
  { name: "app/(store)/settings/branches/actions.ts#createBranchAction", metric: "branches" },
  {
    name: "app/(store)/settings/branches/actions.ts#restoreBranchAction",
    metric: "branches",
    // Its drawers are counted and its goods gone first: with either a branch is not archived.
    before: [
      `update public.cash_sessions set status = 'closed', closed_at = now(), counted = '{}', expected = '{}', cash_difference = 0
       where organization_id = $1 and branch_id = $2 and status = 'open'`,
      "update public.stock_levels set quantity = 0 where organization_id = $1 and branch_id = $2",
      "update public.branches set archived_at = now() where organization_id = $1 and id = $2",
    ],
  },
  { name: "app/(store)/settings/users/actions.ts#inviteMemberAction", metric: "users" },
  { name: "app/(store)/settings/users/actions.ts#resendInvitationAction", metric: "users" },
  ...["restoreMemberAction", "suspendMemberAction"].map((action) => ({
    name: `app/(store)/settings/users/actions.ts#${action}`,
    metric: "users" as const,
    before: ["update public.admin_users set status = 'removed' where organization_id = $1 and id = $2"],
  })),
];

/** The record that a way brings back. */
const subject: Record<Metric, keyof Ids> = {
  customers: "customer",
  products: "product",
  branches: "secondBranch",
  users: "member",
};

const entrances = new Map((await actionEntrances()).map(({ name, run }) => [name, run]));
const owner = () => database().owner;

function act(name: string, { own }: World) {
  const run: unknown = entrances.get(name);
  const action = actions[name];
  if (!action || !isAction(run)) throw new Error(`${name} is no action any more`);
  return outcomeOfAction(() => run(...action.send(own)));
}

async function counter({ vista }: World, metric: Metric) {
  const { rows } = await owner().query<{ used: number; max: number }>(
    "select n as used, max_count as max from public.usage_counters where organization_id = $1 and metric = $2",
    [vista.id, metric],
  );
  return rows[0];
}

/** A shop that has as much as it may have, or more: what is left after a smaller plan began. */
async function full(world: World, metric: Metric, before: readonly string[] = [], over = 0): Promise<void> {
  const { vista, own } = world;
  for (const statement of before) await owner().query(statement, [vista.id, own[subject[metric]]]);
  await owner().query(
    "update public.usage_counters set max_count = n - $3::int where organization_id = $1 and metric = $2",
    [vista.id, metric, over],
  );
}

describe.each(ways)("$name", ({ name, metric, before }) => {
  test.each([0, 1])("is refused with how much is used of what, %i over the limit", async (over) => {
    const world = await aWorld();
    await full(world, metric, before, over);
    await signIn(world.vista.owner);
    const usage = await counter(world, metric);
    const outcome = await act(name, world);
    expect(outcome).toMatchObject({ status: 402, code: "tier.limit_exceeded", faults: [] });
    const { limit } = JSON.parse(outcome.text) as { limit: { metric: Metric; used: number; max: number } };
    expect(limit).toMatchObject({ metric, max: usage?.max });
    expect(limit.used).toBeGreaterThanOrEqual(limit.max);
    expect(await counter(world, metric)).toEqual(usage);
  });
});

test("every action that adds to what a plan limits is among the ways", () => {
  const adding = /#(create|restore|invite|resend)(Customer|Product|Branch|Member|Invitation)Action$/;
  const found = Object.keys(actions).filter((name) => name.startsWith("app/(store)") && adding.test(name));
  expect(found.filter((name) => !ways.some((way) => way.name === name))).toEqual([]);
});

test("a shop with more than its plan holds reads and changes all of it, and nothing of it is gone", async () => {
  const world = await aWorld();
  const { vista } = world;
  for (const metric of ["customers", "products", "branches", "users"] as const)
    await full(world, metric, [], 1);
  const manager = await atWork(vista.store_manager);
  const read = async () => ({
    customers: (await listCustomers(manager, customerQuery.parse({}))).total,
    products: (await listProducts(manager, productQuery.parse({}))).total,
    branches: (await listBranches(manager)).length,
    users: (await listMembers(manager)).length,
  });
  const before = await read();
  expect(before.customers).toBe((await counter(world, "customers"))?.used);
  await signIn(vista.owner);
  for (const name of [
    "app/(store)/customers/actions.ts#updateCustomerAction",
    "app/(store)/products/actions.ts#updateProductAction",
    "app/(store)/settings/branches/actions.ts#updateBranchAction",
    "app/(store)/settings/users/actions.ts#changeAccessAction",
  ])
    expect(await act(name, world), name).toMatchObject({ status: 200, code: "" });
  await signIn(vista.store_manager);
  expect(await read()).toEqual(before);
});

test("an invitation whose place was taken meanwhile is refused with how much is used, and stays open", async () => {
  const world = await aWorld();
  const { vista } = world;
  const email = mail();
  await signIn(vista.owner);
  const invite: unknown = entrances.get("app/(store)/settings/users/actions.ts#inviteMemberAction");
  if (!isAction(invite)) throw new Error("inviting is no action any more");
  await invite(null, { email, role: "seller", branchIds: [vista.branch] });
  const { rows } = await owner().query<{ token: string }>(
    "select payload ->> 'token' as token from private.outbox where name = 'mail.invitation' and payload ->> 'to' = $1",
    [email],
  );
  await full(world, "users");
  const usage = await counter(world, "users");
  const invited = { userId: randomUUID(), sessionId: randomUUID(), email };
  await signIn(invited);
  const join: unknown = entrances.get("app/(public)/invite/[token]/actions.ts#joinAction");
  if (!isAction(join)) throw new Error("joining is no action any more");
  const outcome = await outcomeOfAction(() =>
    join(null, { token: rows[0]?.token ?? "", fullName: "Ana Rojas" }),
  );
  expect(outcome).toMatchObject({ status: 402, code: "tier.limit_exceeded", faults: [] });
  expect(outcome.text).toContain(`"used":${usage?.used},"max":${usage?.max}`);
  expect(await counter(world, "users")).toEqual(usage);
  const open = await owner().query(
    "select from public.invitations where email = $1 and accepted_at is null",
    [email],
  );
  expect(open.rowCount).toBe(1);
});
