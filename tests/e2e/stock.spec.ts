import { expect, type Page, test } from "@playwright/test";
import { look } from "./support/database";
import { signedIn } from "./support/people";
import { type Shelf, scan, shelf } from "./support/till";

interface Branch {
  readonly id: string;
  readonly name: string;
}

test("goods come in, are counted, and go to the other branch; each leaves a document and a line in the ledger", async ({
  browser,
}) => {
  const page = await signedIn(browser, "manager@vista.test");
  const { here, there } = await branchesOf(page);
  const [product] = await shelf(here.id, 1);
  if (!product) throw new Error("the demo's branch keeps nothing");
  const before = await unitsOf(product, here);
  const beforeThere = await unitsOf(product, there);

  await test.step("two readings of the same box are two units, and the supplier's guide is on the document", async () => {
    await page.goto("/inventory/receive");
    await expect(readings(page)).toBeFocused();
    await scan(page, product.barcode);
    await scan(page, product.barcode);
    await expect(page.getByText("1 producto, 2 unidades")).toBeVisible();
    await page.getByLabel("Documento o nota").fill("Guía 4471");
    await page.getByRole("button", { name: "Recibir", exact: true }).click();
    await expect(page.getByText("Mercadería recibida")).toBeVisible();
    await page.waitForURL("/inventory/documents/**");
    await expect(page.getByText("Guía 4471")).toBeVisible();
    await expect(lineOf(page, product)).toContainText("+2");
    await expect(lineOf(page, product)).toContainText(String(before + 2));
  });

  await test.step("a code that nobody knows is said, with the way to make a product of it", async () => {
    await page.goto("/inventory/receive");
    await expect(readings(page)).toBeFocused();
    await scan(page, "9999999999994");
    await expect(page.getByText("Código no encontrado: 9999999999994")).toBeVisible();
    await expect(page.getByRole("link", { name: "Crear producto" })).toHaveAttribute(
      "href",
      "/products/new?barcode=9999999999994",
    );
  });

  await test.step("a count says how far it is from the books before it is kept, and wants a reason", async () => {
    await page.goto("/inventory/adjust");
    await expect(page.getByRole("combobox", { name: "Producto" })).toBeFocused();
    await scan(page, product.barcode);
    await expect(page.getByText(`El sistema tiene ${before + 2} unidades.`)).toBeVisible();
    await expect(page.getByLabel("Unidades contadas")).toBeFocused();
    await page.keyboard.type(String(before + 1));
    await expect(page.getByText("Diferencia: −1.")).toBeVisible();
    // The count is sent by Enter; what is missing yet is asked for.
    await page.keyboard.press("Enter");
    await expect(page.getByLabel("Motivo")).toBeFocused();
    await page.getByLabel("Motivo").fill("Se quebró una");
    await page.getByRole("button", { name: "Ajustar", exact: true }).click();
    await expect(page.getByText("Stock ajustado")).toBeVisible();
    await page.waitForURL("/inventory/documents/**");
    await expect(lineOf(page, product)).toContainText("−1");
  });

  await test.step("more than there is cannot leave, and what was typed stays", async () => {
    await page.goto("/inventory/transfer");
    await expect(readings(page)).toBeFocused();
    await page.getByLabel("Sucursal de destino").selectOption(there.id);
    await readings(page).focus();
    await scan(page, product.barcode);
    await page.getByLabel("Unidades").fill(String(before + 500));
    await page.getByRole("button", { name: "Trasladar", exact: true }).click();
    await expect(page.getByText(`Quedan ${before + 1} unidades.`)).toBeVisible();
    await expect(page.getByLabel("Unidades")).toHaveValue(String(before + 500));
    expect(await unitsOf(product, here)).toBe(before + 1);
  });

  await test.step("what there is goes, and both branches agree", async () => {
    await page.getByLabel("Unidades").fill("1");
    await page.getByRole("button", { name: "Trasladar", exact: true }).click();
    await expect(page.getByText("Traslado registrado")).toBeVisible();
    await page.waitForURL("/inventory/documents/**");
    await expect(page.getByText(`${here.name} → ${there.name}`)).toBeVisible();
    expect(await unitsOf(product, here)).toBe(before);
    expect(await unitsOf(product, there)).toBe(beforeThere + 1);
  });

  await test.step("the ledger tells all three, the newest first", async () => {
    await page.goto(`/products/${product.id}/movements`);
    const rows = page.getByRole("table").getByRole("row");
    await expect(rows.nth(1)).toContainText("Traslado, ");
    await expect(rows.nth(2)).toContainText("Traslado, ");
    await expect(rows.nth(3)).toContainText("Se quebró una");
    await expect(rows.nth(4)).toContainText("Guía 4471");
  });
  await page.context().close();
});

