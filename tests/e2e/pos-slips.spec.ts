import { type Browser, expect, type Page, test } from "@playwright/test";
import { look } from "./support/database";
import { signedIn } from "./support/people";
import {
  A_LOOK_MS,
  enterTwice,
  enterWhenItAppears,
  openTill,
  quantityOf,
  type Shelf,
  salesOf,
  scan,
  shelf,
  withDrawer,
  withoutDrawer,
} from "./support/till";

// What a hand does by mistake at the moment of paying: a code scanned into the money, a key pressed twice or held.

const CODE = "471143";
const pesos = (amount: number) => `$${amount.toLocaleString("es-CL")}`;
const dialog = (page: Page) => page.getByRole("dialog");
const amount = (page: Page) => page.locator("#tender-amount");
const finished = (page: Page) => page.locator("[data-change]");

/** A till with one product in the cart, dear enough to be paid in two parts. */
async function tillWithOne(browser: Browser): Promise<{ page: Page; product: Shelf }> {
  const { page, branch } = await openTill(browser);
  const product = (await shelf(branch, 40)).find(({ price }) => price > 20_000);
  if (!product) throw new Error("the demo's branch has nothing dear");
  await scan(page, product.barcode);
  await expect(quantityOf(page, product)).toHaveValue("1");
  return { page, product };
}

test("a code scanned into money or into a code of approval is neither, and sends nothing", async ({
  browser,
}) => {
  await withoutDrawer(browser);
  const { page, product } = await tillWithOne(browser);
  const before = await salesOf(product);

  await test.step("the drawer's float stays what was typed, and the drawer closed", async () => {
    await page.keyboard.press("F9");
    const float = dialog(page).getByLabel("Fondo inicial");
    await expect(float).toBeFocused();
    await float.fill("");
    await scan(page, product.barcode);
    await expect(float).toHaveValue("");
    await page.keyboard.type("5000", { delay: 60 });
    await page.waitForTimeout(300);
    await scan(page, product.barcode);
    await expect(float).toHaveValue("5.000");
    await expect(dialog(page).getByRole("button", { name: "Abrir caja y seguir" })).toBeVisible();
    expect(await openDrawers()).toBe(0);
    await page.keyboard.press("Enter");
    await expect(amount(page)).toBeFocused();
  });

  await test.step("the amount stays what was typed, and nothing is sold", async () => {
    await page.waitForTimeout(A_LOOK_MS);
    await scan(page, product.barcode);
    await expect(amount(page)).toHaveValue("");
    await scan(page, product.barcode, 2);
    await expect(amount(page)).toHaveValue("");
    await page.keyboard.type("10000", { delay: 60 });
    await page.waitForTimeout(300);
    await scan(page, product.barcode);
    await expect(amount(page)).toHaveValue("10.000");
    await expect(dialog(page)).toBeVisible();
    await expect(finished(page)).toHaveCount(0);
    expect(await salesOf(product)).toBe(before);
    await page.keyboard.press("Escape");
    await expect(dialog(page)).toHaveCount(0);
    await expect(quantityOf(page, product)).toHaveValue("1");
  });

  await test.step("the percentage of a discount stays what was typed", async () => {
    await page.keyboard.press("%");
    const percent = dialog(page).getByLabel("Porcentaje");
    await expect(percent).toBeFocused();
    await page.keyboard.type("30");
    await page.waitForTimeout(300);
    await scan(page, product.barcode);
    await expect(percent).toHaveValue("30");
    await page.keyboard.press("Enter");
    await expect(dialog(page)).toHaveCount(0);
  });

  await test.step("a code of approval stays what was typed, and no wrong one is counted", async () => {
    const manager = await givesCode(browser);
    await page.getByRole("button", { name: /^Autorizar y cobrar/ }).click();
    await dialog(page).getByLabel(manager).check();
    const pin = dialog(page).getByLabel("Código de autorización");
    await pin.focus();
    await page.keyboard.type(CODE.slice(0, 2), { delay: 60 });
    for (let scans = 0; scans < 6; scans++) {
      await page.waitForTimeout(300);
      await scan(page, product.barcode);
      await expect(pin).toHaveValue(CODE.slice(0, 2));
    }
    await page.keyboard.type(CODE.slice(2), { delay: 60 });
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: /^Cobrar/ })).toBeVisible();
  });
  await page.context().close();
});

test("cash far above what is due is taken at the second press, which says the change", async ({
  browser,
}) => {
  const { page, product } = await tillWithOne(browser);
  const before = await salesOf(product);
  await page.keyboard.press("F9");
  await withDrawer(page);
  await page.keyboard.type("780000", { delay: 60 }); // as fast as a hand: faster is a scanner
  await enterTwice(page);
  const due = Math.round((product.price - 1) / 10) * 10;
  const confirm = dialog(page).getByRole("button", { name: /de vuelto/ });
  await expect(confirm).toContainText(pesos(780_000 - due));
  await expect(dialog(page).getByRole("alert")).toContainText("$780.000");

  await nothingHappens(page);
  expect(await salesOf(product)).toBe(before);
  await test.step("another amount is another question", async () => {
    await amount(page).focus();
    await page.keyboard.press("End");
    await page.keyboard.type("0");
    await expect(confirm).toHaveCount(0);
    await page.keyboard.press("Backspace");
    await expect(confirm).toBeVisible();
  });
  await page.waitForTimeout(A_LOOK_MS);
  await page.keyboard.press("Enter");
  await expect(finished(page)).toHaveAttribute("data-change", String(780_000 - due));
  await page.context().close();
});

