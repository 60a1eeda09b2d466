import { type Browser, expect, test } from "@playwright/test";
import { choosesThePlan, leavesToPay } from "./support/billing";
import { look } from "./support/database";
import { findsNothing } from "./support/nothing";
import { signedIn } from "./support/people";
import { scan, withDrawer } from "./support/till";
import { watch } from "./support/watch";

/** The whole promise of the product in one story, on the demo as anybody would start it. */
test("Vista sells and closes nothing twice, Lumina sees no trace and pays, the console sees both", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const sale = await test.step("the seller sells two scanned products with cash and card", () =>
    sell(browser));
  await test.step("the neighbour finds no trace of it", () => findNothing(browser, sale));
  await test.step("the neighbour buys the tier pro through Flow", () => buyPro(browser));
  await test.step("the platform sees both", () => seeBoth(browser));
});

interface Sold {
  readonly orderId: string;
  readonly receiptNumber: string;
  readonly names: readonly string[];
}

async function sell(browser: Browser): Promise<Sold> {
  const page = await signedIn(browser, "seller@vista.test");
  const complaints = watch(page);
  await page.goto("/pos", { waitUntil: "networkidle" });
  await expect(page.getByLabel("Escanea o busca un producto")).toBeFocused();
  const products = await stocked();
  for (const { barcode } of products) await scan(page, barcode);
  for (const { name } of products)
    await expect(page.getByRole("button", { name: `Uno más de ${name}` })).toBeVisible();

  await page.keyboard.press("F9");
  const dialog = page.getByRole("dialog");
  // The seller of the demo starts the day with a closed drawer.
  await withDrawer(page);
  await dialog.locator("#tender-amount").fill("10000");
  await dialog.getByRole("button", { name: /^Agregar/ }).click();
  await dialog.getByRole("radio", { name: "Débito" }).click();
  await dialog.getByRole("button", { name: /^Cobrar/ }).click();

  const done = page.getByText(/^Venta registrada · N° \d/);
  await expect(done).toBeVisible();
  const receiptNumber = /\d+/.exec((await done.innerText()).replaceAll(".", ""))?.[0] ?? "";
  const orderId =
    (await page.locator("a[href^='/orders/']").last().getAttribute("href"))?.split("/").at(-1) ?? "";
  const [line] = await look<{ methods: string; drawer: string }>(
    `select string_agg(p.method, ' ' order by p.method) as methods, min(s.status) as drawer
     from public.order_payments p join public.cash_sessions s on s.organization_id = p.organization_id and s.id = p.cash_session_id
     where p.order_id = $1`,
    [orderId],
  );
  expect(line).toEqual({ methods: "cash debit", drawer: "open" });

  const paper = await page.context().newPage();
  await paper.goto(`/print/receipts/${orderId}`);
  await expect(paper.getByText("no tributario", { exact: false }).first()).toBeVisible();
  for (const { name } of products)
    await expect(paper.getByText(name, { exact: false }).first()).toBeVisible();
  await paper.close();

  await page.goto("/orders");
  await expect(page.locator(`a[href='/orders/${orderId}']`).first()).toBeVisible();
  await page.goto("/cash-register");
  await expect(page.getByText("Caja abierta")).toBeVisible();
  complaints.none();
  await page.context().close();
  return { orderId, receiptNumber, names: products.map(({ name }) => name) };
}

/** Two products with a barcode and stock where the seller stands. */
async function stocked(): Promise<{ barcode: string; name: string }[]> {
  const [first] = await look<{ id: string }>(
    `select b.branch_id as id from public.member_branches b join public.admin_users m on m.organization_id = b.organization_id and m.id = b.member_id
     join public.branches x on x.organization_id = b.organization_id and x.id = b.branch_id
     where m.email = 'seller@vista.test' order by x.name limit 1`,
  );
  const products = await look<{ barcode: string; name: string }>(
    `select p.barcode, p.name from public.stock_levels l
     join public.products p on p.organization_id = l.organization_id and p.id = l.product_id
     where l.branch_id = $1 and l.quantity >= 3 and p.barcode is not null and p.archived_at is null and p.price > 10000
     order by p.name limit 2`,
    [first?.id],
  );
  expect(products).toHaveLength(2);
  return products;
}

async function findNothing(browser: Browser, sale: Sold): Promise<void> {
  const page = await signedIn(browser, "owner@lumina.test");
  for (const path of [`/orders/${sale.orderId}`, `/print/receipts/${sale.orderId}`])
    await findsNothing(page, path);
  for (const path of [`/api/orders/${sale.orderId}/receipt`, `/api/orders/${sale.orderId}/pdf`]) {
    expect((await page.request.get(path)).status(), path).toBe(404);
  }
  await page.goto("/orders");
  await expect(page.locator(`a[href='/orders/${sale.orderId}']`)).toHaveCount(0);
  await page.context().close();
}

async function buyPro(browser: Browser): Promise<void> {
  const page = await signedIn(browser, "owner@lumina.test");
  await page.goto("/billing");
  await expect(page.getByText("498 de 500")).toBeVisible();
  await choosesThePlan(page, "Pro");
  await leavesToPay(page, "Flow", "Pro");
  await page.getByTestId("flow-approve").click();
  // Flow's page sends the browser back with a POST from another site.
  const back = page.getByTestId("flow-back");
  if (await back.isVisible().catch(() => false)) await back.click();
  await page.waitForURL(/\/billing\?payment=/);
  await expect(page.getByText("Pago recibido")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("498 de 2.000")).toBeVisible();
  await page.context().close();
}

async function seeBoth(browser: Browser): Promise<void> {
  const page = await signedIn(browser, "root@opttius.test");
  await page.goto("/admin/saas-management/organizations?q=lumina");
  await expect(page.getByRole("row").filter({ hasText: "Óptica Lumina" })).toContainText("Pro");
  await page.goto("/admin/saas-management/organizations?q=vista");
  await page.getByRole("link", { name: "Óptica Vista" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Óptica Vista" })).toBeVisible();
  await page.goto("/admin/saas-management/dashboard");
  await expect(page.getByText("$", { exact: false }).first()).toBeVisible();
  await page.context().close();
}
