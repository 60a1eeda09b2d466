import { expect, type Page, test } from "@playwright/test";
import { newShop } from "./support/billing";
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
    await bar(page).getByRole("button", { name: "Quitar la selección" }).click();
    await expect(bar(page)).toHaveCount(0);
  });

  await test.step("put away together, and back by one click as they were", async () => {
    await box(page, "Seleccionar Abarca, Ana").check();
    await box(page, "Seleccionar Díaz, Ana").check();
    await bar(page).getByRole("button", { name: "Archivar" }).click();
    await expect(shown(page).locator("tbody tr")).toHaveCount(2);
    await expect(bar(page)).toHaveCount(0);
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
    await bar(page).getByRole("button", { name: "Archivar" }).click();
    await expect(page.getByText("4 archivados")).toBeVisible();
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
