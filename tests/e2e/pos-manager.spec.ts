import { expect, test } from "@playwright/test";
import { look } from "./support/database";
import { signedIn } from "./support/people";
import { A_LOOK_MS, openTill, quantityOf, scan, shelf } from "./support/till";

const CODE = "471142";

test("a discount above the seller's ceiling takes the manager's code, and the manager voids the sale", async ({
  browser,
}) => {
  const manager = await signedIn(browser, "manager@vista.test");
  await test.step("the manager has a code", async () => {
    await manager.goto("/profile");
    const pin = manager.locator("input[name=pin]");
    await pin.fill(CODE);
    await pin.press("Enter");
    await expect(pin).toHaveValue("");
  });

  const [{ name } = { name: "" }] = await look<{ name: string }>(
    "select full_name as name from public.admin_users where email = 'manager@vista.test'",
  );
  const { page, branch } = await openTill(browser);
  const [product] = await shelf(branch, 1);
  if (!product) throw new Error("the demo's branch has nothing to sell");
  await test.step("the seller asks for thirty per cent", async () => {
    await scan(page, product.barcode);
    await expect(quantityOf(page, product)).toHaveValue("1");
    await page.keyboard.press("%");
    await expect(page.getByLabel("Porcentaje")).toBeFocused();
    await page.keyboard.type("30");
    await expect(page.getByText("pediremos autorización al cobrar", { exact: false })).toBeVisible();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /^Autorizar y cobrar/ }).click();
  });

  await test.step("a wrong code is refused where it was typed, the right one opens the payment", async () => {
    const dialog = page.getByRole("dialog", { name: "Autorizar descuento" });
    await dialog.getByLabel(name).check();
    const code = dialog.getByLabel("Código de autorización");
    await code.fill("000000");
    await code.press("Enter");
    await expect(dialog.getByText("El código no coincide.")).toBeVisible();
    await code.fill(CODE);
    await code.press("Enter");
    await expect(page.getByRole("dialog", { name: /^Cobrar/ })).toBeVisible();
  });

  const address = await test.step("paid by card", async () => {
    const dialog = page.getByRole("dialog");
    await page.waitForTimeout(A_LOOK_MS); // a press right after the approval would be the one that gave it
    await dialog.getByRole("radio", { name: "Débito" }).click();
    await dialog.getByRole("button", { name: /^Cobrar/ }).click();
    await expect(page.locator("[data-change]")).toBeVisible();
    return (await page.getByRole("link", { name: "Ver la venta" }).getAttribute("href")) ?? "";
  });

  await test.step("the manager voids it with its number and a reason", async () => {
    await manager.goto(address);
    const number = /\d+/.exec(await manager.getByRole("heading", { level: 1 }).innerText())?.[0] ?? "";
    await manager.getByRole("button", { name: "Anular venta" }).click();
    const dialog = manager.getByRole("alertdialog");
    const confirm = dialog.getByRole("button", { name: "Anular venta" });
    await dialog.getByLabel("Motivo").fill("Prueba del descuento");
    await expect(confirm).toBeDisabled();
    await dialog.getByLabel(/^Escribe/).fill(number);
    await confirm.click();
    // The mark on the paper: the toast and the dialog say it in lower case too.
    await expect(manager.getByText("ANULADA", { exact: true })).toBeVisible();
    await expect(manager.getByRole("button", { name: "Anular venta" })).toHaveCount(0);
  });
  await page.context().close();
  await manager.context().close();
});

test("a drawer is opened, moved and closed with a blind count that shows what is missing", async ({
  browser,
}) => {
  const page = await signedIn(browser, "cashier@lumina.test");
  await page.goto("/cash-register");
  const open = page.getByRole("button", { name: "Abrir caja" });
  const opened = page.getByText("Lo esperado se muestra después de contar.");
  await expect(open.or(opened)).toBeVisible();
  if (await open.isVisible()) {
    await page.getByRole("button", { name: "$20.000" }).click();
    await open.click();
  }
  await expect(opened).toBeVisible();

  await page.getByRole("button", { name: "Retirar dinero" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Monto").fill("5000");
  await dialog.getByLabel("Motivo").fill("Compra de café");
  await dialog.getByRole("button", { name: "Retirar" }).click();
  await expect(page.getByText("Compra de café").first()).toBeVisible();

  await page.getByRole("link", { name: "Cerrar caja" }).click();
  await page.getByLabel("Cantidad de $10.000").fill("1");
  await page.getByLabel("Cantidad de $500").fill("8");
  const cash = page.getByLabel("Efectivo contado");
  await expect(cash).toHaveValue("14.000");
  const confirm = page.getByRole("alertdialog");
  await test.step("a click beside it loses nothing of the count", async () => {
    await page.getByRole("link", { name: "Volver" }).click();
    await page.getByRole("link", { name: "Cerrar caja" }).click();
    await expect(page.getByLabel("Cantidad de $500")).toHaveValue("8");
    await expect(cash).toHaveValue("14.000");
    await page.getByRole("button", { name: "Empezar de nuevo" }).click();
    await expect(page.getByLabel("Cantidad de $500")).toHaveValue("");
    await expect(cash).toHaveValue("");
    await page.getByRole("button", { name: "Deshacer" }).click();
    await expect(cash).toHaveValue("14.000");
  });
  await test.step("Enter goes on to the next field and closes nothing", async () => {
    await cash.press("Enter");
    await expect(page.getByRole("textbox", { name: "Débito" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("textbox", { name: "Crédito", exact: true })).toBeFocused();
    await expect(confirm).toHaveCount(0);
  });
  await test.step("what nobody counted is asked for, and is not zero by itself", async () => {
    await page.getByRole("button", { name: "Cerrar caja" }).click();
    await expect(page.getByText("Escribe lo que contaste.", { exact: false })).toHaveCount(3);
    await expect(page.getByRole("textbox", { name: "Débito" })).toBeFocused();
    for (const method of ["Débito", "Crédito", "Transferencia"])
      await page.getByRole("button", { name: `No hubo ${method}` }).click();
  });
  await page.getByLabel("Nota").fill("Falta una moneda");
  await test.step("the count is repeated once more; the first button leads back to it", async () => {
    await page.getByRole("button", { name: "Cerrar caja" }).click();
    await expect(confirm).toContainText("Una caja cerrada no se vuelve a abrir.");
    await expect(confirm).toContainText("$14.000");
    await expect(confirm).not.toContainText("sperado");
    await page.keyboard.press("Enter");
    await expect(confirm).toHaveCount(0);
    await page.getByRole("button", { name: "Cerrar caja" }).click();
    await confirm.getByRole("button", { name: "Cerrar la caja" }).click();
  });
  await expect(page).toHaveURL(/\/cash-register\/sessions\/[0-9a-f-]+$/);
  await expect(page.getByText("Falta una moneda")).toBeVisible();
  await expect(page.getByRole("row", { name: /Efectivo/ })).toContainText(/Faltan|Sobran|Cuadra/);
  await page.context().close();
});
