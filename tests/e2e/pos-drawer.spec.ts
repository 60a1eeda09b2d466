import { expect, type Page, test } from "@playwright/test";
import { look } from "./support/database";
import {
  A_LOOK_MS,
  enterWhenItAppears,
  openTill,
  quantityOf,
  scan,
  shelf,
  withoutDrawer,
} from "./support/till";

const dialog = (page: Page) => page.getByRole("dialog");
const opening = (page: Page) => dialog(page).getByRole("button", { name: "Abrir caja y seguir" });

/** The seller's open drawers and what each began with. */
function floats(): Promise<{ float: number }[]> {
  return look(
    `select s.opening_float::int as float from public.cash_sessions s
     join public.admin_users m on m.organization_id = s.organization_id and m.id = s.member_id
     where m.email = 'seller@vista.test' and s.status = 'open'`,
  );
}

test("a drawer opens at the till with what somebody counted, never by Enter alone", async ({ browser }) => {
  await withoutDrawer(browser);
  const { page, branch } = await openTill(browser);
  const [product] = await shelf(branch, 1);
  if (!product) throw new Error("the demo's branch has nothing to sell");
  await scan(page, product.barcode);
  await expect(quantityOf(page, product)).toHaveValue("1");
  await page.keyboard.press("F9");
  const float = dialog(page).getByLabel("Fondo inicial");
  await expect(float).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByText("Escribe un monto en pesos", { exact: false })).toBeVisible();
  expect(await floats()).toEqual([]);

  await page.keyboard.type("30000");
  await enterWhenItAppears(page, "#tender-amount");
  await page.keyboard.press("Enter");
  await test.step("and the Enter that opened it, pressed twice, pays nothing", async () => {
    await expect(page.locator("body")).toHaveAttribute("data-entered", "tender-amount");
    await page.waitForTimeout(A_LOOK_MS);
    await expect(dialog(page)).toBeVisible();
    await expect(page.locator("[data-change]")).toHaveCount(0);
  });
  expect(await floats()).toEqual([{ float: 30_000 }]);
  await page.context().close();
});

test("without a drawer a card is an arrow away, and the sale is made by keyboard alone", async ({
  browser,
}) => {
  await withoutDrawer(browser);
  const { page, branch } = await openTill(browser);
  const [product] = await shelf(branch, 1);
  if (!product) throw new Error("the demo's branch has nothing to sell");
  await scan(page, product.barcode);
  await expect(quantityOf(page, product)).toHaveValue("1");
  await page.keyboard.press("F9");
  await expect(dialog(page).getByLabel("Fondo inicial")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(dialog(page).getByRole("radio", { name: "Débito" })).toBeChecked();
  await expect(dialog(page).locator("#tender-amount")).toBeFocused();

  await test.step("on the means themselves every arrow goes on, one at a time", async () => {
    await dialog(page).getByRole("radio", { name: "Débito" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(dialog(page).getByRole("radio", { name: "Crédito" })).toBeChecked();
    await page.keyboard.press("ArrowUp");
    await expect(dialog(page).getByRole("radio", { name: "Débito" })).toBeChecked();
  });
  await page.waitForTimeout(A_LOOK_MS);
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-change]")).toBeVisible();
  expect(await floats()).toEqual([]);
  await page.context().close();
});

test("a drawer that is open already, by an answer that was lost or in another tab, lets the sale go on", async ({
  browser,
}) => {
  await withoutDrawer(browser);
  const { page, branch } = await openTill(browser);
  const [product] = await shelf(branch, 1);
  if (!product) throw new Error("the demo's branch has nothing to sell");
  await scan(page, product.barcode);
  await expect(quantityOf(page, product)).toHaveValue("1");
  await page.keyboard.press("F9");
  await expect(dialog(page).getByLabel("Fondo inicial")).toBeFocused();
  // The server opens it; the answer never arrives.
  await page.route("**/pos", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await page.keyboard.type("20000");
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByRole("alert")).toBeVisible();
  expect(await floats()).toEqual([{ float: 20_000 }]);
  await page.unroute("**/pos");

  await opening(page).click();
  await expect(dialog(page).locator("#tender-amount")).toBeFocused();
  await expect(page.getByText("Ya tenías una caja abierta", { exact: false })).toBeVisible();
  await page.waitForTimeout(A_LOOK_MS);
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-change]")).toBeVisible();
  expect(await floats()).toEqual([{ float: 20_000 }]);
  await page.context().close();
});
