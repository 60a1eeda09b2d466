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
    await page.getByLabel("Unidades contadas").fill(String(before + 1));
    await expect(page.getByText("Diferencia: −1.")).toBeVisible();
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
