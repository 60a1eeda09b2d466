import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { look } from "./support/database";
import { filled, NOBODY, pagePatterns, recordsOf } from "./support/doors";
import { findsNothing } from "./support/nothing";
import { signedIn, variable } from "./support/people";
import { watch } from "./support/watch";

// What is wrong with a page is told by the assertion; a trace of hundreds of looks costs more than the looks.
test.use({ trace: "off" });

const CONSOLE = "/admin/saas-management";
const patterns = pagePatterns();
const open = /^\/(login|signup|forgot-password|invite|two-factor|no-access|organizations)(\/|$)/;
const publicPages = patterns.filter((pattern) => open.test(pattern)).map((pattern) => filled(pattern));
/** What a page must be asked for to show itself. */
const questions: Readonly<Record<string, string>> = { "/billing/checkout": "?tier=premium&interval=month" };

/** The address of every page of the shop, with records of Óptica Vista in it. */
async function shopPages(): Promise<string[]> {
  const own = await recordsOf("Vista");
  return patterns
    .filter((pattern) => !open.test(pattern) && !pattern.startsWith(CONSOLE))
    .map((pattern) => known(pattern, own) + (questions[pattern] ?? ""));
}

/** The address of every page of the console. A notice of nobody's is sent, so that there is one to look at. */
async function consolePages(): Promise<string[]> {
  const body = new URLSearchParams({ token: randomUUID().replaceAll("-", "").toUpperCase() });
  expect((await fetch(`${variable("APP_URL")}/api/webhooks/flow`, { method: "POST", body })).status).toBe(
    200,
  );
  const [notice] = await look<{ id: string }>("select id::text from private.webhook_events limit 1");
  const records = {
    ...(await recordsOf("Vista")),
    noticeId: notice?.id ?? "",
    tierCode: "basic",
    couponCode: "LANZAMIENTO",
  };
  return patterns.filter((pattern) => pattern.startsWith(CONSOLE)).map((pattern) => known(pattern, records));
}

function known(pattern: string, records: Readonly<Record<string, string>>): string {
  const path = filled(pattern, records);
  if (path.includes(NOBODY)) throw new Error(`no record is known for ${pattern}`);
  return path;
}

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
];

test("every page is usable by everybody, in both themes, and told apart by its title", async ({
  browser,
}) => {
  test.setTimeout(900_000);
  const visitor = await (await browser.newContext()).newPage();
  const owner = await signedIn(browser, "owner@vista.test");
  const root = await signedIn(browser, "root@opttius.test");
  const found = await Promise.all(
    (
      [
        [visitor, publicPages],
        [owner, await shopPages()],
        [root, await consolePages()],
      ] as const
    ).map(async ([page, paths]) => {
      const barred: unknown[] = [];
      const titles = new Map<string, string>();
      for (const path of paths) {
        barred.push(...(await barriers(page, path)));
        const title = await page.title();
        const at = new URL(page.url()).pathname;
        const other = titles.get(title) ?? at;
        if (!title.endsWith(" · Opttius") || other !== at) barred.push({ path, title, other });
        titles.set(title, at);
      }
      await page.context().close();
      return barred;
    }),
  );
  expect(found.flat()).toEqual([]);
});

test("no page scrolls sideways, cuts a table off or complains, on a desk, a tablet and a telephone", async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const owner = await signedIn(browser, "owner@vista.test");
  const root = await signedIn(browser, "root@opttius.test");
  const wide = await Promise.all(
    (
      [
        [owner, await shopPages()],
        [root, await consolePages()],
      ] as const
    ).map(async ([page, paths]) => {
      const found: string[] = [];
      const complaints = watch(page);
      for (const path of paths) found.push(...(await tooWide(page, path)));
      complaints.none();
      await page.context().close();
      return found;
    }),
  );
  expect(wide.flat()).toEqual([]);
});

