import { type Browser, expect, type Page, test } from "@playwright/test";
import { TOTP } from "otpauth";
import { type NewShop, newShop } from "./support/billing";
import { codeFor, hasMail, mailed } from "./support/mail";
import { variable } from "./support/people";

const PASSWORD = "Cristales-claros-2026";
interface Newcomer {
  readonly name: string;
  readonly email: string;
  /** The way in that the mail held. */
  readonly link: string;
  readonly page: Page;
}

test("somebody is invited, comes by the mail, works with what the role allows, and is out at once when suspended", async ({
  browser,
}) => {
  const owner = await ownerOf(browser);
  const { name, link, page } = await joins(browser, owner, "Julieta Paredes");

  await test.step("the menu holds what a seller does, and nothing else opens", async () => {
    const menu = page.getByRole("navigation").first();
    await expect(menu.getByRole("link", { name: "Punto de venta" })).toBeVisible();
    await expect(menu.getByRole("link", { name: "Configuración" })).toHaveCount(0);
    expect((await page.goto("/settings/users"))?.status()).toBe(404);
  });

  await test.step("the link of the mail served once", async () => {
    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(link);
    await expect(stranger.getByText("Esta invitación ya se usó")).toBeVisible();
    await stranger.context().close();
  });

  await test.step("suspended, the very next click is refused; reactivated by undo, work goes on", async () => {
    await owner.goto("/settings/users");
    await owner.getByRole("button", { name: `Acciones para ${name}` }).click();
    await owner.getByRole("menuitem", { name: "Suspender" }).click();
    await expect(owner.getByText(`${name} ya no puede entrar`)).toBeVisible();
    await page.goto("/customers");
    await expect(page).toHaveURL(/\/no-access/);
    await owner.getByRole("button", { name: "Deshacer" }).click();
    await expect(owner.getByText(`${name} puede entrar otra vez`)).toBeVisible();
    await page.goto("/customers");
    await expect(page.getByRole("heading", { level: 1, name: "Clientes" })).toBeVisible();
  });

  await test.step("removed, the sales stay and the place in the plan is free", async () => {
    await owner.getByRole("button", { name: `Acciones para ${name}` }).click();
    await owner.getByRole("menuitem", { name: "Retirar" }).click();
    await expect(owner.getByText(`${name} ya no pertenece a la óptica`)).toBeVisible();
    await expect(owner.getByRole("heading", { name: "Personas retiradas" })).toBeVisible();
    await page.goto("/");
    await expect(page).toHaveURL(/\/no-access/);
  });
  await page.context().close();
});

test("a second factor is set up, asked for at the door, and a lost telephone has a way back", async ({
  browser,
}) => {
  const owner = await ownerOf(browser);
  const { name, email, page } = await joins(browser, owner, "Bruno Lagos");

  const codes = await test.step("the telephone reads the code, and ten codes are shown once", async () => {
    await page.goto("/profile");
    await page
      .locator("section")
      .filter({ hasText: "Segundo factor" })
      .getByRole("button", { name: "Activar" })
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.locator("input[name=currentPassword]").fill("no-es-esta-clave");
    await dialog.getByRole("button", { name: "Activar" }).click();
    await expect(dialog.getByText("Esta no es tu contraseña actual.")).toBeVisible();
    await dialog.locator("input[name=currentPassword]").fill(PASSWORD);
    await dialog.getByRole("button", { name: "Activar" }).click();
    await expect(page.getByRole("heading", { name: "Escanea el código" })).toBeVisible();
    const secret = (await page.locator("[data-secret]").innerText()).replaceAll(/\s/g, "");
    await page.locator("input[name=code]").fill("000000");
    await page.getByRole("button", { name: "Activar" }).click();
    await expect(page.getByText("El código no es válido o ya se usó.", { exact: false })).toBeVisible();
    await page.locator("input[name=code]").fill(new TOTP({ secret }).generate());
    await page.getByRole("button", { name: "Activar" }).click();
    const heading = page.getByRole("heading", { name: "Guarda tus códigos de recuperación" });
    await expect(heading.locator("span")).toBeFocused();
    return page.locator("main li").allInnerTexts();
  });
  expect(codes).toHaveLength(10);
  await page.getByRole("link", { name: "Los guardé, continuar" }).click();
  await expect(page.getByText("Te quedan 10 códigos de recuperación", { exact: false })).toBeVisible();
  await hasMail({ email }, /activaste el segundo factor/i);

  const elsewhere = await test.step("elsewhere, the password alone opens nothing", async () => {
    const other = await (await browser.newContext()).newPage();
    await passwordAt(other, email, PASSWORD);
    await other.waitForURL("**/two-factor**");
    await other.goto("/customers");
    await expect(other).toHaveURL(/\/two-factor/);
    return other;
  });

  await test.step("without the telephone, a kept code opens it, and does so once", async () => {
    await elsewhere.getByRole("link", { name: "No tengo mi teléfono" }).click();
    await elsewhere.waitForURL(/with=recovery/);
    await elsewhere.locator("input[name=code]").fill(codes[0] ?? "");
    await elsewhere.getByRole("button", { name: "Confirmar" }).click();
    await elsewhere.waitForURL((url) => url.pathname !== "/two-factor");
    await elsewhere.goto("/profile");
    await expect(elsewhere.getByText("Te quedan 9 códigos de recuperación", { exact: false })).toBeVisible();
  });

  await test.step("new codes stay on the screen until they are said to be kept", async () => {
    await elsewhere.getByRole("button", { name: "Nuevos códigos de recuperación" }).click();
    const dialog = elsewhere.getByRole("dialog");
    await dialog.locator("input[name=currentPassword]").fill(PASSWORD);
    await dialog.locator("input[name=code]").fill(codes[1] ?? "");
    await dialog.getByRole("button", { name: "Crear códigos" }).click();
    await expect(dialog.getByRole("heading", { name: "Guarda tus códigos de recuperación" })).toBeFocused();
    await expect(dialog.getByText("No los volveremos a mostrar.", { exact: false })).toBeVisible();
    // The second one closes it where the browser distrusts what keeps it open.
    await elsewhere.keyboard.press("Escape");
    await elsewhere.keyboard.press("Escape");
    await expect(dialog.getByRole("listitem")).toHaveCount(10);
    await dialog.getByRole("button", { name: "Los guardé" }).click();
    await expect(dialog).toBeHidden();
    await expect(elsewhere.getByText("Te quedan 10 códigos de recuperación", { exact: false })).toBeVisible();
  });

  await test.step("without the codes too, the owner takes the factor off, and the person hears of it", async () => {
    await owner.goto("/settings/users");
    await owner.getByRole("link", { name }).click();
    await owner.getByRole("button", { name: "Restablecer segundo factor" }).click();
    const dialog = owner.getByRole("alertdialog").or(owner.getByRole("dialog"));
    await dialog.getByRole("button", { name: "Restablecer segundo factor" }).click();
    await expect(owner.getByText("Segundo factor restablecido")).toBeVisible();
    await hasMail({ email }, /se quitó tu segundo factor/i);
    const again = await (await browser.newContext()).newPage();
    await passwordAt(again, email, PASSWORD);
    await again.waitForURL((url) => !/login|two-factor/.test(url.pathname));
    await again.context().close();
  });
  await Promise.all([page, elsewhere].map((each) => each.context().close()));
});

