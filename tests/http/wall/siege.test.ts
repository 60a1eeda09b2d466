// First: it stands in for the framework that everything below loads.
import "@/tests/fixtures/at-work";

import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { memberRoute, platformRoute, publicRoute, type RouteHandler } from "@/lib/security/route";
import { database } from "@/tests/fixtures";
import { cookieHeader } from "@/tests/fixtures/at-work";
import { APP_URL } from "./browser";
import { outcomeOfResponse } from "./outcome";
import { type Access, besiege } from "./siege";
import { aWorld } from "./world";

// Would the siege see a hole? Each of these entrances has one.

const READ = "select surnames from public.customers where id = $1";
const asNobody = (text: string, values: unknown[]) =>
  database().owner.query<{ surnames: string }>(text, values);

async function breaches(handler: RouteHandler, access: Access): Promise<string[]> {
  const attempt = async (ids: { customer: string }) => {
    const request = new NextRequest(`${APP_URL}/api/hole?id=${ids.customer}`, {
      headers: { cookie: cookieHeader() },
    });
    return outcomeOfResponse(await handler(request, { params: Promise.resolve({}) }));
  };
  return besiege(await aWorld(), { access, send: (ids) => ids }, attempt);
}

const idOf = (request: NextRequest) => request.nextUrl.searchParams.get("id");
const ofMembers = { for: "member", permission: "customers.read" } as const;

test("a route that reads past the wall is found", async () => {
  const hole = memberRoute(async (_member, request) => {
    const { rows } = await asNobody(READ, [idOf(request)]);
    return { body: rows };
  }, "customers.read");
  expect(await breaches(hole, ofMembers)).toContain("an owner: reads what belongs to the neighbour");
});

test("a route that tells a neighbour's id from one that never existed is found", async () => {
  const hole = memberRoute(async (_member, request) => {
    const { rows } = await asNobody(READ, [idOf(request)]);
    throw new AppError(rows.length > 0 ? "access.forbidden" : "not_found");
  }, "customers.read");
  expect(await breaches(hole, ofMembers)).toContain(
    "an owner: gets 403 access.forbidden for a neighbour's id and 404 not_found for one that never existed",
  );
});

test("a route that writes past the wall is found", async () => {
  const hole = memberRoute(async (_member, request) => {
    await asNobody("update public.customers set notes = 'x' where id = $1", [idOf(request)]);
    return { body: {} };
  }, "customers.read");
  expect(await breaches(hole, ofMembers)).toContain("somebody: a row of the neighbour changed");
});

test("a route that forgets its permission, its session or its console is found", async () => {
  const answer = async () => ({ body: {} });
  expect(await breaches(memberRoute(answer), ofMembers)).toContain(
    "a workshop: without customers.read gets 200",
  );
  expect(await breaches(publicRoute(answer), ofMembers)).toContain("a visitor: gets 200 , not 401");
  expect(await breaches(memberRoute(answer), { for: "platform" })).toContain(
    "an owner: gets 200 , not 403 access.forbidden",
  );
  expect(await breaches(platformRoute(answer), ofMembers)).not.toEqual([]);
});

test("an answer that others may keep, and a refusal that tells of the inside, are found", async () => {
  const kept = memberRoute(async () => ({ body: {}, headers: { "cache-control": "public, max-age=60" } }));
  expect(await breaches(kept, { for: "member", permission: null })).toContain(
    'somebody: may be kept by anybody: cache-control is "public, max-age=60"',
  );
  const bare = memberRoute(async () => new Response("relation does not exist", { status: 500 }));
  expect(await breaches(bare, { for: "member", permission: null })).toContain(
    "somebody: answers 500 as text/plain;charset=UTF-8",
  );
});
