import { type Browser, expect, type Page, test } from "@playwright/test";
import { look } from "./support/database";
import { signedIn } from "./support/people";
import { watch } from "./support/watch";

/** Lumina's customers that count, and the most that it may have. */
async function usage(): Promise<{ id: string; used: number; max: number | null }> {
  const [row] = await look<{ id: string; used: number; max: number | null }>(
    `select u.organization_id as id, u.n as used, u.max_count as max from public.usage_counters u
     join public.admin_users m on m.organization_id = u.organization_id and m.email = 'owner@lumina.test'
     where u.metric = 'customers'`,
  );
  if (!row) throw new Error("Lumina is not there");
  return row;
}

/** Agrees a maximum with Lumina in the console; empty takes the agreement back. */
async function agree(browser: Browser, organizationId: string, max: string): Promise<void> {
  const page = await signedIn(browser, "root@opttius.test");
  await page.goto(`/admin/saas-management/organizations/${organizationId}`);
  const line = page.getByRole("listitem").filter({ hasText: "Clientes" }).filter({ hasText: " de " });
  await line.getByRole("button", { name: "Cambiar límite" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Máximo").fill(max);
  await dialog.getByLabel("Motivo").fill("prueba del límite");
  await dialog.getByRole("button", { name: "Cambiar límite" }).click();
  await expect(dialog).toBeHidden();
  await page.context().close();
}

async function add(page: Page, surname: string): Promise<void> {
  await page.goto("/customers/new");
  await page.getByLabel("Nombres").fill("Prueba");
  await page.getByLabel("Apellidos", { exact: false }).first().fill(surname);
  await page.getByRole("button", { name: "Crear cliente" }).click();
}

test("Lumina sees 498 de 500, is refused the customer after the last and offered a plan, and loses nothing typed", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const before = await usage();
  const max = before.used + 2;
  // Where another story bought Lumina a larger plan, staff agree on what basic gave it.
  const agreed = before.max !== max;
  if (agreed) await agree(browser, before.id, String(max));
  const page = await signedIn(browser, "owner@lumina.test");
  const complaints = watch(page);
  const made: string[] = [];

  await test.step("the list and the form say how near it is", async () => {
    for (const path of ["/customers", "/customers/new"]) {
      await page.goto(path);
      await expect(page.getByText(`${before.used} de ${max} clientes`)).toBeVisible();
      await expect(page.locator("main").getByRole("link", { name: "Ver planes" })).toBeVisible();
    }
  });

  await test.step("two more fit", async () => {
    for (const surname of ["Penúltimo Lugar", "Último Lugar"]) {
      await add(page, surname);
      await page.waitForURL(/\/customers\/[0-9a-f-]{36}$/);
      made.push(page.url());
    }
  });

  await test.step("the third is refused with the offer, and its name is still in the form", async () => {
    await add(page, "Sin Lugar");
    await expect(page.getByText(`clientes: ${max} de ${max}`, { exact: false })).toBeVisible();
    await expect(page.getByLabel("Nombres")).toHaveValue("Prueba");
    await expect(page.locator("input[name=surnames]")).toHaveValue("Sin Lugar");
  });

  await test.step("the offer leads to the plans, and on the way back everything typed is there", async () => {
    await page.locator("input[name=email]").fill("sin.lugar@correo.cl");
    await page.locator("form").getByRole("link", { name: "Ver planes" }).click();
    await page.waitForURL("**/billing");
    await expect(page.getByText(`${max} de ${max}`).first()).toBeVisible();
    await page.goBack();
    await page.waitForURL("**/customers/new");
    await expect(page.locator("input[name=givenNames]")).toHaveValue("Prueba");
    await expect(page.locator("input[name=surnames]")).toHaveValue("Sin Lugar");
    await expect(page.locator("input[name=email]")).toHaveValue("sin.lugar@correo.cl");
  });

  await test.step("what was added goes again, as a person would do it", async () => {
    for (const record of made) {
      await page.goto(record);
      await page.getByRole("button", { name: "Archivar" }).click();
      await expect(page.getByRole("button", { name: "Restaurar" })).toBeVisible();
    }
  });
  complaints.none();
  await page.context().close();
  if (agreed) await agree(browser, before.id, "");
  expect(await usage()).toEqual(before);
});
