import { type Browser, expect, type Page } from "@playwright/test";
import { TOTP } from "otpauth";

const STEP_MS = 30_000;
type State = Awaited<ReturnType<ReturnType<Page["context"]>["storageState"]>>;
const states = new Map<string, State>();

/** Somebody of the demo's cast, signed in through the form; later pages of the same person start signed in. */
export async function signedIn(
  browser: Browser,
  email: string,
  options: { colorScheme?: "light" | "dark" } = {},
): Promise<Page> {
  const known = states.get(email);
  const context = await browser.newContext({ ...(known && { storageState: known }), ...options });
  const page = await context.newPage();
  if (!known) {
    await signIn(page, email);
    states.set(email, await context.storageState());
  }
  return page;
}

/** Fills in the form of `/login`, and the second factor where the person has one. */
async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/login");
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(variable("DEMO_PASSWORD"));
  await page.locator("button[type=submit]").click();
  await page.waitForURL((url) => url.pathname !== "/login");
  if (new URL(page.url()).pathname === "/two-factor") await giveSecondFactor(page);
}

/** A code serves once: when the last sign-in used this half minute's, the next one is waited for. */
async function giveSecondFactor(page: Page): Promise<void> {
  const totp = new TOTP({ secret: variable("DEMO_TOTP_SECRET") });
  await expect(async () => {
    if (new URL(page.url()).pathname !== "/two-factor") return; // the last code was taken after all
    await page.locator("input[name=code]").fill(totp.generate());
    await page.locator("button[type=submit]").first().click();
    await page.waitForURL((url) => url.pathname !== "/two-factor", { timeout: 4_000 });
  }).toPass({ timeout: 2 * STEP_MS + 5_000, intervals: [3_000] });
}

/** A variable of the demo. */
export function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: the browser tests run against a demo (npm test)`);
  return value;
}
