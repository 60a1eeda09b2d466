import { NextRequest } from "next/server";
import { describe, expect, test } from "vitest";
import { signIn } from "@/lib/identity";
import { SESSION_COOKIE } from "@/lib/security/session";
import { config, proxy } from "@/proxy";
import { aVisitor, identityServer, PASSWORD, whoIs } from "../support/identity-server";
import { aShopWithPeople, customersSeenBy } from "./identity-cast";

const server = identityServer();
const ask = (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(`http://127.0.0.1:3000${path}`, { headers }));
const directive = (policy: string | null, name: string) =>
  policy?.split("; ").find((each) => each.startsWith(`${name} `)) ?? "";

describe("the policy of a page", () => {
  test("lets scripts run by a nonce that is new each time, and frames the page nowhere", async () => {
    const [first, second] = await Promise.all([ask("/login"), ask("/login")]);
    const policy = first.headers.get("content-security-policy");
    expect(directive(policy, "script-src")).toMatch(
      /^script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}' 'strict-dynamic'$/,
    );
    expect(directive(policy, "frame-ancestors")).toBe("frame-ancestors 'none'");
    expect(directive(policy, "base-uri")).toBe("base-uri 'none'");
    expect(directive(policy, "object-src")).toBe("object-src 'none'");
    expect(directive(policy, "img-src")).toBe("img-src 'self' data: blob:");
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/);
    expect(second.headers.get("content-security-policy")).not.toBe(policy);
    // The framework finds the nonce in the request.
    expect(first.headers.get("x-middleware-request-content-security-policy")).toBe(policy);
  });

  test("is not one for routes, and pages are kept by nobody", async () => {
    const [page, route] = await Promise.all([ask("/customers"), ask("/api/pos/sales")]);
    expect(page.headers.get("cache-control")).toBe("private, no-store");
    expect(route.headers.get("content-security-policy")).toBeNull();
  });
});

describe("a request", () => {
  test("has a number, the proxy's before ours if it looks like one", async () => {
    const made = (await ask("/login")).headers;
    expect(made.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(made.get("x-middleware-request-x-request-id")).toBe(made.get("x-request-id"));
    const kept = await ask("/login", { "x-request-id": "abcDEF-12345678" });
    expect(kept.headers.get("x-request-id")).toBe("abcDEF-12345678");
    const refused = await ask("/login", { "x-request-id": "x\ty".repeat(3) });
    expect(refused.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("says where it goes in our words, not in the browser's", async () => {
    const { headers } = await ask("/orders?page=2", { "x-request-path": "//evil.example" });
    expect(headers.get("x-middleware-request-x-request-path")).toBe("/orders?page=2");
  });

  test.each([
    ["/_next/static/chunks/a.js", false],
    ["/icon.svg", false],
    ["/icons.svg", false],
    ["/api/health/ready", false],
    ["/api/metrics", false],
    ["/api/webhooks/flow", false],
    ["/api/v1/customers", false],
    ["/api/pos/sales", true],
    ["/api/v10/x", true],
    ["/api/metricsx", true],
    ["/login", true],
    ["/", true],
    ["/icon.svg/x", true],
    ["/iconss.svg", true],
  ])("to %s passes the proxy: %s", (path, passes) => {
    expect(new RegExp(`^${config.matcher[0]}$`).test(path)).toBe(passes);
  });
});

describe("a session in a browser", () => {
  test("that is fresh is left alone", async () => {
    const { seller } = await aShopWithPeople(server);
    const visitor = aVisitor();
    await signIn(visitor, { email: seller.email, password: PASSWORD });
    const { headers } = await ask("/", { cookie: `${SESSION_COOKIE}=${visitor.jar.get(SESSION_COOKIE)}` });
    expect(headers.getSetCookie()).toEqual([]);
  });

  test("near its end is renewed for the browser and for this very request, and old chunks go", async () => {
    const { seller } = await aShopWithPeople(server);
    const visitor = aVisitor();
    await signIn(visitor, { email: seller.email, password: PASSWORD });
    const aged = withExpiry(visitor.jar.get(SESSION_COOKIE) ?? "", 45);
    const { headers } = await ask("/", {
      cookie: `locale=en; ${SESSION_COOKIE}=${aged}; ${SESSION_COOKIE}.1=stale`,
    });

    const set = headers.getSetCookie();
    const fresh = set.find((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`)) ?? "";
    expect(fresh).toMatch(/Path=\/;.*HttpOnly; SameSite=lax/);
    expect(set.find((cookie) => cookie.startsWith(`${SESSION_COOKIE}.1=;`))).toContain("Max-Age=0");
    const value = decodeURIComponent(/^session=([^;]+)/.exec(fresh)?.[1] ?? "");
    expect(value).not.toBe(aged);
    const forwarded = headers.get("x-middleware-request-cookie") ?? "";
    expect(forwarded).toContain("locale=en");
    expect(forwarded).toContain(value);
    expect(forwarded).not.toContain("stale");
    visitor.jar.set(SESSION_COOKIE, value);
    expect(await customersSeenBy(await whoIs(visitor))).toBe(1);
  });

  test("that the auth server refuses is taken out of the browser once it is over", async () => {
    const dead = `base64-${Buffer.from(JSON.stringify({ access_token: "x", refresh_token: "y", expires_at: 1 })).toString("base64url")}`;
    const { headers } = await ask("/", { cookie: `${SESSION_COOKIE}=${dead}` });
    expect(headers.getSetCookie()).toEqual([expect.stringMatching(/^session=;.*Max-Age=0/) as string]);
    expect(headers.get("x-middleware-request-cookie") ?? "").not.toContain("session=");
  });
});

/** The same session, about to expire. */
function withExpiry(cookie: string, seconds: number): string {
  const session = JSON.parse(Buffer.from(cookie.slice("base64-".length), "base64url").toString()) as object;
  const aged = { ...session, expires_at: Math.floor(Date.now() / 1000) + seconds };
  return `base64-${Buffer.from(JSON.stringify(aged)).toString("base64url")}`;
}
