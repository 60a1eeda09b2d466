import { expect, test } from "@playwright/test";
import {
  field,
  openTill,
  quantityOf,
  type Shelf,
  salesOf,
  scan,
  shelf,
  total,
  withDrawer,
} from "./support/till";
import { watch } from "./support/watch";

const pesos = (amount: number) => `$${amount.toLocaleString("es-CL")}`;
const first = (products: Shelf[]) => products[0] ?? never();

test("a sale is made without a mouse: search, quantity, customer, discount, payment, print, next", async ({
  browser,
}) => {
  const { page, branch } = await openTill(browser);
  const complaints = watch(page);
  const product = first(await shelf(branch, 1));
  await page.evaluate(() => {
    window.print = () =>
      document.body.setAttribute("data-printed", document.querySelector("[data-paper]")?.textContent ?? "");
  });

  await test.step("search and quantity", async () => {
    await page.keyboard.type(product.name, { delay: 45 });
    await expect(page.getByRole("option", { selected: true })).toContainText(product.name);
    await page.keyboard.press("Enter");
    await expect(quantityOf(page, product)).toHaveValue("1");
    await page.keyboard.press("+");
    await expect(quantityOf(page, product)).toHaveValue("2");
    await page.keyboard.press("*");
    await page.keyboard.type("3");
    await page.keyboard.press("Enter");
    await expect(quantityOf(page, product)).toHaveValue("3");
    await expect(field(page)).toBeFocused();
    await expect(page.getByRole("status").filter({ hasText: `${product.name}, 3` })).toHaveCount(1);
  });

  await test.step("customer", async () => {
    await page.keyboard.press("F4");
    await expect(page.getByLabel("Buscar cliente")).toBeFocused();
    await page.keyboard.type("maria", { delay: 45 });
    await expect(page.getByRole("listbox", { name: "Clientes encontrados" })).toHaveAttribute(
      "aria-busy",
      "false",
    );
    await expect(page.getByRole("option", { selected: true })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(field(page)).toBeFocused();
  });

  await test.step("discount within the role's ceiling", async () => {
    await page.keyboard.press("F8");
    await expect(page.getByLabel("Porcentaje")).toBeFocused();
    await page.keyboard.type("10");
    await page.keyboard.press("Enter");
    const gross = product.price * 3;
    const discount = Math.floor((gross * 1_000 + 5_000) / 10_000);
    await expect(total(page)).toHaveText(pesos(gross - discount));
    await expect(field(page)).toBeFocused();
  });

  await test.step("payment with change, and the receipt twice", async () => {
    await page.keyboard.press("F9");
    await withDrawer(page);
    const due = Number(await total(page).getAttribute("data-total"));
    const notes = Math.ceil(due / 20_000) * 20_000;
    await page.keyboard.type(String(notes), { delay: 60 }); // as fast as a hand: faster is a scanner
    await page.keyboard.press("Enter");
    const change = page.locator("[data-change]");
    await expect(change).toBeVisible();
    expect(Number(await change.getAttribute("data-change")) % 10).toBe(0);
    const next = page.getByRole("button", { name: /Nueva venta/ });
    await expect(next).toBeFocused();
    await expect(next).toHaveAccessibleDescription(/^Venta registrada · N° \d+ Vuelto \$[\d.]+$/);

    const print = page.getByRole("button", { name: "Imprimir" });
    await print.focus();
    await page.keyboard.press("Enter");
    await expect(page.locator("body")).toHaveAttribute("data-printed", /NO ES BOLETA/);
    await expect(page.locator("body")).not.toHaveAttribute("data-printed", /COPIA/);
    await expect(print).toBeEnabled();
    await print.focus();
    await page.keyboard.press("Enter");
    await expect(page.locator("body")).toHaveAttribute("data-printed", /COPIA/);
  });

  await test.step("Enter begins the next sale", async () => {
    await page.getByRole("button", { name: /Nueva venta/ }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText("La venta está vacía")).toBeVisible();
    await expect(field(page)).toBeFocused();
  });

  await test.step("with an empty cart F7 shows what was put aside", async () => {
    await expect(page.getByRole("button", { name: /^Ventas en espera/ })).toBeVisible();
    await page.keyboard.press("F7");
    await expect(page.getByRole("dialog", { name: "Ventas en espera" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  });
  complaints.none();
  await page.context().close();
});

test("a scanner is heard wherever the focus is, and never adds what it does not know", async ({
  browser,
}) => {
  const { page, branch } = await openTill(browser);
  const [one, other] = await shelf(branch, 2);
  if (!one || !other) return never();

  await test.step("in the field", async () => {
    await scan(page, one.barcode);
    await expect(quantityOf(page, one)).toHaveValue("1");
    await expect(field(page)).toHaveValue("");
  });
  await test.step("on nothing at all", async () => {
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    await scan(page, one.barcode);
    await expect(quantityOf(page, one)).toHaveValue("2");
  });
  await test.step("on a button, which its Enter does not press", async () => {
    await page.getByRole("button", { name: "Vaciar la venta" }).focus();
    await scan(page, other.barcode);
    await expect(quantityOf(page, other)).toHaveValue("1");
    await expect(quantityOf(page, one)).toHaveValue("2");
  });
  await test.step("in a quantity, which stays what it was", async () => {
    await quantityOf(page, other).focus();
    await scan(page, one.barcode);
    await expect(quantityOf(page, one)).toHaveValue("3");
    await expect(quantityOf(page, other)).toHaveValue("1");
  });
  await test.step("with a quantity before it", async () => {
    await field(page).focus();
    await page.keyboard.type("2*", { delay: 80 });
    await scan(page, other.barcode);
    await expect(quantityOf(page, other)).toHaveValue("3");
  });
  await test.step("with a code that nobody knows", async () => {
    await scan(page, "9990000000001");
    await expect(page.getByRole("alert").filter({ hasText: "Código no encontrado" })).toContainText(
      "9990000000001",
    );
    await expect(page.locator("input[data-quantity]")).toHaveCount(2);
  });
  await test.step("with a code that has an x in it, which multiplies nothing", async () => {
    await field(page).focus();
    await scan(page, `2x${one.barcode}`);
    await expect(page.getByRole("alert").filter({ hasText: "Código no encontrado" })).toContainText(
      `2x${one.barcode}`,
    );
    await expect(quantityOf(page, one)).toHaveValue("3");
  });
  await test.step("not while a dialog is open", async () => {
    await page.keyboard.press("F8");
    await page.getByRole("button", { name: "Cancelar" }).focus();
    await scan(page, one.barcode);
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(quantityOf(page, one)).toHaveValue("3");
  });
  await page.context().close();
});

test("what Supr takes out comes back, with the discount of the sale; and what is searched for is said", async ({
  browser,
}) => {
  const { page, branch } = await openTill(browser);
  const product = first(await shelf(branch, 1));
  const said = (text: string) => page.getByRole("status").filter({ hasText: text });

  await test.step("the last line, and the discount with it", async () => {
    await scan(page, product.barcode);
    await expect(quantityOf(page, product)).toHaveValue("1");
    await page.keyboard.press("F8");
    await expect(page.getByLabel("Porcentaje")).toBeFocused();
    await page.keyboard.type("10");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toBeHidden();
    const discounted = await total(page).getAttribute("data-total");
    expect(Number(discounted)).toBeLessThan(product.price);
    await expect(page.getByRole("button", { name: "Dejar la venta en espera" })).toBeVisible();
    await page.keyboard.press("Delete");
    await expect(page.getByText("La venta está vacía")).toBeVisible();
    await page.getByRole("button", { name: "Deshacer" }).click();
    await expect(quantityOf(page, product)).toHaveValue("1");
    await expect(total(page)).toHaveAttribute("data-total", discounted ?? "");
  });

  await test.step("products that there are not", async () => {
    await field(page).focus();
    await page.keyboard.type("zzzz", { delay: 60 });
    await expect(said("Nada coincide con “zzzz”.")).toHaveCount(1);
    await page.keyboard.press("Escape");
  });

  await test.step("a customer that there is not, whose telephone goes where it belongs", async () => {
    await page.keyboard.press("F4");
    await expect(page.getByLabel("Buscar cliente")).toBeFocused();
    await page.keyboard.type("900000017", { delay: 60 });
    await expect(said("Ningún cliente coincide.")).toBeVisible();
    await page.getByRole("button", { name: "Crear cliente nuevo" }).click();
    await expect(page.getByLabel("Teléfono")).toHaveValue("900000017");
    await expect(page.getByLabel("RUT")).toHaveValue("");
    await expect(page.getByLabel("Nombres")).toHaveValue("");
  });
  await page.context().close();
});

test("a cart survives a reload, and is parked and taken up again", async ({ browser }) => {
  const { page, branch } = await openTill(browser);
  const product = first(await shelf(branch, 1));
  await scan(page, product.barcode);
  await expect(quantityOf(page, product)).toHaveValue("1");
  await page.keyboard.press("+");
  await expect(quantityOf(page, product)).toHaveValue("2");

  await page.reload();
  await expect(quantityOf(page, product)).toHaveValue("2");
  await expect(total(page)).toHaveText(pesos(product.price * 2));

  await page.keyboard.press("F7");
  const label = `Prueba ${Date.now()}`;
  await page.getByRole("dialog").getByLabel("Nombre para reconocerla").fill(label);
  await page.keyboard.press("Enter");
  await expect(page.getByText("La venta está vacía")).toBeVisible();

  await page.keyboard.press("Shift+F7");
  const parked = page.getByRole("dialog").getByRole("listitem").filter({ hasText: label });
  await parked.getByRole("button", { name: "Retomar" }).click();
  await expect(quantityOf(page, product)).toHaveValue("2");
  await page.context().close();
});

test("a payment whose answer is lost is sent again under its key: one sale, after a reload too", async ({
  browser,
}) => {
  const { page, branch } = await openTill(browser);
  const product = first(await shelf(branch, 1));
  const before = await salesOf(product);
  const keys: string[] = [];
  // The server gets the sale and answers; the answer never arrives.
  await page.route("**/api/pos/sales", async (route) => {
    keys.push(route.request().headers()["idempotency-key"] ?? "");
    await route.fetch();
    await route.abort("connectionreset");
  });

  await scan(page, product.barcode);
  await expect(quantityOf(page, product)).toHaveValue("1");
  await page.keyboard.press("F9");
  await withDrawer(page);
  await page.keyboard.press("Enter");
  await expect(
    page.getByRole("alert").filter({ hasText: "No sabemos si la venta quedó registrada" }),
  ).toBeVisible();
  expect(await salesOf(product)).toBe(before + 1);
  await expect(page.getByRole("button", { name: /^Cobrar/ })).toBeDisabled();
  await scan(page, product.barcode);
  await expect(quantityOf(page, product)).toHaveValue("1");

  await page.reload();
  await expect(page.getByText("Se recargó la página mientras se cobraba", { exact: false })).toBeVisible();
  await page.unroute("**/api/pos/sales");
  page.on("request", (request) => {
    if (request.url().endsWith("/api/pos/sales")) keys.push(request.headers()["idempotency-key"] ?? "");
  });
  await page.getByRole("button", { name: "Reintentar" }).click();
  await expect(page.locator("[data-change]")).toBeVisible();
  expect(await salesOf(product)).toBe(before + 1);
  expect(new Set(keys).size).toBe(1);
  expect(keys).toHaveLength(2);
  await page.context().close();
});

test("without a line the cart goes on and payment waits, saying why", async ({ browser }) => {
  const { page, branch } = await openTill(browser);
  const product = first(await shelf(branch, 1));
  await scan(page, product.barcode);
  await expect(quantityOf(page, product)).toHaveValue("1");

  await page.context().setOffline(true);
  await expect(
    page.getByText("Sin conexión. Puedes seguir armando la venta", { exact: false }),
  ).toBeVisible();
  await scan(page, product.barcode);
  await expect(quantityOf(page, product)).toHaveValue("2");
  await expect(page.getByRole("button", { name: /^Cobrar/ })).toBeDisabled();
  await expect(page.getByText("Sin conexión no se puede cobrar", { exact: false })).toBeVisible();
  await scan(page, "9990000000001");
  await expect(page.getByText("Sin respuesta al buscar 9990000000001", { exact: false })).toBeVisible();

  await page.context().setOffline(false);
  await expect(page.getByRole("button", { name: /^Cobrar/ })).toBeEnabled();
  await page.context().close();
});

function never(): never {
  throw new Error("the demo's branch has nothing to sell");
}
