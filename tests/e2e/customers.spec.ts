import { expect, type Page, test } from "@playwright/test";
import { rutCheckDigit } from "../../lib/chile/rut";
import { look } from "./support/database";
import { signedIn } from "./support/people";

/** A RUT with its right last figure, of a company that no other run of this story made. */
function aRut(): { plain: string; dotted: string } {
  const body = String(77_000_000 + Math.floor(Math.random() * 900_000));
  const check = rutCheckDigit(body);
  return {
    plain: `${body}${check}`,
    dotted: `${body.replace(/(\d{2})(\d{3})(\d{3})/, "$1.$2.$3")}-${check}`,
  };
}

const form = (page: Page) => page.locator("main form");
const shown = (page: Page) => page.getByRole("table", { name: "Clientes de la óptica" });

test("a customer is written down once, found by whatever they say of themselves, and kept apart from the neighbour", async ({
  browser,
}) => {
  const rut = aRut();
  const page = await signedIn(browser, "seller@vista.test");

  await test.step("what is missing is said at its field, and what was typed stays", async () => {
    await page.goto("/customers/new");
    await form(page).locator("input[name=givenNames]").fill("Begoña");
    await form(page).locator("input[name=rut]").fill("12.345.678-9");
    await page.getByRole("button", { name: "Crear cliente" }).click();
    await expect(page.getByText("El RUT no es válido: revisa el dígito verificador.")).toBeVisible();
    await expect(page.getByText("Completa este campo.")).toBeVisible();
    await expect(form(page).locator("input[name=givenNames]")).toHaveValue("Begoña");
  });

  const address = await test.step("mended, it is kept, and its record opens", async () => {
    await form(page).locator("input[name=surnames]").fill("Ñancupil Ibáñez");
    await form(page).locator("input[name=rut]").fill(rut.plain);
    await form(page).locator("input[name=phone]").fill("9 8765 4321");
    await page.getByRole("button", { name: "Crear cliente" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Begoña Ñancupil Ibáñez" })).toBeVisible();
    await expect(page.getByText(rut.dotted)).toBeVisible();
    await expect(page.getByText("+56 9 8765 4321")).toBeVisible();
    return page.url();
  });

  for (const said of ["nancupil ibanez", "BEGONA", rut.plain, rut.dotted, "87654321"])
    await test.step(`found by ${said}`, async () => {
      await page.goto(`/customers?q=${encodeURIComponent(said)}`);
      await expect(shown(page).locator(`a[href="${new URL(address).pathname}"]`)).toBeVisible();
    });

  await test.step("the same RUT again leads to the record that has it", async () => {
    await page.goto("/customers/new");
    await form(page).locator("input[name=surnames]").fill("Otra");
    await form(page).locator("input[name=givenNames]").fill("Persona");
    await form(page).locator("input[name=rut]").fill(rut.dotted);
    await page.getByRole("button", { name: "Crear cliente" }).click();
    const there = page.getByRole("link", { name: "Ver la ficha que tiene este RUT" });
    await expect(there).toHaveAttribute("href", new URL(address).pathname);
  });

  await test.step("the neighbour finds nobody", async () => {
    const neighbour = await signedIn(browser, "seller@lumina.test");
    await neighbour.goto(`/customers?q=${rut.plain}`);
    await expect(shown(neighbour)).toHaveCount(0);
    expect((await neighbour.goto(new URL(address).pathname))?.status()).toBe(404);
    await neighbour.context().close();
  });
  await page.context().close();
});

test("two people change one customer: the second is told, loses nothing typed, and the trail names both", async ({
  browser,
}) => {
  const [customer] = await look<{ id: string }>(
    `select c.id from public.customers c join public.organizations o on o.id = c.organization_id
     where o.name = 'Óptica Vista' and c.archived_at is null and c.kind = 'person' order by c.created_at limit 1`,
  );
  if (!customer) throw new Error("the demo's shop has no customer");
  const path = `/customers/${customer.id}`;
  const [owner, seller] = [
    await signedIn(browser, "owner@vista.test"),
    await signedIn(browser, "seller@vista.test"),
  ];
  await Promise.all([owner.goto(`${path}/edit`), seller.goto(`${path}/edit`)]);

  await test.step("the first is kept", async () => {
    await form(owner).locator("textarea[name=notes]").fill("Prefiere armazones livianos");
    await owner.getByRole("button", { name: "Guardar" }).click();
    await expect(owner.getByText("Cambios guardados")).toBeVisible();
  });

  await test.step("the second is not, and can be compared", async () => {
    await form(seller).locator("textarea[name=notes]").fill("Alérgica al níquel");
    await seller.getByRole("button", { name: "Guardar" }).click();
    await expect(
      seller.getByText("Otra persona cambió este cliente mientras lo editabas.", { exact: false }),
    ).toBeVisible();
    await expect(form(seller).locator("textarea[name=notes]")).toHaveValue("Alérgica al níquel");
    await expect(seller.getByRole("link", { name: "Ver la ficha actual en otra pestaña" })).toHaveAttribute(
      "href",
      path,
    );
  });

  await test.step("archived by mistake, the customer is back with one click", async () => {
    await owner.goto(path);
    await owner.getByRole("button", { name: "Archivar" }).click();
    await expect(owner.getByText("Este cliente está archivado", { exact: false })).toBeVisible();
    await owner.getByRole("button", { name: "Deshacer" }).click();
    await expect(owner.getByText("Este cliente está archivado", { exact: false })).toHaveCount(0);
    await expect(owner.getByRole("button", { name: "Archivar" })).toBeVisible();
  });

  await test.step("who did what stands on the record, for who may read the trail", async () => {
    await owner.goto(`${path}/activity`);
    await expect(owner.locator("main")).toContainText("Cambió: notas");
    await seller.goto(path);
    await expect(seller.getByRole("link", { name: "Actividad" })).toHaveCount(0);
  });
  await Promise.all([owner.context().close(), seller.context().close()]);
});
