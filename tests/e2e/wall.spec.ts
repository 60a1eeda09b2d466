import { readFileSync } from "node:fs";
import {
  type APIRequestContext,
  type APIResponse,
  expect,
  request as requests,
  test,
} from "@playwright/test";
import {
  builtActions,
  filled,
  NOBODY,
  pagePatterns,
  readingRoutes,
  recordsOf,
  sentFiles,
} from "./support/doors";
import { signedIn, variable } from "./support/people";

const CONSOLE = "/admin/saas-management";
const consolePages = pagePatterns().filter((pattern) => pattern.startsWith(CONSOLE));
const openPages = [/^\/(login|signup|forgot-password|invite|two-factor|no-access|organizations)(\/|$)/];
const shopPages = pagePatterns().filter(
  (pattern) => !pattern.startsWith(CONSOLE) && !openPages.some((open) => open.test(pattern)),
);

/** One request without following where it sends the browser. */
const look = (at: APIRequestContext, path: string) => at.get(path, { maxRedirects: 0 });

test.describe("the wall from outside", () => {
  let visitor: APIRequestContext;
  test.beforeAll(async () => {
    visitor = await requests.newContext({ baseURL: variable("APP_URL") });
  });
  test.afterAll(() => visitor.dispose());

  test("the console is not there for owners and sellers, and asks everybody else who they are", async ({
    browser,
  }) => {
    test.setTimeout(120_000);
    expect(consolePages.length).toBeGreaterThan(3);
    for (const email of ["owner@vista.test", "seller@vista.test"]) {
      const { request } = (await signedIn(browser, email)).context();
      for (const pattern of consolePages)
        expect(`${pattern} ${(await look(request, filled(pattern))).status()}`).toBe(`${pattern} 404`);
    }
    for (const pattern of consolePages) {
      const answer = await look(visitor, filled(pattern));
      expect(`${pattern} ${whereTo(answer)}`).toBe(`${pattern} /login`);
    }
  });

  test("the console wants the second factor of staff who gave only the password", async ({ browser }) => {
    const page = await (await browser.newContext()).newPage();
    await page.goto("/login");
    await page.locator("input[name=email]").fill("root@opttius.test");
    await page.locator("input[name=password]").fill(variable("DEMO_PASSWORD"));
    await page.locator("button[type=submit]").click();
    await page.waitForURL((url) => url.pathname === "/two-factor");
    for (const pattern of consolePages)
      expect(`${pattern} ${whereTo(await look(page.request, filled(pattern)))}`).toBe(
        `${pattern} /two-factor`,
      );
    await page.context().close();
  });

  test("every page of a shop sends a visitor to sign in", async () => {
    expect(shopPages.length).toBeGreaterThan(20);
    for (const pattern of shopPages)
      expect(`${pattern} ${whereTo(await look(visitor, filled(pattern)))}`).toBe(`${pattern} /login`);
  });

  test("a neighbour's record looks like one that never existed", async ({ browser }) => {
    test.setTimeout(120_000);
    const theirs = await recordsOf("Lumina");
    const own = await recordsOf("Vista");
    const { request } = (await signedIn(browser, "owner@vista.test")).context();
    const unnamed: string[] = [];
    for (const pattern of shopPages.filter((one) => one.includes("["))) {
      const names = [...pattern.matchAll(/\[(\w+)\]/g)].map(([, name = ""]) => name);
      if (names.some((name) => !theirs[name] || !own[name])) unnamed.push(pattern);
      const foreign = await look(request, filled(pattern, theirs));
      const unknown = await look(request, filled(pattern));
      expect(`${pattern} ${foreign.status()}`).toBe(`${pattern} ${unknown.status()}`);
      expect(readable(await foreign.text(), Object.values(theirs))).toBe(
        readable(await unknown.text(), [NOBODY]),
      );
      // The count of a drawer that was closed long ago leads to its report.
      const path = filled(pattern, own);
      const shown = whereTo(await look(request, path));
      expect(shown === "200" || path.startsWith(`${shown}/`), `${pattern} ${shown}`).toBe(true);
    }
    expect(unnamed, "pages whose ids recordsOf() does not know").toEqual([]);
  });

  test("no server action listens to another site, and the console's to nobody of a shop", async ({
    browser,
  }) => {
    test.setTimeout(180_000);
    const owner = (await signedIn(browser, "owner@vista.test")).context().request;
    const actions = builtActions();
    expect(actions.length).toBeGreaterThan(30);
    for (const action of actions) {
      for (const origin of ["https://evil.example", "null"]) {
        const refused = await act(owner, action, origin);
        expect(`${action.name} ${refused.status() >= 400}`).toBe(`${action.name} true`);
      }
    }
    const consoles = actions.filter(({ name }) => name.includes("admin/saas-management"));
    expect(consoles.length).toBeGreaterThan(3);
    for (const action of consoles) {
      expect(await (await act(owner, action)).text(), action.name).toContain('"code":"access.forbidden"');
      expect(await (await act(visitor, action)).text(), action.name).toContain(
        '"code":"access.unauthenticated"',
      );
      // From a page that anybody may open, too.
      const elsewhere = { ...action, path: "/login" };
      expect(await (await act(visitor, elsewhere)).text(), action.name).not.toContain('"ok":true');
    }
  });

  test("every answer carries the headers that keep a browser from being tricked", async ({ browser }) => {
    test.setTimeout(180_000);
    const owner = (await signedIn(browser, "owner@vista.test")).context().request;
    const own = await recordsOf("Vista");
    const nonces = new Set<string>();
    for (const at of [owner, visitor]) {
      for (const pattern of [...pagePatterns(), "/no-such-page"]) {
        const answer = await look(at, filled(pattern, own));
        expectHeaders(answer, pattern);
        const nonce = expectPolicy(answer, pattern);
        expect(nonces.has(nonce), `${pattern} repeats a nonce`).toBe(false);
        nonces.add(nonce);
        for (const [tag] of (await answer.text()).matchAll(/<script\b[^>]*>/g))
          expect(`${pattern} ${tag}`).toContain(`nonce="${nonce}"`);
      }
      for (const pattern of readingRoutes()) expectHeaders(await look(at, filled(pattern, own)), pattern);
    }
  });

  test("no secret leaves the server, in a file or in a page", async ({ browser }) => {
    test.setTimeout(120_000);
    const secrets = secretsOf(process.env);
    expect(secrets.length).toBeGreaterThan(5);
    const files = sentFiles();
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => file.endsWith(".map"))).toEqual([]);
    for (const file of files) expectNoSecret(readFileSync(file, "latin1"), file, secrets);
    const own = await recordsOf("Vista");
    const owner = (await signedIn(browser, "owner@vista.test")).context().request;
    for (const at of [owner, visitor])
      for (const pattern of [...pagePatterns(), ...readingRoutes()]) {
        const answer = await look(at, filled(pattern, own));
        expectNoSecret((await answer.text()) + JSON.stringify(answer.headers()), pattern, secrets);
      }
  });
});

