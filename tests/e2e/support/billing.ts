import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import { codeFor, hasMail, SETTLED } from "./mail";
import { signedIn, variable } from "./people";

const DAY_MS = 86_400_000;
/** After what a new shop has paid, trial and one month, and before a second charge would be due. */
const PAST_THE_FIRST_CHARGE_MS = 47 * DAY_MS;
/** A shop that signed up a moment ago, with its owner in front of the browser. */
export interface NewShop {
  readonly name: string;
  readonly email: string;
  readonly page: Page;
}

/** Signs a shop up as anybody does: the form, the code from the mail, a password. */
export async function newShop(browser: Browser, gateway: string): Promise<NewShop> {
  const mark = Date.now().toString(36);
  const name = `Óptica ${gateway} ${mark}`;
  const email = `owner-${mark}@${gateway}.test`;
  const page = await (await browser.newContext()).newPage();
  await page.goto("/signup");
  await page.locator("input[name=shopName]").fill(name);
  await page.locator("input[name=branchName]").fill("Casa matriz");
  await page.locator("input[name=fullName]").fill("Rosa Cáceres");
  await page.locator("input[name=email]").fill(email);
  await page.locator("button[type=submit]").click();
  await page.waitForURL("/signup/code");
  await page.locator("input[name=code]").fill(await codeFor(email));
  await page.locator("input[name=password]").fill(variable("DEMO_PASSWORD"));
  await page.locator("button[type=submit]").first().click();
  await page.waitForURL((url) => !url.pathname.startsWith("/signup"));
  return { name, email, page };
}

