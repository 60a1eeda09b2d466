import { expect, type Page, test } from "@playwright/test";
import { look } from "./support/database";
import { signedIn } from "./support/people";
import { watch } from "./support/watch";

const TIERS = "/admin/saas-management/tiers";
// Premium: no other story buys it, so that the rest of the suite finds its prices whenever it runs.
const code = "premium";

interface Version {
  readonly version: number;
  readonly price: number;
}

/** The newest version of premium, for the console to replace. */
async function newest(): Promise<Version> {
  const [row] = await look<Version>(
    "select version, price_clp_month::int as price from public.subscription_tiers where code = $1 order by version desc limit 1",
    [code],
  );
  if (!row) throw new Error("premium is not sold");
  return row;
}

const pesos = (amount: number) => `$${amount.toLocaleString("es-CL")}`;

test("staff publishes a dearer premium: who has it keeps its price, who buys it later pays the new one", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const root = await signedIn(browser, "root@opttius.test");
  const complaints = watch(root);
  const old = await newest();
  const price = old.price + 10_000;

  await test.step("the form says what will change, and that present shops keep theirs", async () => {
    await root.goto(`${TIERS}/${code}/new`);
    const publish = root.getByRole("button", { name: `Publicar versión ${old.version + 1}` });
    await expect(publish).toBeDisabled();
    await root.getByLabel("Precio mensual en pesos").fill(String(price));
    await expect(
      root.getByText(`Precio mensual en pesos: ${pesos(old.price)} → ${pesos(price)}`),
    ).toBeVisible();
    await expect(root.getByText(/conserva.* su versión/)).toBeVisible();
  });

  await test.step("a price that nobody can pay is refused at its field, and the rest stays typed", async () => {
    const dollars = root.getByLabel("Precio mensual en dólares");
    const usual = await dollars.inputValue();
    await dollars.fill("12,345");
    await root.getByRole("button", { name: "Publicar versión" }).click();
    await expect(root.getByText("Escribe dólares con hasta dos decimales", { exact: false })).toBeVisible();
    await expect(dollars).toBeFocused();
    await dollars.fill(usual);
  });

  await test.step("a colleague who began from the same version is told so, and keeps what was typed", async () => {
    const colleague = await root.context().newPage();
    await colleague.goto(`${TIERS}/${code}/new`);
    await colleague.getByLabel("Precio mensual en pesos").fill("1000");
    await root.getByRole("button", { name: "Publicar versión" }).click();
    await root.waitForURL(`**${TIERS}`);
    await colleague.getByRole("button", { name: "Publicar versión" }).click();
    await expect(colleague.getByText("Otra persona publicó una versión", { exact: false })).toBeVisible();
    await expect(colleague.getByLabel("Precio mensual en pesos")).toHaveValue("1.000");
    await colleague.close();
  });

  await test.step("the list marks what is new, and leads to the shops of each version", async () => {
    const table = root.getByRole("table", { name: "Versiones del plan Premium" });
    const [fresh, kept] = [table.getByRole("row").nth(1), table.getByRole("row").nth(2)];
    await expect(fresh).toContainText("En venta");
    await expect(fresh.locator("mark")).toHaveText([pesos(price)]);
    await expect(fresh).toContainText(`antes ${pesos(old.price)}`);
    await expect(kept).toContainText("Retirada");
    expect(await kept.getByRole("link").getAttribute("href")).toBe(
      `/admin/saas-management/subscriptions?tier=${code}&version=${old.version}`,
    );
  });
  complaints.none();
  await root.context().close();

  const [holder] = await look<{ email: string; price: number }>(
    `select m.email, t.price_clp_month::int as price from public.subscriptions s
     join public.subscription_tiers t on t.code = s.tier_code and t.version = s.tier_version
     join public.admin_users m on m.organization_id = s.organization_id and m.role = 'owner' and m.status = 'active'
     where s.tier_code = $1 and s.tier_version = 1 and s.status = 'active' order by m.email limit 1`,
    [code],
  );
  await test.step("a shop that has premium sees its own price", async () => {
    const page = await signedIn(browser, holder?.email ?? "");
    await page.goto("/billing");
    await expect(plan(page)).toContainText(pesos(holder?.price ?? 0));
    await expect(page.getByText(pesos(price))).toHaveCount(0);
    await page.context().close();
  });

  await test.step("another shop sees and is asked for the new one", async () => {
    const page = await signedIn(browser, "owner@maule.test");
    await page.goto("/billing");
    await expect(plan(page)).toContainText(pesos(price));
    await page.goto(`/billing/checkout?tier=${code}&interval=month`);
    await expect(page.getByText(pesos(price)).first()).toBeVisible();
    await page.context().close();
  });
});

const plan = (page: Page) =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Premium", exact: true }) });
