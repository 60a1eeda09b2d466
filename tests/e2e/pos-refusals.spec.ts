import { type Browser, expect, type Page, test } from "@playwright/test";
import { signedIn } from "./support/people";
import { openTill, quantityOf, type Shelf, salesOf, scan, shelf, withDrawer } from "./support/till";

const pay = (page: Page) => page.getByRole("button", { name: /^Cobrar/ });

test("a product that was archived since it came into the cart is named and marked there", async ({
  browser,
}) => {
  const { page, branch } = await openTill(browser);
  const [gone, stays] = await shelf(branch, 2);
  if (!gone || !stays) throw new Error("the demo's branch has nothing to sell");
  for (const product of [stays, gone]) {
    await scan(page, product.barcode);
    await expect(quantityOf(page, product)).toHaveValue("1");
  }
  const line = ({ name }: Shelf) =>
    page.getByRole("listitem").filter({ has: page.getByLabel(`Cantidad de ${name}`, { exact: true }) });
  const back = await archived(browser, gone);
  try {
    await page.keyboard.press("F9");
    await withDrawer(page);
    await page.keyboard.press("Enter");
    const notice = page.getByRole("alert").filter({ hasText: "La venta no se registró" });
    await expect(notice).toContainText(gone.name);
    await expect(notice).toContainText("ya no está a la venta");
    await expect(notice).not.toContainText(stays.name);
    await expect(line(gone)).toContainText("ya no está a la venta");
    await expect(line(stays)).not.toContainText("ya no está a la venta");

    await test.step("without it the sale goes through", async () => {
      await page.getByRole("button", { name: `Quitar ${gone.name}` }).click();
      await expect(notice).toHaveCount(0);
      await pay(page).click();
      await expect(page.locator("#tender-amount")).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(page.locator("[data-change]")).toBeVisible();
    });
  } finally {
    await back();
  }
  await page.context().close();
});

test("a sale whose answer was lost and that was voided meanwhile is no sale: the till says so and gives the cart back", async ({
  browser,
}) => {
  const { page, branch } = await openTill(browser);
  const [product] = await shelf(branch, 1);
  if (!product) throw new Error("the demo's branch has nothing to sell");
  const before = await salesOf(product);
  const keys: string[] = [];
  let order = "";
  await page.route("**/api/pos/sales", async (route) => {
    keys.push(route.request().headers()["idempotency-key"] ?? "");
    if (keys.length > 1) return route.continue();
    ({ orderId: order } = (await (await route.fetch()).json()) as { orderId: string });
    await route.abort("connectionreset");
  });
  await scan(page, product.barcode);
  await expect(quantityOf(page, product)).toHaveValue("1");
  await page.keyboard.press("F9");
  await withDrawer(page);
  // By card: cash would have to come back out of a drawer of the manager's own.
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByText("No sabemos si la venta quedó registrada")).toBeVisible();
  await voided(browser, order);

  await page.getByRole("button", { name: "Reintentar" }).click();
  const notice = page.getByRole("alert").filter({ hasText: "fue anulada" });
  await expect(notice).toBeVisible();
  await expect(page.getByText("Venta registrada", { exact: false })).toHaveCount(0);
  await expect(quantityOf(page, product)).toHaveValue("1");

  await test.step("and what is paid then is another sale", async () => {
    await pay(page).click();
    await expect(page.locator("#tender-amount")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.locator("[data-change]")).toBeVisible();
    expect(await salesOf(product)).toBe(before + 2);
    expect(keys).toHaveLength(3);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });
  await page.context().close();
});

/** The manager takes a product off the shelf; what comes back puts it there again. */
async function archived(browser: Browser, { id }: Shelf): Promise<() => Promise<void>> {
  const manager = await signedIn(browser, "manager@vista.test");
  await manager.goto(`/products/${id}`);
  await manager.getByRole("button", { name: "Archivar" }).click();
  const restore = manager.getByRole("button", { name: "Restaurar" });
  await expect(restore).toBeVisible();
  return async () => {
    await restore.click();
    await expect(manager.getByRole("button", { name: "Archivar" })).toBeVisible();
    await manager.context().close();
  };
}

/** The manager finds a sale that nobody can tell the customer about, and voids it. */
async function voided(browser: Browser, orderId: string): Promise<void> {
  const manager = await signedIn(browser, "manager@vista.test");
  await manager.goto(`/orders/${orderId}`);
  const number = /\d+/.exec(await manager.getByRole("heading", { level: 1 }).innerText())?.[0] ?? "";
  await manager.getByRole("button", { name: "Anular venta" }).click();
  const dialog = manager.getByRole("alertdialog");
  await dialog.getByLabel("Motivo").fill("Nadie sabía si se cobró");
  await dialog.getByLabel(/^Escribe/).fill(number);
  await dialog.getByRole("button", { name: "Anular venta" }).click();
  await expect(manager.getByText("ANULADA", { exact: true })).toBeVisible();
  await manager.context().close();
}