test("a forgotten password is replaced by mail, and sessions of before end", async ({ browser }) => {
  const owner = await ownerOf(browser);
  const { email, page } = await joins(browser, owner, "Carla Reyes");
  const other = await (await browser.newContext()).newPage();
  await test.step("the code comes, and the new password holds", async () => {
    await other.goto("/login");
    await other.getByRole("link", { name: "¿Olvidaste tu contraseña?" }).click();
    await other.locator("input[name=email]").fill(email);
    await other.getByRole("button", { name: "Enviar código" }).click();
    await other.waitForURL("**/forgot-password/code");
    await other.locator("input[name=code]").fill(await codeFor(email));
    await other.locator("input[name=password]").fill("Marcos-nuevos-2026");
    await other.getByRole("button", { name: "Cambiar contraseña" }).click();
    await expect(other.getByText("Contraseña cambiada.", { exact: false })).toBeVisible();
  });
  await test.step("the session from before is over, the old password too", async () => {
    await page.goto("/customers");
    await expect(page).toHaveURL(/\/login/);
    await passwordAt(page, email, PASSWORD);
    await expect(page.getByRole("alert")).toBeVisible();
    await passwordAt(page, email, "Marcos-nuevos-2026");
    await page.waitForURL((url) => url.pathname !== "/login");
  });
  await Promise.all([page, other].map((each) => each.context().close()));
});

let shop: Promise<NewShop> | undefined;

/** The owner of a shop of these stories' own: the demo's have their people already. */
async function ownerOf(browser: Browser): Promise<Page> {
  shop ??= newShop(browser, "equipo");
  const { page } = await shop;
  return page;
}

/** Invited as a seller by the owner, with the link and the code of the mails, into an own browser. */
async function joins(browser: Browser, owner: Page, name: string): Promise<Newcomer> {
  const email = `persona-${Date.now().toString(36)}@equipo.test`;
  await owner.goto("/settings/users");
  await owner.getByRole("button", { name: "Invitar", exact: true }).click();
  const dialog = owner.getByRole("dialog", { name: "Invitar a una persona" });
  await dialog.getByLabel("Correo").fill(email);
  await dialog.getByLabel("Todas las sucursales").check();
  await dialog.getByRole("button", { name: "Enviar invitación" }).click();
  await expect(owner.getByText("Invitación enviada")).toBeVisible();
  const link = await mailed(email, /https?:\/\/\S+\/invite\/[\w-]+/);
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  await page.getByRole("button", { name: "Enviar código a mi correo" }).click();
  await page.locator("input[name=code]").fill(await codeFor(email));
  await page.locator("input[name=fullName]").fill(name);
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.getByRole("button", { name: /^Unirme a/ }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/invite"));
  return { name, email, link, page };
}

async function passwordAt(page: Page, email: string, password: string): Promise<void> {
  if (new URL(page.url(), variable("APP_URL")).pathname !== "/login") await page.goto("/login");
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.locator("button[type=submit]").click();
}
