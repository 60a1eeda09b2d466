// First: it stands in for the framework that everything below loads.
import "@/tests/fixtures/at-work";

import { join } from "node:path";
import { NextRequest } from "next/server";
import { isValidElement, type ReactNode } from "react";
import { beforeAll, describe, expect, test } from "vitest";
import { FeatureLocked } from "@/components/billing/feature-locked";
import { releasedFeatures, tierFeatures } from "@/lib/security/features";
import { permissions } from "@/lib/security/permissions";
import { committed, database } from "@/tests/fixtures";
import { cookieHeader, signIn } from "@/tests/fixtures/at-work";
import { digest, tenantTables } from "../../db/wall/tables";
import { root } from "../../repo/files";
import { actions } from "./actions";
import { APP_URL, isAction, isRoute } from "./browser";
import { actionEntrances, routeEntrances } from "./entrances";
import { doorless, featureDoors } from "./features";
import { type Outcome, outcomeOfAction, outcomeOfResponse } from "./outcome";
import { routes } from "./routes";
import { aWorld, type World } from "./world";

const entrances = new Map(
  [...(await actionEntrances()), ...(await routeEntrances())].map(({ name, run }) => [name, run]),
);

async function knock(name: string, { own }: World): Promise<Outcome> {
  const run: unknown = entrances.get(name);
  const [action, route] = [actions[name], routes[name]];
  if (action && isAction(run)) return outcomeOfAction(() => run(...action.send(own)));
  if (!route || !isRoute(run)) throw new Error(`${name} is no entrance`);
  const [method = "", path = ""] = name.split(" ");
  const { headers, body, query, params = {} } = route.send(own);
  const sent = { cookie: cookieHeader(), origin: APP_URL, "content-type": "application/json", ...headers };
  const request = new NextRequest(`${APP_URL}${path}?${new URLSearchParams(query)}`, {
    method,
    headers: sent,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return outcomeOfResponse(await run(request, { params: Promise.resolve(params) }));
}

/** Puts Vista on a version of its tier that nobody else can buy. */
async function putOn({ vista }: World, features: readonly string[]): Promise<void> {
  await database().owner.query(
    `with made as (
       insert into public.subscription_tiers (code, version, price_clp_month, price_clp_year, price_usd_month, price_usd_year, features,
                                              available_from, retired_at)
       select 'pro', 1000 + count(*), 1000, 10000, 200, 2000, $2, '2020-01-01', '2020-01-02' from public.subscription_tiers
       returning code, version)
     update public.subscriptions s set tier_code = made.code, tier_version = made.version from made
     where s.organization_id = $1 and s.status <> 'cancelled'`,
    [vista.id, features],
  );
}

const everythingOf = ({ vista }: World) =>
  committed(async (db) => JSON.stringify(await digest(db, await tenantTables(db), vista.id)));

test("every feature of the price list has its doors, or a reason for having none", () => {
  const told = [...Object.keys(featureDoors), ...Object.keys(doorless)].sort();
  expect(told).toEqual([...tierFeatures].sort());
  for (const feature of releasedFeatures) {
    const { pages, entrances: doors } = featureDoors[feature];
    expect(pages.length + doors.length, feature).toBeGreaterThan(0);
  }
});

test("the database shuts every permission of a feature, and each entrance of such a permission is a door of it", async () => {
  const { rows } = await database().owner.query<{ permission: string; feature: string }>(
    "select permission, private.feature_of(permission) as feature from unnest($1::text[]) permission where private.feature_of(permission) is not null",
    [permissions],
  );
  expect([...new Set(rows.map(({ feature }) => feature))].sort()).toEqual([...releasedFeatures].sort());
  for (const { permission, feature } of rows) {
    const needing = Object.entries({ ...actions, ...routes })
      .filter(([, { access }]) => access.for === "member" && access.permission === permission)
      .map(([name]) => name);
    const doors = Object.entries(featureDoors).flatMap(([name, { entrances: list }]) =>
      name === feature ? list : [],
    );
    expect(needing.filter((name) => !doors.includes(name))).toEqual([]);
  }
});

describe.each(releasedFeatures)("a shop whose plan leaves out %s", (feature) => {
  const { entrances: doors, pages } = featureDoors[feature];
  let world: World;
  beforeAll(async () => {
    world = await aWorld();
    await putOn(
      world,
      tierFeatures.filter((one) => one !== feature),
    );
  });

  test.each(doors)("is told so at %s, and nothing changes", async (name) => {
    await signIn(world.vista.owner);
    const before = await everythingOf(world);
    const outcome = await knock(name, world);
    expect(outcome).toMatchObject({ status: 402, code: "tier.feature_locked", faults: [] });
    expect(await everythingOf(world)).toBe(before);
  });

  test.each(pages)("finds at %s what it is for, and the way to the plans", async (file) => {
    for (const [person, mayUpgrade] of [
      [world.vista.owner, true],
      [world.vista.seller, false],
    ] as const) {
      await signIn(person);
      expect(lockedIn(await show(file))).toEqual({ feature, mayUpgrade });
    }
  });
});

test.each(releasedFeatures)("a shop whose plan includes %s finds all its doors open", async (feature) => {
  const world = await aWorld();
  await putOn(world, [feature]);
  await signIn(world.vista.owner);
  for (const name of featureDoors[feature].entrances) {
    const { code } = await knock(name, world);
    expect(`${name} ${code}`).not.toContain("tier.feature_locked");
  }
});

async function show(file: string): Promise<ReactNode> {
  const { default: page } = (await import(join(root, file))) as { default: (props: object) => ReactNode };
  return page({ params: Promise.resolve({}), searchParams: Promise.resolve({}) });
}

/** What the page says is locked; null where it shows its contents. */
function lockedIn(node: ReactNode): unknown {
  if (Array.isArray(node)) return node.map(lockedIn).find((found) => found !== null) ?? null;
  if (!isValidElement<{ children?: ReactNode }>(node)) return null;
  return node.type === FeatureLocked ? node.props : lockedIn(node.props.children);
}
