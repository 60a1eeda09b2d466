import { expect, type Page, test } from "@playwright/test";
import { look } from "./support/database";
import { signedIn } from "./support/people";
import { openTill, quantityOf, scan, shelf } from "./support/till";

test("a parked sale is not lost with the answer to whoever takes it up, nor parked twice", async ({
  browser,
}) => {
  const { page, branch } = await openTill(browser);
  const [product] = await shelf(branch, 1);
  if (!product) throw new Error("the demo's branch has nothing to sell");
  const label = `Sin respuesta ${Date.now()}`;
  const parked = page.getByRole("dialog").getByRole("listitem").filter({ hasText: label });
  await scan(page, product.barcode);
  await expect(quantityOf(page, product)).toHaveValue("1");

  await test.step("parked once, although the first answer never came", async () => {
    await page.keyboard.press("F7");
    await page.getByRole("dialog").getByLabel("Nombre para reconocerla").fill(label);
    await loseNextAnswer(page, "/pos");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("alert").filter({ hasText: "no quedará dos veces" })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(page.getByText("La venta está vacía")).toBeVisible();
    expect(await parkedUnder(label)).toBe(1);
  });

  await test.step("discarded, and back again although the line dropped on the way", async () => {
    await page.keyboard.press("Shift+F7");
    await parked.getByRole("button", { name: `Descartar ${label}` }).click();
    await expect(parked).toHaveCount(0);
    await dropNextRequest(page, "/pos");
    await page.getByRole("button", { name: "Deshacer" }).click();
    await expect(page.getByText(`${label} no volvió a la lista de espera.`)).toBeVisible();
    expect(await parkedUnder(label)).toBe(0);
    await page.getByRole("button", { name: "Reintentar" }).click();
    await expect(page.getByText(`De nuevo en espera: ${label}`)).toBeVisible();
    await expect(parked).toBeVisible();
  });

  await test.step("taken up by the second try, after the dialog was closed too", async () => {
    await loseNextAnswer(page, "/pos");
    await parked.getByRole("button", { name: "Retomar" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "la venta no se pierde" })).toBeVisible();
    expect(await parkedUnder(label)).toBe(0);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Shift+F7");
    await parked.getByRole("button", { name: "Retomar" }).click();
    await expect(quantityOf(page, product)).toHaveValue("1");
  });
  await page.context().close();
});

test("a withdrawal whose answer was lost and whose amount is changed says what stands, and goes on", async ({
  browser,
}) => {
  const page = await signedIn(browser, "seller@lumina.test");
  await page.goto("/cash-register");
  const open = page.getByRole("button", { name: "Abrir caja" });
  const opened = page.getByText("Lo esperado se muestra después de contar.");
  await expect(open.or(opened)).toBeVisible();
  if (await open.isVisible()) {
    await page.getByRole("button", { name: "$20.000" }).click();
    await open.click();
  }
  await expect(opened).toBeVisible();
  const reason = `Retiro ${Date.now()}`;
  const dialog = page.getByRole("dialog");
  const submit = dialog.getByRole("button", { name: "Retirar" });

  await page.getByRole("button", { name: "Retirar dinero" }).click();
  await dialog.getByLabel("Monto").fill("1000");
  await dialog.getByLabel("Motivo").fill(reason);
  await loseNextAnswer(page, "/cash-register");
  await submit.click();
  await expect(dialog.getByRole("alert")).toContainText("no sabemos si quedó guardado");
  await dialog.getByLabel("Monto").fill("2000");
  await submit.click();
  await expect(dialog.getByRole("alert")).toContainText("Ya quedó registrado un retiro de $1.000");
  await submit.click();
  await expect(dialog).toHaveCount(0);
  const rows = await look<{ amount: number }>(
    "select amount::int as amount from public.cash_movements where reason = $1 order by created_at",
    [reason],
  );
  expect(rows.map(({ amount }) => amount)).toEqual([1_000, 2_000]);
  await page.context().close();
});

/** The server gets the next form and does what it says; its answer never arrives. */
async function loseNextAnswer(page: Page, path: string): Promise<void> {
  await intercept(page, path, true);
}

/** The next form does not even leave. */
async function dropNextRequest(page: Page, path: string): Promise<void> {
  await intercept(page, path, false);
}

async function intercept(page: Page, path: string, reached: boolean): Promise<void> {
  let waiting = true;
  await page.route(`**${path}`, async (route) => {
    if (!waiting || route.request().method() !== "POST") return route.fallback();
    waiting = false;
    if (reached) await route.fetch();
    return route.abort("connectionreset");
  });
}

async function parkedUnder(label: string): Promise<number> {
  const [row] = await look<{ n: number }>(
    "select count(*)::int as n from public.parked_sales where label = $1 and taken_at is null",
    [label],
  );
  return row?.n ?? 0;
}
