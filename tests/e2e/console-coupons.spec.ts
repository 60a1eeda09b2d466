import { type Browser, expect, test } from "@playwright/test";
import { look } from "./support/database";
import { signedIn } from "./support/people";
import { watch } from "./support/watch";

const PATH = "/admin/saas-management/coupons";

test("staff make a coupon, a small shop sees the lower price, and once it is retired the checkout says why not", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const shop = await aTrialingShop();
  const code = await test.step("staff make a coupon of 25 % with a suggested code", () => make(browser));
  const checkout = `/billing/checkout?tier=${shop.tier}&interval=month`;
  const owner = await signedIn(browser, `owner@${shop.slug}.test`);
  const complaints = watch(owner);

  await test.step("the owner types it in and pays less", async () => {
    await owner.goto(checkout);
    await owner.getByLabel("Cupón").fill(code.toLowerCase());
    await owner.getByRole("button", { name: "Aplicar" }).click();
    await expect(owner.getByText(`Cupón ${code} aplicado.`)).toBeVisible();
    await expect(owner.getByText(pesos(shop.price - Math.floor(shop.price / 4))).first()).toBeVisible();
    await expect(owner.getByText(pesos(-Math.floor(shop.price / 4))).first()).toBeVisible();
  });
  await test.step("staff retire it", () => retire(browser, code));
  await test.step("the checkout refuses it in a sentence, and asks the whole price", async () => {
    await owner.goto(`${checkout}&coupon=${code}`);
    await expect(owner.getByRole("alert").filter({ hasText: "Este cupón no está vigente." })).toBeVisible();
    await expect(owner.getByText(pesos(shop.price)).first()).toBeVisible();
    await expect(owner.getByText(pesos(-Math.floor(shop.price / 4)))).toHaveCount(0);
  });
  complaints.none();
  await owner.context().close();
});

async function make(browser: Browser): Promise<string> {
  const page = await signedIn(browser, "root@opttius.test");
  const complaints = watch(page);
  await page.goto(PATH);
  await page.getByRole("link", { name: "Nuevo cupón" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Nuevo cupón" })).toBeVisible();

  const code = page.getByLabel("Código", { exact: true });
  const submit = page.getByRole("button", { name: "Crear cupón" });
  await page.getByLabel("Porcentaje", { exact: true }).fill("250");
  await code.fill("ñ");
  await submit.click();
  await expect(page.getByText("Usa de 3 a 32 letras sin acentos", { exact: false })).toBeVisible();
  await expect(page.getByText("Escribe un porcentaje de 1 a 100, con hasta dos decimales.")).toBeVisible();

  await page.getByRole("button", { name: "Sugerir un código" }).click();
  await expect(code).toHaveValue(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
  await page.getByLabel("Porcentaje", { exact: true }).fill("25");
  await page.getByLabel("Nota").fill("Feria óptica de Temuco");
  const suggested = await code.inputValue();
  await submit.click();
  await page.waitForURL(`**${PATH}/${suggested}?made=1`);
  await expect(page.getByText("Cupón creado")).toBeVisible();
  await expect(page.getByText(/25\s?% de descuento/)).toBeVisible();
  await expect(page.getByText("Nadie lo ha usado")).toBeVisible();

  await page.goto(`${PATH}/new`);
  await page.getByLabel("Código", { exact: true }).fill(suggested);
  await page.getByLabel("Porcentaje", { exact: true }).fill("10");
  await page.getByLabel("Nota").fill("Otra vez");
  await submit.click();
  await expect(page.getByText("Ya existe un cupón con este código. Elige otro.")).toBeVisible();
  complaints.none();
  await page.context().close();
  return suggested;
}

async function retire(browser: Browser, code: string): Promise<void> {
  const page = await signedIn(browser, "root@opttius.test");
  await page.goto(`${PATH}?q=${code}&state=active`);
  await page.getByRole("link", { name: code, exact: true }).click();
  await page.getByRole("button", { name: "Retirar", exact: true }).click();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText("conservan los pagos con descuento");
  await question.getByRole("button", { name: "Retirar", exact: true }).click();
  await expect(page.getByText("Retirado", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Retirar", exact: true })).toHaveCount(0);
  await page.context().close();
}

/** One of the demo's smaller shops that has not paid yet, with its plan's price for a month in pesos. */
async function aTrialingShop(): Promise<{ slug: string; tier: string; price: number }> {
  const [shop] = await look<{ slug: string; tier: string; price: string }>(
    `select o.slug, s.tier_code as tier, t.price_clp_month as price
     from public.subscriptions s join public.organizations o on o.id = s.organization_id
     join public.subscription_tiers t on t.code = s.tier_code and t.version = s.tier_version
     where s.status = 'trialing' and o.slug not in ('vista', 'lumina')
       and not exists (select from private.coupon_redemptions r where r.organization_id = o.id) order by o.slug limit 1`,
  );
  if (!shop) throw new Error("no small shop is on trial");
  return { ...shop, price: Number(shop.price) };
}

/** As the page writes it: `$74.250`, `$-24.750`. */
function pesos(minor: number): string {
  return new Intl.NumberFormat("es-CL", {
    style: "currency",
    currency: "CLP",
    currencyDisplay: "narrowSymbol",
    useGrouping: "always",
  }).format(minor);
}
