import { expect, type Page, test } from "@playwright/test";
import { newShop, order, way } from "./support/billing";
import { look } from "./support/database";
import { SETTLED } from "./support/mail";

/** The product's promise to whoever pays, as they see it on the screen. */
const ANSWERED_WITHIN_MS = 8_000;
/** What the breaker needs to see fail before it holds calls back, and more. */
const ENOUGH_FAILURES = 14;
const COUPON = "APAGON-10";
const CHECKOUT = `/billing/checkout?tier=basic&interval=year&coupon=${COUPON}`;

test("a gateway that fails or hangs leaves nobody waiting: within 8 s there is another way, and nothing typed is lost", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  await look(
    `insert into private.coupons (code, percent_bp, duration, note) values ($1, 1000, 'once', 'Browser tests')
     on conflict do nothing returning code`,
    [COUPON],
  );
  const { page } = await newShop(browser, "outage");
  try {
    await test.step("the owner chooses a year and types a coupon", () => typesTheCoupon(page));
    await test.step("Flow answers with an error", async () => {
      await order("faults", { gateway: "flow", operation: "payment/create", kind: "error500", rate: 1 });
      await isOfferedAnother(page, "Flow", "Mercado Pago");
    });
    await test.step("Mercado Pago does not answer at all", async () => {
      await order("faults", { gateway: "mercadopago", operation: "*", kind: "timeout", ms: 30_000, rate: 1 });
      await isOfferedAnother(page, "Mercado Pago", "PayPal");
    });
    await test.step("while Flow goes on failing, the checkout no longer proposes it", async () => {
      await failsAgainAndAgain(page);
      await page.goto(CHECKOUT);
      await expect(isMarked(page, "Flow")).toBeVisible();
      await expect(way(page, "Mercado Pago")).toBeChecked();
      await expect(page.getByRole("radio").last()).toHaveAccessibleName(/^Flow/);
    });
    await test.step("the other way takes the money", () => paysThroughPaypal(page));
  } finally {
    await order("heal");
    await test.step("Flow is back, and is proposed and works as before", () => worksAgain(page));
  }
  await page.context().close();
});

async function typesTheCoupon(page: Page): Promise<void> {
  await page.goto("/billing/checkout?tier=basic&interval=year");
  await page.getByLabel("Cupón").fill(COUPON.toLowerCase());
  await page.getByRole("button", { name: "Aplicar" }).click();
  await expect(page.getByText(`Cupón ${COUPON} aplicado.`)).toBeVisible();
  await expect(way(page, "Flow")).toBeChecked();
}

/** Presses pay and counts until the page says what to do instead. */
async function isOfferedAnother(page: Page, failing: string, next: string): Promise<void> {
  const price = await page
    .getByText(/^Total/)
    .locator("..")
    .first()
    .innerText();
  const began = Date.now();
  await page.getByRole("button", { name: new RegExp(`^Pagar .+ con ${failing}$`) }).click();
  await expect(
    page.getByText(`${failing} no responde ahora y no se cobró nada. Elegimos ${next}`, { exact: false }),
  ).toBeVisible({
    timeout: ANSWERED_WITHIN_MS,
  });
  const tookMs = Date.now() - began;
  test.info().annotations.push({ type: "answered", description: `${failing}: ${tookMs} ms` });
  expect(tookMs).toBeLessThan(ANSWERED_WITHIN_MS);
  await expect(isMarked(page, failing)).toBeVisible();
  await expect(way(page, next)).toBeChecked();
  await expect(page.getByRole("button", { name: new RegExp(`^Pagar .+ con ${next}$`) })).toBeEnabled();
  expect(
    await page
      .getByText(/^Total/)
      .locator("..")
      .first()
      .innerText(),
  ).toBe(price);
  await expect(page.getByRole("heading", { level: 1, name: "Pagar plan Básico" })).toBeVisible();
  await expect(page.getByText("Un año, IVA incluido.")).toBeVisible();
  await expect(page.getByText(`Cupón ${COUPON} aplicado.`)).toBeVisible();
}

/** What the checkout says under a gateway that does not answer. */
const isMarked = (page: Page, gateway: string) =>
  page
    .locator("label")
    .filter({ has: way(page, gateway) })
    .getByText("No responde ahora");

/** As many payers would, one after another; the page's own call, without its page. */
async function failsAgainAndAgain(page: Page): Promise<void> {
  const statuses = await page.evaluate(async (times) => {
    const seen: number[] = [];
    for (let n = 0; n < times; n += 1) {
      const answer = await fetch("/api/payments/intents", {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
        body: JSON.stringify({ gateway: "flow", tier: "basic", interval: "month" }),
      });
      seen.push(answer.status);
    }
    return seen;
  }, ENOUGH_FAILURES);
  expect(new Set(statuses)).toEqual(new Set([503]));
}

async function paysThroughPaypal(page: Page): Promise<void> {
  await way(page, "PayPal").check();
  await page.getByRole("button", { name: /^Pagar .+ con PayPal$/ }).click();
  await page.getByTestId("paypal-approve").click();
  await expect(page.getByText("Pago recibido")).toBeVisible(SETTLED);
  await expect(page.getByRole("cell", { name: "Básico · anual" }).first()).toBeVisible();
}

/** The breaker holds calls back for half a minute; whoever comes after that finds Flow first again. */
async function worksAgain(page: Page): Promise<void> {
  await expect(async () => {
    await page.goto("/billing/checkout?tier=basic&interval=year");
    await expect(way(page, "Flow")).toBeChecked({ timeout: 1_000 });
  }).toPass({ timeout: 45_000, intervals: [1_000] });
  await expect(isMarked(page, "Flow")).toHaveCount(0);
  await page.getByRole("button", { name: /^Pagar .+ con Flow$/ }).click();
  await expect(page.getByTestId("flow-approve")).toBeVisible();
}
