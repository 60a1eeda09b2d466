import { expect, type Page, test } from "@playwright/test";
import { signedIn } from "./support/people";
import { watch } from "./support/watch";

const table = (page: Page) => page.getByRole("table", { name: "Ventas" });
const heading = (page: Page, name: string) => table(page).getByRole("columnheader", { name, exact: true });
/** The button of the views: it bears the name of the open one. */
const views = (page: Page, name: string | RegExp = "Vistas") =>
  page.locator("main").getByRole("button", { name });

/** Opens a menu, as often as it takes a page to wake up. */
async function opens(page: Page, button: ReturnType<typeof views>, item: string): Promise<void> {
  await expect(async () => {
    await button.click();
    await expect(page.getByRole("menuitemradio", { name: item })).toBeVisible({ timeout: 2_000 });
  }).toPass();
}

test("a list keeps the columns and the filters that somebody likes, under a name, for a colleague too", async ({
  browser,
}) => {
  let name = `Anuladas ${Date.now().toString(36)}`;
  const page = await signedIn(browser, "manager@vista.test");
  const complaints = watch(page);

  await test.step("two columns go in one visit to the menu, and the link shows the same to anybody", async () => {
    await page.goto("/orders?from=all&status=voided");
    await expect(heading(page, "Vendedor")).toBeVisible();
    await opens(page, page.locator("main").getByRole("button", { name: "Mostrar" }), "50");
    for (const column of ["Vendedor", "Unidades"])
      await page.getByRole("menuitemcheckbox", { name: column }).click();
    for (const column of ["Vendedor", "Unidades"]) await expect(heading(page, column)).toHaveCount(0);
    await expect(page.getByRole("menuitemcheckbox", { name: "Vendedor" })).not.toBeChecked();
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(/hide=seller%2Citems/);
    await page.reload();
    await expect(heading(page, "Total")).toBeVisible();
    await expect(heading(page, "Vendedor")).toHaveCount(0);
  });

  await test.step("it is kept under a name, shared with the branch, and the list opens with it", async () => {
    await opens(page, views(page), "Todo");
    await page.getByRole("menuitem", { name: "Guardar como vista nueva" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Guardar" }).click();
    await expect(dialog.getByText("Completa este campo.")).toBeVisible();
    await dialog.getByLabel("Nombre").fill(name);
    await dialog.getByLabel("Quién la ve").selectOption({ index: 1 });
    await dialog.getByLabel("Abrir la lista con esta vista").check();
    await dialog.getByRole("button", { name: "Guardar" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(views(page, name)).toBeVisible();
    await page.goto("/orders");
    await expect(page).toHaveURL(/status=voided/);
    await expect(heading(page, "Vendedor")).toHaveCount(0);
  });

  await test.step("what is changed on the screen is said, and taken back with one click", async () => {
    await page.getByRole("link", { name: "Quitar filtro Estado: Anulada" }).click();
    await expect(views(page, `${name} modificada`)).toBeVisible();
    await opens(page, views(page, name), "Todo");
    await page.getByRole("menuitem", { name: "Volver a la vista guardada" }).click();
    await expect(page).toHaveURL(/status=voided/);
    await expect(views(page, `${name} modificada`)).toHaveCount(0);
  });

  await test.step("on a telephone the name of a changed view leaves room for everything else", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${page.url()}&q=x`);
    await expect(views(page, `${name} modificada`)).toBeVisible();
    const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await expect.poll(beyond).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goBack();
  });

  await test.step("another name holds at once", async () => {
    await opens(page, views(page, name), name);
    await page.getByRole("menuitem", { name: "Cambiar nombre o uso" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByLabel("Abrir la lista con esta vista")).toBeChecked();
    name = `${name} bis`;
    await dialog.getByLabel("Nombre").fill(name);
    await dialog.getByRole("button", { name: "Guardar" }).click();
    await expect(views(page, name)).toBeVisible();
  });

  await test.step("a colleague of the branch opens it, and cannot change it", async () => {
    const seller = await signedIn(browser, "seller@vista.test");
    await seller.goto("/orders");
    await opens(seller, views(seller), name);
    await seller.getByRole("menuitemradio", { name }).click();
    await expect(seller).toHaveURL(/status=voided/);
    await opens(seller, views(seller, name), name);
    await expect(seller.getByRole("menuitem", { name: "Eliminar vista" })).toHaveCount(0);
    await seller.context().close();
  });

  await test.step("deleted by mistake it comes back, deleted for good everything is shown again", async () => {
    await opens(page, views(page, name), name);
    await page.getByRole("menuitem", { name: "Eliminar vista" }).click();
    await expect(page).toHaveURL("/orders?view=all");
    await page.getByRole("button", { name: "Deshacer" }).click();
    await expect(views(page, name)).toBeVisible();
    await expect(page).toHaveURL(/status=voided/);
    await opens(page, views(page, name), name);
    await page.getByRole("menuitem", { name: "Eliminar vista" }).click();
    await expect(views(page)).toBeVisible();
    await page.goto("/orders");
    await expect(heading(page, "Vendedor")).toBeVisible();
    await expect(page).toHaveURL("/orders");
  });
  complaints.none();
  await page.context().close();
});

test("a page is as long as somebody likes, and goes on from where it ends", async ({ browser }) => {
  const page = await signedIn(browser, "owner@lumina.test");
  await page.goto("/customers");
  const rows = page.getByRole("table", { name: "Clientes de la óptica" }).locator("tbody tr");
  await expect(rows).toHaveCount(25);
  await opens(page, page.locator("main").getByRole("button", { name: "Mostrar" }), "100");
  await page.getByRole("menuitemradio", { name: "100" }).click();
  await expect(rows).toHaveCount(100);
  const last = await rows.last().getByRole("link").innerText();
  await page.getByRole("link", { name: "Siguiente" }).click();
  await expect(page).toHaveURL(/size=100.*after=|after=.*size=100/);
  await expect(page.getByRole("link", { name: last, exact: true })).toHaveCount(0);
  await expect(rows).toHaveCount(100);
  await page.getByRole("link", { name: "Anterior" }).click();
  await expect(rows.last()).toContainText(last);
  await page.context().close();
});
