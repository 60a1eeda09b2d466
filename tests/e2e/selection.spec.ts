import { expect, type Page, test } from "@playwright/test";
import { newShop } from "./support/billing";
import { signedIn } from "./support/people";
import { watch } from "./support/watch";

const shown = (page: Page) => page.getByRole("table", { name: "Clientes de la óptica" });
const box = (page: Page, name: string) => page.getByRole("checkbox", { name, exact: true });
const bar = (page: Page) => page.getByRole("region", { name: "Selección" });

async function add(page: Page, surnames: string): Promise<void> {
  await page.goto("/customers/new");
  await page.locator("main form input[name=givenNames]").fill("Ana");
  await page.locator("main form input[name=surnames]").fill(surnames);
  await page.getByRole("button", { name: "Crear cliente" }).click();
  await page.waitForURL(/customers\/[0-9a-f-]{36}$/);
}

test("several rows are chosen, with Shift a stretch of them, put away together and brought back", async ({
  browser,
}) => {
  const { page } = await newShop(browser, "seleccion");
  const complaints = watch(page);
  for (const surnames of ["Abarca", "Bravo", "Castro", "Díaz"]) await add(page, surnames);
  await page.goto("/customers");
  await expect(shown(page).locator("tbody tr")).toHaveCount(4);

  await test.step("a box chooses and does not open the record; Shift takes what lies between", async () => {
    await expect(async () => {
      await box(page, "Seleccionar Abarca, Ana").check();
      await expect(bar(page)).toContainText("1 seleccionado", { timeout: 1_000 });
    }).toPass();
    await box(page, "Seleccionar Castro, Ana").click({ modifiers: ["Shift"] });
    await expect(bar(page)).toContainText("3 seleccionados");
    await expect(box(page, "Seleccionar Bravo, Ana")).toBeChecked();
    await expect(page).toHaveURL("/customers");
  });

  await test.step("all at once by the box above, none by the cross", async () => {
    await box(page, "Seleccionar esta página").click();
    await expect(bar(page)).toContainText("4 seleccionados");
    await bar(page).getByRole("button", { name: "Quitar la selección" }).press("Enter");
    await expect(bar(page)).toHaveCount(0);
    await expect(box(page, "Seleccionar esta página")).toBeFocused();
  });

  await test.step("put away together, and back by one click as they were; the keyboard goes on above the rows", async () => {
    await box(page, "Seleccionar Abarca, Ana").check();
    await box(page, "Seleccionar Díaz, Ana").check();
    await bar(page).getByRole("button", { name: "Archivar" }).press("Enter");
    await expect(shown(page).locator("tbody tr")).toHaveCount(2);
    await expect(bar(page)).toHaveCount(0);
    await expect(box(page, "Seleccionar esta página")).toBeFocused();
    await expect(box(page, "Seleccionar esta página")).not.toBeChecked();
    await page.getByRole("button", { name: "Deshacer" }).click();
    await expect(shown(page).locator("tbody tr")).toHaveCount(4);
  });

  await test.step("what the search leaves is chosen across its pages, by one click", async () => {
    await page.goto("/customers?q=ana");
    await expect(async () => {
      await box(page, "Seleccionar Bravo, Ana").check();
      await expect(bar(page)).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await bar(page).getByRole("button", { name: "Seleccionar los 4" }).click();
    await expect(bar(page)).toContainText("4 seleccionados");
    await bar(page).getByRole("button", { name: "Archivar" }).press("Enter");
    await expect(page.getByText("4 archivados")).toBeVisible();
    // Nothing is left to choose from: the page itself has the focus.
    await expect(shown(page)).toHaveCount(0);
    await expect(page.locator("main")).toBeFocused();
    await page.goto("/customers?state=archived");
    await expect(shown(page).locator("tbody tr")).toHaveCount(4);
    await expect(async () => {
      await box(page, "Seleccionar esta página").check();
      await expect(bar(page)).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await bar(page).getByRole("button", { name: "Restaurar" }).click();
    await expect(page.getByText("4 restaurados")).toBeVisible();
  });
  complaints.none();
  await page.context().close();
});

test("whoever walks through a filter with the arrows stays on it, and it shows what the list shows", async ({
  browser,
}) => {
  const page = await signedIn(browser, "manager@vista.test");
  const complaints = watch(page);
  await page.goto("/customers");
  const filter = page.getByRole("combobox", { name: "Estado" });

  await test.step("each press of an arrow is a choice, and the next one is at hand", async () => {
    await expect(async () => {
      await filter.focus();
      await filter.press("ArrowDown");
      await expect(page).toHaveURL(/state=archived$/, { timeout: 1_000 });
    }).toPass();
    await expect(filter).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(page).toHaveURL(/state=all$/);
    await expect(filter).toBeFocused();
    await expect(filter).toHaveValue("all");
  });

  await test.step("two presses at once end where the second one leads", async () => {
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await expect(page).toHaveURL(/state=archived$/);
    await expect(filter).toBeFocused();
    await expect(filter).toHaveValue("archived");
  });

  await test.step("it follows whatever else changes the address", async () => {
    await page.getByRole("link", { name: "Limpiar filtros" }).first().click();
    await expect(page).toHaveURL("/customers");
    await expect(filter).toHaveValue("");
    await page.goBack();
    await expect(page).toHaveURL(/state=archived$/);
    await expect(filter).toHaveValue("archived");
  });
  complaints.none();
  await page.context().close();
});

test("what is chosen or typed while a page is still waking up counts once it is awake", async ({
  browser,
}) => {
  const page = await signedIn(browser, "manager@vista.test");
  const complaints = watch(page);
  let wake: () => void = () => undefined;
  const awake = new Promise<void>((done) => (wake = done));
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await awake;
    await route.continue();
  });
  await page.goto("/customers", { waitUntil: "commit" });
  await page.getByRole("combobox", { name: "Estado" }).selectOption("all");
  await page.getByRole("searchbox").fill("gonz");
  await expect(page).toHaveURL("/customers");
  wake();
  await expect(page).toHaveURL(/state=all/);
  await expect(page).toHaveURL(/q=gonz/);
  await expect(page.getByRole("combobox", { name: "Estado" })).toHaveValue("all");
  complaints.none();
  await page.context().close();
});