test("what a role may not see is not in its menu and not behind its address", async ({ browser }) => {
  const workshop = await signedIn(browser, "workshop@vista.test");
  await workshop.goto("/");
  await expect(
    workshop.getByRole("navigation").first().getByRole("link", { name: "Productos" }),
  ).toBeVisible();
  for (const [name, path] of [
    ["Punto de venta", "/pos"],
    ["Ventas", "/orders"],
    ["Clientes", "/customers"],
    ["Suscripción", "/billing"],
  ] as const) {
    await expect(workshop.getByRole("link", { name, exact: true })).toHaveCount(0);
    await findsNothing(workshop, path);
  }
  await findsNothing(workshop, "/admin/saas-management/dashboard");
  await workshop.context().close();
});

test("a record that does not exist is not found, and says so with 404", async ({ browser }) => {
  const owner = await signedIn(browser, "owner@vista.test");
  for (const path of ["customers", "products", "orders", "cash-register/sessions", "settings/users"]) {
    const answer = await owner.goto(`/${path}/00000000-0000-4000-8000-000000000000`);
    expect(answer?.status(), path).toBe(404);
    await expect(owner.getByRole("heading", { name: "No encontramos esta página" })).toBeVisible();
  }
  await owner.context().close();
});

test("a page on its way takes its place at once, and a row of a list is a link", async ({ browser }) => {
  const owner = await signedIn(browser, "owner@vista.test");
  await owner.goto("/customers");
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await owner.route(/\/customers\/[0-9a-f-]{36}/, async (route) => {
    await held;
    await route.continue();
  });
  const row = owner.getByRole("row").nth(1);
  const name = (await row.getByRole("link").textContent()) ?? "";
  await row.click();
  const old = owner.getByRole("heading", { name: "Clientes", level: 1 });
  await expect(old).toBeHidden();
  answer();
  await expect(owner).toHaveURL(/\/customers\/[0-9a-f-]{36}$/);
  await expect(owner.getByRole("heading", { level: 1 })).toContainText(name.split(",")[0] ?? name);
  await owner.context().close();
});

/** The sizes at which a page is wider than its window. */
async function tooWide(page: Page, path: string): Promise<string[]> {
  await page.goto(path);
  await page.locator("h1").first().waitFor();
  const found: string[] = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    await atRest(page);
    const beyond = await page.evaluate(() => {
      const { scrollWidth } = document.documentElement;
      // A table that shows every column by itself must fit; what may scroll says so (`keepShape`).
      const tables = [...document.querySelectorAll(".data-table-cards")];
      return Math.max(
        scrollWidth - window.innerWidth,
        ...tables.map((table) => table.scrollWidth - table.clientWidth),
      );
    });
    if (beyond > 1) found.push(`${path} at ${size.width}: ${beyond} px`);
  }
  return found;
}

/** Colours pass from one theme to the other, and the menu from wide to narrow; half way is neither. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    const moving = document.getAnimations().map(({ finished }) => finished);
    await Promise.race([Promise.allSettled(moving), new Promise((resolve) => setTimeout(resolve, 1_000))]);
  });
}

/**
 * What keeps somebody from using a page. The theme changes colours alone, so the dark one is asked about those. No page
 * frames another, so axe needs no tab of its own to gather its answers ("legacy"), which cost more than the questions.
 */
async function barriers(page: Page, path: string): Promise<unknown[]> {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(path);
  await page.locator("h1").first().waitFor();
  const light = await new AxeBuilder({ page }).setLegacyMode().analyze();
  await page.emulateMedia({ colorScheme: "dark" });
  await atRest(page);
  const dark = await new AxeBuilder({ page })
    .setLegacyMode()
    .withRules(["color-contrast", "link-in-text-block"])
    .analyze();
  return [
    ...light.violations.map((one) => ({ ...one, theme: "light" })),
    ...dark.violations.map((one) => ({ ...one, theme: "dark" })),
  ]
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, theme, nodes }) => ({
      path,
      theme,
      id,
      nodes: nodes.slice(0, 3).map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`),
    }));
}
