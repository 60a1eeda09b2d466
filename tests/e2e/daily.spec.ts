import { expect, type Page, test } from "@playwright/test";
import { look } from "./support/database";
import { hasMail } from "./support/mail";
import { signedIn } from "./support/people";
import { newestSale } from "./support/till";

test("the quick search finds a page, a person and a sale without the mouse, and remembers", async ({
  browser,
}) => {
  const { number } = await newestSale();
  const [customer] = await look<{ id: string; rut: string; surnames: string }>(
    `select c.id, c.rut, c.surnames from public.customers c join public.organizations g on g.id = c.organization_id
     where g.name = 'Óptica Vista' and c.archived_at is null and c.rut is not null order by c.created_at limit 1`,
  );
  if (!customer) throw new Error("nobody in the demo's shop has a RUT");
  const page = await signedIn(browser, "manager@vista.test");
  await page.goto("/");
  await find(page, "inventario", "Inventario");
  await page.waitForURL("/inventory");
  await find(page, customer.rut.replace("-", ""), customer.surnames);
  await page.waitForURL(`/customers/${customer.id}`);
  await find(page, String(number), `Venta N° ${number}`);
  await page.waitForURL("/orders/**");
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog");
  await expect(palette.getByRole("option").first()).toBeVisible();
  await page.keyboard.type("zzzzzz");
  await expect(palette.getByRole("status")).toContainText("zzzzzz");
  await page.keyboard.press("Escape");
  await expect(palette).toHaveCount(0);
  await page.context().close();
});

test("a receipt goes to the customer by mail", async ({ browser }) => {
  const { id } = await newestSale();
  const email = `cliente-${Date.now().toString(36)}@correo.test`;
  const page = await signedIn(browser, "manager@vista.test");
  await page.goto(`/orders/${id}`);
  await page.getByRole("button", { name: "E-mail" }).click();
  const dialog = page.getByRole("dialog", { name: "Enviar comprobante" });
  await dialog.getByLabel("Correo").fill(email);
  await dialog.getByRole("button", { name: "Enviar", exact: true }).click();
  await expect(page.getByText("El comprobante va en camino")).toBeVisible();
  await hasMail({ email }, /Óptica Vista/);
  await page.context().close();
});

test("the address that a customer left is offered for the receipt of their sale", async ({ browser }) => {
  const [sale] = await look<{ id: string; email: string }>(
    `select o.id, c.email from public.orders o
     join public.customers c on c.organization_id = o.organization_id and c.id = o.customer_id
     join public.organizations g on g.id = o.organization_id
     where g.name = 'Óptica Vista' and c.email is not null order by o.created_at desc limit 1`,
  );
  if (!sale) throw new Error("nobody with an address has bought anything of the demo's shop");
  const page = await signedIn(browser, "manager@vista.test");
  await page.goto(`/orders/${sale.id}`);
  await page.getByRole("button", { name: "E-mail" }).click();
  await expect(page.getByRole("dialog").getByLabel("Correo")).toHaveValue(sale.email);
  await page.context().close();
});

/** Ctrl-K, what one looks for, arrows to what one means, and Enter. */
async function find(page: Page, what: string, means: string): Promise<void> {
  const palette = page.getByRole("dialog");
  // A page that is still waking up does not hear the first one: the person presses again.
  await expect(async () => {
    // Where it is on its way already, pressing again would send it away.
    if ((await palette.count()) === 0) await page.keyboard.press("Control+k");
    await expect(palette.getByRole("combobox")).toBeFocused({ timeout: 2_000 });
  }).toPass();
  await page.keyboard.type(what);
  await expect(palette.getByRole("option").filter({ hasText: means }).first()).toBeVisible();
  const marked = palette.getByRole("option", { selected: true });
  for (let steps = 0; steps < 20 && !(await marked.innerText()).includes(means); steps++)
    await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
}
