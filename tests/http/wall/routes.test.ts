// First: it stands in for the framework that everything below loads.
import "@/tests/fixtures/at-work";

import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import type { RouteHandler } from "@/lib/security/route";
import { cookieHeader, signIn } from "@/tests/fixtures/at-work";
import { APP_URL, isRoute } from "./browser";
import { routeEntrances } from "./entrances";
import { type Outcome, outcomeOfResponse } from "./outcome";
import { routes, type Sent } from "./routes";
import { besiege, type Case } from "./siege";
import { aWorld, unknownIds } from "./world";

const entrances = new Map((await routeEntrances()).map(({ name, run }) => [name, run]));

function handlerOf(name: string): RouteHandler {
  const run: unknown = entrances.get(name);
  if (!isRoute(run)) throw new Error(`${name} is no route any more`);
  return run;
}

/** Sends what a signed-in browser would send, with headers of another page where asked. */
async function knock(name: string, sent: Sent, disguise: Record<string, string> = {}): Promise<Outcome> {
  const [method = "", pattern = ""] = name.split(" ");
  const path = pattern.replaceAll(/\[(\w+)\]/g, (_, param: string) => sent.params?.[param] ?? "");
  const headers = {
    cookie: cookieHeader(),
    ...(method !== "GET" && { origin: APP_URL, "content-type": "application/json" }),
    ...sent.headers,
    ...disguise,
  };
  const request = new NextRequest(`${APP_URL}${path}?${new URLSearchParams(sent.query)}`, {
    method,
    headers,
    ...(sent.body !== undefined && { body: JSON.stringify(sent.body) }),
  });
  return outcomeOfResponse(await handlerOf(name)(request, { params: Promise.resolve(sent.params ?? {}) }));
}

test("every route is written down, and whom it is for", () => {
  expect([...entrances.keys()].sort()).toEqual(Object.keys(routes).sort());
});

test.each(Object.entries(routes))("%s keeps neighbours and strangers out", async (name, entrance) => {
  const attempt = (ids: Parameters<Case<Sent>["send"]>[0]) => knock(name, entrance.send(ids));
  expect(await besiege(await aWorld(), entrance, attempt)).toEqual([]);
});

const believing = Object.entries(routes).filter(
  ([name, { access }]) => !name.startsWith("GET ") && access.for !== "everybody",
);
test.each(believing)("%s refuses what another site made a browser send", async (name, entrance) => {
  const { vista, staff, own } = await aWorld();
  await signIn(entrance.access.for === "platform" ? staff : vista.owner);
  const disguises: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: `${APP_URL}.evil.example` },
    { origin: "http://sub.127.0.0.1:3000" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "content-type": "text/plain", origin: "https://evil.example" },
  ];
  for (const disguise of disguises) {
    const { status, code } = await knock(name, entrance.send(own), disguise);
    expect(`${JSON.stringify(disguise)} ${status} ${code}`).toBe(
      `${JSON.stringify(disguise)} 403 access.origin_refused`,
    );
  }
});

test.each(Object.entries(routes))("%s answers nonsense with a problem", async (name, entrance) => {
  const { vista, staff } = await aWorld();
  await signIn(entrance.access.for === "platform" ? staff : vista.owner);
  const sent = entrance.send(unknownIds());
  const odd = ["\u0000", "%00", "'; drop table orders; --", "../../etc/passwd", "x".repeat(5_000)];
  for (const text of odd) {
    const params = Object.fromEntries(Object.keys(sent.params ?? {}).map((key) => [key, text]));
    const query = { q: text, branchId: text, code: text, ids: text, payment: text };
    const body = sent.body === undefined ? {} : { body: { [text]: text } };
    const outcome = await knock(name, { ...sent, params, query, ...body });
    expect(outcome.faults).toEqual([]);
    expect(outcome.status === 503 || outcome.status < 500, `${outcome.status} ${outcome.text}`).toBe(true);
  }
});