test("a part that is put down twice pays nothing more than that part", async ({ browser }) => {
  const { page, product } = await tillWithOne(browser);
  const before = await salesOf(product);
  const nothingSold = async () => {
    await expect(dialog(page).getByText("Falta", { exact: true })).toBeVisible();
    await nothingHappens(page);
    expect(await salesOf(product)).toBe(before);
  };
  await page.keyboard.press("F9");
  await withDrawer(page);

  await test.step("by Enter, however often and however long", async () => {
    await page.keyboard.type("5000");
    await enterTwice(page);
    await page.keyboard.press("Enter");
    await hold(page, "Enter");
    await nothingSold();
  });
  await test.step("by a second click", async () => {
    await dialog(page).getByRole("button", { name: "Quitar Efectivo" }).click();
    await amount(page).fill("5000");
    await dialog(page)
      .getByRole("button", { name: /^Agregar/ })
      .dblclick();
    await nothingSold();
  });
  await test.step("by a code that is scanned", async () => {
    await scan(page, product.barcode);
    await nothingSold();
  });
  await test.step("an arrow and Enter pay the rest", async () => {
    await page.keyboard.press("ArrowDown");
    await expect(dialog(page).getByRole("radio", { name: "Débito" })).toBeChecked();
    await expect(amount(page)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(finished(page)).toHaveAttribute("data-change", "0");
  });
  expect(await salesOf(product)).toBe(before + 1);
  const [paid] = await look<{ parts: string }>(
    `select string_agg(p.method || ' ' || p.amount, ', ' order by p.method) as parts from public.order_payments p
     where p.order_id = (select id from public.orders order by created_at desc limit 1)`,
  );
  expect(paid?.parts).toBe(`cash 5000, debit ${product.price - 5_000}`);
  await page.context().close();
});

test("the change stays on the screen for whoever was quick with Enter, and goes with the next one", async ({
  browser,
}) => {
  const { page, product } = await tillWithOne(browser);
  await page.keyboard.press("F9");
  await withDrawer(page);
  await page.keyboard.down("Enter");
  await expect(finished(page)).toBeVisible();
  await test.step("held since the payment", async () => {
    for (let repeats = 0; repeats < 10; repeats++) {
      await page.keyboard.down("Enter"); // pressed already: it arrives as a repeat
      await page.waitForTimeout(100);
    }
    await page.keyboard.up("Enter");
    await expect(finished(page)).toBeVisible();
  });
  await test.step("pressed anew", async () => {
    await page.keyboard.press("Enter");
    await expect(finished(page)).toHaveCount(0);
    await expect(page.getByText("La venta está vacía")).toBeVisible();
  });

  await test.step("pressed before anybody can have read it", async () => {
    await scan(page, product.barcode);
    await expect(quantityOf(page, product)).toHaveValue("1");
    await enterWhenItAppears(page, "[data-change]");
    await page.keyboard.press("F9");
    await expect(amount(page)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.locator("body")).toHaveAttribute("data-entered", /Nueva venta/);
    await expect(finished(page)).toBeVisible();
  });
  await page.context().close();
});

/** Long enough for a sale to be made, if one were. */
async function nothingHappens(page: Page): Promise<void> {
  await page.waitForTimeout(A_LOOK_MS);
  await expect(dialog(page)).toBeVisible();
  await expect(finished(page)).toHaveCount(0);
}

async function openDrawers(): Promise<number> {
  const [row] = await look<{ n: number }>(
    `select count(*)::int as n from public.cash_sessions s join public.admin_users m on m.organization_id = s.organization_id and m.id = s.member_id
     where m.email = 'seller@vista.test' and s.status = 'open'`,
  );
  return row?.n ?? -1;
}

/** A key that stays down: the keyboard sends it again and again. */
async function hold(page: Page, key: string): Promise<void> {
  await page.keyboard.down(key);
  for (let repeats = 0; repeats < 5; repeats++) await page.keyboard.down(key);
  await page.keyboard.up(key);
}

/** The manager's name, once there is a code of approval of theirs. */
async function givesCode(browser: Browser): Promise<string> {
  const manager = await signedIn(browser, "manager@vista.test");
  await manager.goto("/profile");
  const pin = manager.locator("input[name=pin]");
  await pin.fill(CODE);
  await pin.press("Enter");
  await expect(pin).toHaveValue("");
  await manager.context().close();
  const [row] = await look<{ name: string }>(
    "select full_name as name from public.admin_users where email = 'manager@vista.test'",
  );
  return row?.name ?? "";
}
