import { expect, test } from "@playwright/test";
import { newShop } from "./support/billing";
import { signedIn } from "./support/people";
import { newestSale } from "./support/till";

/** One grey point, as a PNG. */
const POINT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

test("what the shop says of itself stands on its receipts, and a picture that is none is refused", async ({
  browser,
}) => {
  const { id } = await newestSale();
  const page = await signedIn(browser, "owner@vista.test");
  const footer = page.locator("textarea[name=receiptFooter]");

  await page.goto("/settings");
  const before = await footer.inputValue();
  await test.step("a footer is kept, and read on a receipt", async () => {
    await footer.fill("Cambios dentro de 30 días, con este papel.");
    await page.locator("form", { has: footer }).getByRole("button", { name: "Guardar" }).click();
    await expect(page.getByText("Datos guardados")).toBeVisible();
    await page.goto(`/orders/${id}`);
    await expect(page.getByText("Cambios dentro de 30 días, con este papel.").first()).toBeVisible();
    await expect(page.getByText("NO ES BOLETA").first()).toBeVisible();
  });

  await test.step("a text that calls itself a picture is no logo; a picture is, until it is taken away", async () => {
    await page.goto("/settings");
    const card = page
      .locator("section")
      .filter({ has: page.getByRole("heading", { name: "Logo", exact: true }) });
    const file = card.locator("input[type=file]");
    await file.setInputFiles({
      name: "logo.png",
      mimeType: "image/png",
      buffer: Buffer.from("no soy una imagen"),
    });
    await card.getByRole("button", { name: "Subir logo" }).click();
    await expect(card.getByText("El archivo no es una imagen PNG, JPEG o WebP.")).toBeVisible();
    await file.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: POINT });
    await card.getByRole("button", { name: "Subir logo" }).click();
    await expect(page.getByText("Logo guardado")).toBeVisible();
    await expect(card.getByRole("img", { name: "Logo de Óptica Vista" })).toBeVisible();
    await card.getByRole("button", { name: "Quitar logo" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Quitar logo" }).click();
    await expect(card.getByText("Sin logo")).toBeVisible();
  });

  await test.step("as before, for whoever comes next", async () => {
    await footer.fill(before);
    await page.locator("form", { has: footer }).getByRole("button", { name: "Guardar" }).click();
    await expect(page.getByText("Datos guardados")).toBeVisible();
  });
  await page.context().close();
});

test("two who have the shop's details open do not overwrite each other, and nobody types twice", async ({
  browser,
}) => {
  const { page } = await newShop(browser, "a-la-vez");
  const other = await page.context().newPage();
  for (const each of [page, other]) await each.goto("/settings");
  const save = async (on: typeof page, field: string, text: string) => {
    await on.locator(`form input[name=${field}]`).fill(text);
    await on.getByRole("button", { name: "Guardar" }).click();
  };
  await save(page, "activity", "Venta de lentes");
  await expect(page.getByText("Datos guardados")).toBeVisible();
  await save(page, "address", "Moneda 1"); // the own form goes on where it was saved
  await expect(page.getByText("Datos guardados")).toHaveCount(2);

  await save(other, "address", "Irarrázaval 1");
  await expect(other.getByText("Otra persona cambió estos datos.", { exact: false })).toBeVisible();
  await expect(other.locator("form input[name=address]")).toHaveValue("Irarrázaval 1");
  const [current] = await Promise.all([
    other.waitForEvent("popup"),
    other.getByRole("link", { name: "Ver los datos actuales en otra pestaña" }).click(),
  ]);
  await expect(current.locator("form input[name=address]")).toHaveValue("Moneda 1");
  await expect(current.locator("form input[name=activity]")).toHaveValue("Venta de lentes");
  await page.context().close();
});

test("a branch opens with its hours, refuses hours that are none, and is archived and back", async ({
  browser,
}) => {
  const { page } = await newShop(browser, "sucursales");
  const name = `Mall ${Date.now().toString(36)}`;
  await page.goto("/settings/branches/new");
  await page.getByLabel("Nombre").fill(name);
  await page.getByLabel("Huso horario").selectOption("Pacific/Easter");
  await page.getByLabel("Lunes: hora de cierre").fill("25:00");
  await page.getByRole("button", { name: "Crear sucursal" }).click();
  await expect(page.getByText("Escribe una hora entre 00:00 y 23:59, por ejemplo 09:30.")).toBeVisible();
  await expect(page.getByLabel("Nombre")).toHaveValue(name);
  await page.getByLabel("Lunes: hora de cierre").fill("20:30");
  await page.getByRole("button", { name: "Copiar a todos los días" }).click();
  await page.getByRole("button", { name: "Crear sucursal" }).click();
  await expect(page.getByText("Sucursal creada")).toBeVisible();

  await page.goto("/settings/branches");
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("20:30");
  await row.getByRole("button", { name: "Archivar" }).click();
  await expect(page.getByText(`${name} quedó archivada`)).toBeVisible();
  await page.getByRole("button", { name: "Deshacer" }).click();
  await expect(page.getByText(`${name} volvió a estar activa`)).toBeVisible();
  await page.context().close();
});

test("language and theme are this browser's, and stay", async ({ browser }) => {
  const page = await signedIn(browser, "optometrist@vista.test", { colorScheme: "light" });
  await page.goto("/profile");
  const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
  const light = await ink();
  await page.locator("select[name=theme]").selectOption("dark");
  await expect.poll(ink).not.toBe(light);
  const dark = await ink();
  await page.locator("select[name=language]").selectOption("en");
  await expect(page.getByRole("heading", { level: 1, name: "Your profile" })).toBeVisible();
  await page.goto("/customers");
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
  expect(await ink()).toBe(dark);
  await expect(page.locator("html")).toHaveAttribute("lang", "en-GB");
  await page.context().close();
});