test("goods that move while somebody counts are said, and the count is the person's to decide", async ({
  browser,
}) => {
  const page = await signedIn(browser, "manager@vista.test");
  const { here } = await branchesOf(page);
  const [product] = await shelf(here.id, 1);
  if (!product) throw new Error("the demo's branch keeps nothing");
  const before = await unitsOf(product, here);
  await count(page, product, before - 2, "Conteo de la mañana");

  const other = await page.context().newPage();
  await count(other, product, before - 1, "Se quebró una");
  await other.keyboard.press("Enter");
  await expect(other.getByText("Stock ajustado")).toBeVisible();

  await page.keyboard.press("Enter");
  await expect(
    page.getByText(`El stock cambió mientras contabas: ahora el sistema tiene ${before - 1}.`, {
      exact: false,
    }),
  ).toBeVisible();
  await expect(page.getByText(`El sistema tiene ${before - 1} unidades.`)).toBeVisible();
  await expect(page.getByText("Diferencia: −1.")).toBeVisible();
  const counted = page.getByLabel("Unidades contadas");
  await expect(counted).toBeFocused();
  await expect(counted).toHaveValue(String(before - 2));
  await expect(page.getByLabel("Motivo")).toHaveValue("Conteo de la mañana");
  expect(await unitsOf(product, here)).toBe(before - 1);

  await page.keyboard.press("Enter");
  await expect(page.getByText("Stock ajustado")).toBeVisible();
  expect(await unitsOf(product, here)).toBe(before - 2);
  await page.context().close();
});

test("a reception whose answer was lost is not taken in twice, changed or not; going back is a new form", async ({
  browser,
}) => {
  const page = await signedIn(browser, "manager@vista.test");
  const { here } = await branchesOf(page);
  const [product] = await shelf(here.id, 1);
  if (!product) throw new Error("the demo's branch keeps nothing");
  const before = await unitsOf(product, here);
  const send = page.getByRole("button", { name: "Recibir", exact: true });

  await test.step("the line drops after the server has saved", async () => {
    await expect(readings(page)).toBeFocused();
    await scan(page, product.barcode);
    await expect(page.getByText("1 producto, 1 unidad")).toBeVisible();
    await page.route("/inventory/receive", async (route) => {
      if (route.request().method() !== "POST") return route.fallback();
      await route.fetch();
      await route.abort("connectionreset");
    });
    await send.click();
    await expect(page.locator("[data-form-alert]")).toBeVisible();
    await page.unroute("/inventory/receive");
    expect(await unitsOf(product, here)).toBe(before + 1);
  });

  await test.step("sent again with more in it, it is refused and leads to what was saved", async () => {
    await page.getByLabel("Unidades").fill("5");
    await send.click();
    await expect(page.getByText("Este formulario ya se guardó, antes de que lo cambiaras")).toBeVisible();
    await expect(page.getByLabel("Unidades")).toHaveValue("5");
    expect(await unitsOf(product, here)).toBe(before + 1);
    const opening = page.waitForEvent("popup");
    await page.getByRole("link", { name: "Ver el documento guardado" }).click();
    const saved = await opening;
    await expect(lineOf(saved, product)).toContainText("+1");
    await saved.close();
  });

  await test.step("sent again as it was, it opens what was saved", async () => {
    await page.getByLabel("Unidades").fill("1");
    await send.click();
    await page.waitForURL("/inventory/documents/**");
    expect(await unitsOf(product, here)).toBe(before + 1);
  });

  await test.step("the way back leads to an empty form, which is another document", async () => {
    const first = page.url();
    await page.goBack();
    await expect(readings(page)).toBeFocused();
    await scan(page, product.barcode);
    await scan(page, product.barcode);
    await expect(page.getByText("1 producto, 2 unidades")).toBeVisible();
    await send.click();
    await page.waitForURL("/inventory/documents/**");
    expect(page.url()).not.toBe(first);
    expect(await unitsOf(product, here)).toBe(before + 3);
  });
  await page.context().close();
});