/** Orders something of the gateways' sandbox: `faults`, `clock`, `flow/refunds` … */
export async function order(what: string, body: Record<string, unknown> = {}): Promise<void> {
  const answer = await fetch(`${variable("SANDBOX_URL")}/control/${what}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  expect(answer.ok, `${what}: ${await answer.text()}`).toBe(true);
}

/** What a gateway's sandbox holds. */
export async function heldBy<State>(gateway: string): Promise<State> {
  const answer = await fetch(`${variable("SANDBOX_URL")}/control/state`);
  return ((await answer.json()) as Record<string, State>)[gateway] as State;
}

/** From the subscription to the checkout of a plan, for a month. */
export async function choosesThePlan(page: Page, name = "Básico"): Promise<void> {
  await page.goto("/billing");
  const plan = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });
  await plan.getByRole("link", { name: /^(Elegir mensual|Pagar otro mes)$/ }).click();
}

/** Chooses how to pay on the checkout, and leaves for the gateway's page. */
export async function leavesToPay(page: Page, gateway: string, plan = "Básico"): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: `Pagar plan ${plan}` })).toBeVisible();
  await way(page, gateway).check();
  await page.getByRole("button", { name: new RegExp(`^Pagar .+ con ${gateway}$`) }).click();
}

/** A way to pay, as the checkout offers it. */
export const way = (page: Page, gateway: string) =>
  page.getByRole("radio", { name: new RegExp(`^${gateway}`) });

/** Back from a payment that came to nothing: what happened is said, and the way on that is offered is taken. */
export async function isToldAndGoesOn(page: Page, said: string, wayOn: string): Promise<void> {
  await page.waitForURL(/\/billing\?payment=/);
  const news = page.getByRole("alert").filter({ hasText: said });
  await expect(news).toBeVisible(SETTLED);
  await news.getByRole("link", { name: wayOn }).click();
}

/** Back from the gateway: the page says that the plan is active, the mail says it too, and the invoice is there. */
export async function seesThePlanActive(shop: NewShop): Promise<void> {
  const { page } = shop;
  await page.waitForURL(/\/billing\?payment=/);
  await expect(page.getByText("Pago recibido")).toBeVisible(SETTLED);
  await expect(fact(page, "Tu plan", "Estado")).toHaveText("Activo");
  await hasMail(shop, /^Tu plan Básico está activo$/);
  await downloadsInvoice(page, 1);
}

/** Downloads the invoice of that number, and it is a PDF. */
export async function downloadsInvoice(page: Page, number: number): Promise<void> {
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: `Descargar el detalle ${number} en PDF` }).click();
  const file = await (await downloading).createReadStream();
  const [start] = (await file.take(1).toArray()) as Buffer[];
  expect(start?.subarray(0, 5).toString()).toBe("%PDF-");
}

/** From the subscription to the gateway's page on which one agrees to being charged each period. */
export async function leavesToAgree(page: Page, gateway: string): Promise<void> {
  await page.goto("/billing");
  await page.getByRole("link", { name: "Activar pago automático" }).click();
  await way(page, gateway).check();
  await page.getByRole("checkbox", { name: "Renovar automáticamente" }).check();
  await page.getByRole("button", { name: `Ir a ${gateway} y autorizar` }).click();
}

/** Back from the gateway: it collects from now on, and says when. */
export async function seesTheRenewalActive(page: Page, gateway: string): Promise<void> {
  await page.waitForURL(/\/billing\?renewal=/);
  await expect(page.getByText("Pago automático activado")).toBeVisible(SETTLED);
  await expect(fact(page, "Pago automático", "Medio")).toHaveText(gateway);
  await expect(fact(page, "Pago automático", "Próximo cobro")).toHaveText(/\d{4}/);
}

/**
 * A month passes at the gateway, and the next period and its invoice stand on the page.
 *
 * @returns until when the shop was paid before
 */
export async function seesTheNextPeriod(shop: NewShop): Promise<string> {
  const { page } = shop;
  const before = await paidUntil(page);
  await order("clock", { ms: PAST_THE_FIRST_CHARGE_MS });
  await showsOnceReloaded(page, () => invoice(page, 2));
  await expect(invoice(page, 2)).toContainText("Pagado");
  expect(await paidUntil(page)).not.toBe(before);
  await hasMail(shop, /^Recibimos tu pago de/);
  await downloadsInvoice(page, 2);
  return before;
}

/** Opens the shop's newest payment in the console. */
export async function paymentInConsole(browser: Browser, { name }: NewShop): Promise<Page> {
  const page = await signedIn(browser, "root@opttius.test");
  await page.goto(`/admin/saas-management/payments?q=${encodeURIComponent(name)}&status=succeeded`);
  await page.getByRole("row").filter({ hasText: name }).first().getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1, name: `Pago de ${name}` })).toBeVisible();
  return page;
}

/** Platform staff gives back the shop's newest payment, all of it, and says why. */
export async function refundsTheLastPayment(browser: Browser, shop: NewShop): Promise<Page> {
  const page = await paymentInConsole(browser, shop);
  await page.getByRole("button", { name: "Devolver" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Motivo").fill("Pagó dos veces el mismo mes");
  await dialog.getByRole("button", { name: "Devolver" }).click();
  await expect(page.getByText("Devolución registrada")).toBeVisible();
  return page;
}

/** The payment is given back in the console; the owner's invoice says so, and what was paid before is what is left. */
export async function seesItGivenBack(shop: NewShop, console: Page, paidBefore: string): Promise<void> {
  await showsOnceReloaded(console, () =>
    console.locator("main header").getByText("Devuelto", { exact: true }),
  );
  await console.context().close();
  const { page } = shop;
  await page.goto("/billing");
  await expect(invoice(page, 2)).toContainText("Devuelto");
  expect(await paidUntil(page)).toBe(paidBefore);
  await hasMail(shop, /^Devolvimos/);
}

/** The owner leaves: what was paid runs out, and nothing more is charged. */
export async function cancels(shop: NewShop): Promise<void> {
  const { page } = shop;
  await page.goto("/billing");
  await page.getByRole("button", { name: "Cancelar suscripción" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel("¿Por qué te vas?").fill("Cierro la óptica");
  await dialog.getByRole("button", { name: "Cancelar suscripción" }).click();
  await expect(page.getByText(/^Tu suscripción termina el/)).toBeVisible();
}

/** The row of an invoice. */
export function invoice(page: Page, number: number): Locator {
  return page
    .getByRole("table", { name: "Detalle de cobros" })
    .getByRole("row")
    .filter({ has: page.getByRole("link", { name: `Descargar el detalle ${number} en PDF` }) });
}

/** A fact of one of the page's cards. */
function fact(page: Page, card: string, name: string): Locator {
  return page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: card, exact: true }) })
    .locator("dt", { hasText: name })
    .locator("xpath=following-sibling::dd");
}

export const paidUntil = (page: Page) => fact(page, "Tu plan", "Pagado hasta").innerText();

/** What comes by itself while nobody looks: the page is loaded anew until it is there. */
async function showsOnceReloaded(page: Page, what: () => Locator): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(what()).toBeVisible({ timeout: 1_500 });
  }).toPass({ timeout: 30_000, intervals: [500] });
}