/** Sends a server action as a page of ours would, or as another site's. */
function act(
  at: APIRequestContext,
  { id, path }: { id: string; path: string },
  origin = variable("APP_URL"),
) {
  return at.post(path, {
    headers: { "next-action": id, origin, "content-type": "text/plain;charset=UTF-8" },
    data: Buffer.from("[null,{}]"),
    maxRedirects: 0,
  });
}

/** The path to which an answer sends the browser; its status where it sends nowhere. */
function whereTo(answer: APIResponse): string {
  const location = answer.headers()["location"];
  return location ? new URL(location, variable("APP_URL")).pathname : String(answer.status());
}

/** What a person can read of a page, with its own ids made alike. */
function readable(html: string, ids: readonly string[]): string {
  // The title comes with the head or later in the stream, whichever is ready first: it is read at the end.
  const titles = [...html.matchAll(/<title>[^<]*<\/title>/g)].map(([title]) => title);
  const text = [html.replaceAll(/<title>[^<]*<\/title>/g, ""), ...titles]
    .join(" ")
    .replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/g, "")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");
  return ids.reduce((rest, id) => rest.replaceAll(id, "…"), text);
}

function expectHeaders(answer: APIResponse, pattern: string): void {
  const headers = answer.headers();
  expect(headers, pattern).toMatchObject({
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": expect.stringMatching(/strict-origin-when-cross-origin|no-referrer|same-origin/),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-permitted-cross-domain-policies": "none",
    "permissions-policy": expect.stringContaining("geolocation=()"),
    "strict-transport-security": expect.stringMatching(/^max-age=\d{8}/),
    "cache-control": expect.stringMatching(/no-store|private/),
  });
  expect(headers["x-powered-by"], pattern).toBeUndefined();
}

/** The policy of a page: scripts by nonce alone, no frames. Returns the nonce. */
function expectPolicy(answer: APIResponse, pattern: string): string {
  const policy = answer.headers()["content-security-policy"] ?? "";
  const scripts = /script-src ([^;]+)/.exec(policy)?.[1] ?? "";
  expect(`${pattern} ${scripts}`).toMatch(/'nonce-[\w+/=]{20,}'/);
  expect(`${pattern} ${scripts}`).not.toMatch(/unsafe-inline|unsafe-eval|\*|https?:/);
  for (const rule of ["frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "default-src 'self'"])
    expect(`${pattern} ${policy}`).toContain(rule);
  return /'nonce-([\w+/=]+)'/.exec(scripts)?.[1] ?? "";
}

/** The values that only servers may know, and the passwords inside of addresses. */
function secretsOf(environment: NodeJS.ProcessEnv): string[] {
  const secret = /SECRET|PASSWORD|_KEY$|TOKEN|DATABASE_URL|SMTP_URL/;
  return Object.entries(environment).flatMap(([name, value = ""]) => {
    if (!secret.test(name) || name.includes("PUBLISHABLE") || value.length < 8) return [];
    const inside = URL.canParse(value) ? new URL(value).password : "";
    return inside.length >= 8 ? [value, inside] : [value];
  });
}

function expectNoSecret(text: string, where: string, secrets: readonly string[]): void {
  const found = secrets.filter((secret) => text.includes(secret));
  expect(found.length, `${where} holds a secret of the environment`).toBe(0);
  expect(
    /postgres(ql)?:\/\/|service_role|BEGIN [A-Z ]*PRIVATE KEY|eyJ[\w-]{10,}\.eyJ/.test(text),
    where,
  ).toBe(false);
}