test("a delivery that is half scanned is sent by no Enter and lost by no click, until it is saved or begun anew", async ({
  browser,
}) => {
  const page = await signedIn(browser, "manager@vista.test");
  const { here } = await branchesOf(page);
  const [product] = await shelf(here.id, 1);
  if (!product) throw new Error("the demo's branch keeps nothing");
  const before = await unitsOf(product, here);
  const units = page.getByLabel("Unidades");
  const cost = page.getByLabel("Costo neto unitario");
  const isAsItWas = async () => {
    await expect(units).toHaveValue("5");
    await expect(cost).toHaveValue("1.990");
  };

  await test.step("Enter in units and in cost leads to the next product", async () => {
    await expect(readings(page)).toBeFocused();
    await scan(page, product.barcode);
    await expect(units).toHaveValue("1");
    await units.fill("4");
    await units.press("Enter");
    await expect(readings(page)).toBeFocused();
    await scan(page, product.barcode);
    await expect(units).toHaveValue("5");
    await cost.fill("1990");
    await cost.press("Enter");
    await expect(readings(page)).toBeFocused();
    await expect(page).toHaveURL("/inventory/receive");
    expect(await unitsOf(product, here)).toBe(before);
  });

  await test.step("it is there after a click beside it, and after a reload", async () => {
    await page.getByRole("link", { name: "Cancelar" }).click();
    await page.waitForURL("/inventory");
    await page.goto("/inventory/receive");
    await isAsItWas();
    await page.reload();
    await isAsItWas();
    await page.goto("/inventory/transfer");
    await expect(readings(page)).toBeVisible();
    await expect(units).toHaveCount(0);
    await page.goto("/inventory/receive");
  });

  await test.step("begun anew it is empty, and that can be undone", async () => {
    await isAsItWas();
    await page.getByRole("button", { name: "Empezar de nuevo" }).click();
    await expect(units).toHaveCount(0);
    await expect(readings(page)).toBeFocused();
    await page.getByRole("button", { name: "Deshacer" }).click();
    await isAsItWas();
  });

  await test.step("saved, it is kept no longer", async () => {
    await page.getByRole("button", { name: "Recibir", exact: true }).click();
    await page.waitForURL("/inventory/documents/**");
    expect(await unitsOf(product, here)).toBe(before + 5);
    await page.goto("/inventory/receive");
    await expect(readings(page)).toBeFocused();
    await expect(units).toHaveCount(0);
  });
  await page.context().close();
});

test("a line that is taken out hands the focus to the next one, the last to the search", async ({
  browser,
}) => {
  const page = await signedIn(browser, "manager@vista.test");
  const { here } = await branchesOf(page);
  const boxes = await shelf(here.id, 3);
  await expect(readings(page)).toBeFocused();
  for (const { barcode, name } of boxes) {
    await scan(page, barcode);
    await expect(removalOf(page, name)).toBeVisible();
  }
  const [first, second, third] = boxes.map(({ name }) => removalOf(page, name));
  if (!first || !second || !third) throw new Error("the demo's branch keeps too little");
  await first.focus();
  await page.keyboard.press("Enter");
  await expect(second).toBeFocused();
  await third.focus();
  await page.keyboard.press("Enter");
  await expect(readings(page)).toBeFocused();
  await scan(page, boxes[0]?.barcode ?? "");
  await expect(first).toBeVisible();
  await page.context().close();
});

test("a seller sees the stock and cannot move it", async ({ browser }) => {
  const page = await signedIn(browser, "seller@vista.test");
  await page.goto("/inventory");
  await expect(page.getByRole("table", { name: "Stock por sucursal" })).toBeVisible();
  for (const name of ["Recibir", "Trasladar", "Ajustar"])
    await expect(page.getByRole("link", { name, exact: true })).toHaveCount(0);
  for (const path of ["receive", "transfer", "adjust"]) {
    const answer = await page.goto(`/inventory/${path}`);
    expect(answer?.status(), path).toBe(404);
  }
  await page.context().close();
});

const readings = (page: Page) => page.getByRole("combobox", { name: "Escanear o buscar producto" });

/** Fills a count in, up to the field from which Enter sends it. */
async function count(page: Page, { barcode }: Shelf, units: number, reason: string): Promise<void> {
  await page.goto("/inventory/adjust");
  await expect(page.getByRole("combobox", { name: "Producto" })).toBeFocused();
  await scan(page, barcode);
  await expect(page.getByLabel("Unidades contadas")).toBeFocused();
  await page.keyboard.type(String(units));
  await page.getByLabel("Motivo").fill(reason);
}

const removalOf = (page: Page, name: string) =>
  page.getByRole("button", { name: `Quitar ${name}`, exact: true });

const lineOf = (page: Page, { name }: Shelf) =>
  page.getByRole("table", { name: "Productos" }).getByRole("row").filter({ hasText: name });

/** The branch where the person works now, and another one of the same shop. */
async function branchesOf(page: Page): Promise<{ here: Branch; there: Branch }> {
  await page.goto("/inventory/receive");
  const id = await page.locator("input[name=branchId]").inputValue();
  const branches = await look<Branch>(
    `select b.id, b.name from public.branches b
     where b.archived_at is null and b.organization_id = (select organization_id from public.branches where id = $1)
     order by b.name`,
    [id],
  );
  const here = branches.find((branch) => branch.id === id);
  const there = branches.find((branch) => branch.id !== id);
  if (!here || !there) throw new Error("the demo's shop has one branch alone");
  return { here, there };
}

async function unitsOf({ id }: Shelf, branch: Branch): Promise<number> {
  const [row] = await look<{ n: number }>(
    "select quantity::int as n from public.stock_levels where product_id = $1 and branch_id = $2",
    [id, branch.id],
  );
  return row?.n ?? 0;
}
