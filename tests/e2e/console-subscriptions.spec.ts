import { expect, type Page, test } from "@playwright/test";
import { look } from "./support/database";
import { signedIn } from "./support/people";
import { watch } from "./support/watch";

const LIST = "/admin/saas-management/subscriptions";
const DAY_MS = 86_400_000;

interface Trial {
  readonly id: string;
  readonly name: string;
}

/** A shop on trial that lives by everybody's hour and whose trial ends within a fortnight. */
async function aTrial(): Promise<Trial> {
  const [shop] = await look<Trial>(
    `select o.id, o.name from public.subscriptions s join public.organizations o on o.id = s.organization_id
     where s.status = 'trialing' and not o.is_test and s.trial_ends_at between now() + interval '2 days' and now() + interval '14 days'
     order by s.trial_ends_at desc limit 1`,
  );
  if (!shop) throw new Error("no shop of the demo is on trial");
  return shop;
}

const card = (page: Page, name: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name, exact: true, level: 2 }) });

/** Moves the clock and waits until it stands there. */
async function move(page: Page, button: string): Promise<void> {
  const clock = card(page, "Reloj de prueba");
  const hour = clock.locator("dd time").first();
  const before = await hour.getAttribute("datetime");
  await clock.getByRole("button", { name: button, exact: true }).click();
  await expect(hour).not.toHaveAttribute("datetime", before ?? "");
  await expect(clock.getByText("Adelantando el reloj", { exact: false })).toBeHidden();
}

test("staff watch a trial end, give more days, change the plan, and find it all in the history", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const shop = await aTrial();
  const root = await signedIn(browser, "root@opttius.test");
  const complaints = watch(root);
  const title = root.getByRole("heading", { level: 1 });

  await test.step("the shop is found among the trials", async () => {
    await root.goto(LIST);
    await expect(title).toHaveText("Suscripciones");
    await root.getByRole("combobox", { name: "Estado" }).selectOption("trialing");
    await expect(root).toHaveURL(/status=trialing/);
    await root.getByRole("searchbox").fill(shop.name);
    await expect(root).toHaveURL(/q=/);
    await root.getByRole("row").getByRole("link", { name: shop.name }).click();
    await expect(title).toContainText(shop.name);
    await expect(title).toContainText("En prueba");
  });

  await test.step("its test clock starts, and the shop is a test shop from then on", async () => {
    const clock = card(root, "Reloj de prueba");
    await clock.getByRole("button", { name: "Iniciar reloj" }).click();
    await root.getByRole("alertdialog").getByRole("button", { name: "Iniciar reloj" }).click();
    await expect(clock.getByText("Hora de la óptica", { exact: true })).toBeVisible();
    await expect(title).toContainText("Óptica de prueba");
  });

  await test.step("fifteen days later the trial has ended, with its mails", async () => {
    for (const button of ["+7 días", "+7 días", "+1 día"]) await move(root, button);
    await expect(title).toContainText("Vencido");
    await expect(root.getByText("La prueba terminó sin un pago", { exact: false })).toBeVisible();
    const played = card(root, "Reloj de prueba").getByRole("listitem");
    await expect(played.filter({ hasText: "Estado" }).filter({ hasText: "Vencido" })).toHaveCount(1);
    await expect(played.filter({ hasText: "Queda un día de prueba" })).toHaveCount(1);
    await expect(played.filter({ hasText: "La prueba terminó" })).toHaveCount(1);
  });

  await test.step("more days need a reason; with it the trial goes on by the shop's clock", async () => {
    await root.getByRole("button", { name: "Extender" }).click();
    const dialog = root.getByRole("dialog");
    await dialog.getByLabel("Días").fill("400");
    await dialog.getByLabel("Motivo").fill("ok");
    await dialog.getByRole("button", { name: "Extender" }).click();
    await expect(dialog.getByText("El máximo es 365.")).toBeVisible();
    await expect(dialog.getByText("Escribe al menos 5 caracteres.")).toBeVisible();
    await dialog.getByLabel("Días").fill("10");
    await dialog.getByLabel("Motivo").fill("Prueba más larga por feria");
    await dialog.getByRole("button", { name: "Extender" }).click();
    await expect(root.getByText("Se dieron 10 días más")).toBeVisible();
    await expect(title).toContainText("En prueba");
  });

  await test.step("the clock does not go back, and says so at its field", async () => {
    const clock = card(root, "Reloj de prueba");
    await clock
      .getByLabel("Hasta el fin de un día")
      .fill(new Date(Date.now() - DAY_MS).toISOString().slice(0, 10));
    await clock.getByRole("button", { name: "Ir", exact: true }).click();
    await expect(clock.getByText("El reloj solo avanza", { exact: false })).toBeVisible();
  });

  await test.step("another plan holds at once; the same again is refused at the plan", async () => {
    await root.getByRole("button", { name: "Cambiar plan" }).click();
    const dialog = root.getByRole("dialog");
    await dialog.getByLabel("Motivo").fill("Acuerdo con la dueña");
    await dialog.getByRole("button", { name: "Cambiar plan" }).click();
    await expect(dialog.getByText("Ya tiene este plan con este período.")).toBeVisible();
    await dialog.getByLabel("Plan").selectOption("premium");
    await dialog.getByRole("button", { name: "Cambiar plan" }).click();
    await expect(root.getByText("Plan cambiado")).toBeVisible();
    await expect(card(root, "Plan")).toContainText("Premium, versión 1");
  });

  await test.step("an end that was ordered is taken back before its day", async () => {
    await root.getByRole("button", { name: "Terminar" }).click();
    const question = root.getByRole("alertdialog");
    await question.getByLabel("Motivo").fill("Se equivocó de óptica");
    await question.getByLabel(`Escribe ${shop.name}`, { exact: false }).fill(shop.name);
    await question.getByRole("button", { name: "Terminar" }).click();
    await expect(root.getByText("Terminará cuando venza lo que corre")).toBeVisible();
    await expect(root.getByText("Termina el", { exact: false })).toBeVisible();
    await root.getByRole("button", { name: "Retirar el término" }).click();
    await question.getByLabel("Motivo").fill("Era otra óptica");
    await question.getByRole("button", { name: "Retirar el término" }).click();
    await expect(root.getByText("La suscripción sigue", { exact: true })).toBeVisible();
    await expect(root.getByText("Termina el", { exact: false })).toBeHidden();
  });

  await test.step("the history tells who did what and why", async () => {
    const history = card(root, "Historial").getByRole("row");
    await expect(history.filter({ hasText: "cambió el plan de la suscripción" })).toContainText(
      "Acuerdo con la dueña",
    );
    await expect(history.filter({ hasText: "extendió la suscripción" })).toContainText(
      "Prueba más larga por feria",
    );
    await expect(history.filter({ hasText: "movió el reloj de prueba" }).first()).toContainText("hora:");
  });

  await test.step("the list shows it among the clocks, with its plan, and puts it into the file", async () => {
    await root.goto(LIST);
    await root.getByRole("combobox", { name: "Reloj de prueba" }).selectOption("yes");
    await expect(root).toHaveURL(/clock=yes/);
    const row = root.getByRole("row").filter({ hasText: shop.name });
    await expect(row).toContainText("Premium, versión 1");
    const file = await (await root.request.get(`${LIST}/export?clock=yes`)).text();
    expect(file.split("\r\n")[0]).toContain("Id de la óptica;Óptica;Estado;Plan");
    expect(file).toContain(`${shop.id};${shop.name};trialing;premium`);
  });

  await test.step("its organization's page leads here", async () => {
    await root.goto(`/admin/saas-management/organizations/${shop.id}`);
    await root.getByRole("link", { name: "Ver suscripción" }).click();
    await expect(title).toContainText(`Suscripción de ${shop.name}`);
  });
  complaints.none();
  await root.context().close();
});

test("a shop that paid has no test clock, and a list's empty places say what to do", async ({ browser }) => {
  test.setTimeout(120_000);
  const root = await signedIn(browser, "root@opttius.test");
  const [vista] = await look<{ id: string }>("select id from public.organizations where slug = 'vista'");
  await root.goto(`${LIST}/${vista?.id}`);
  await expect(card(root, "Reloj de prueba")).toContainText("Esta óptica ya pagó de verdad");
  await expect(root.getByRole("button", { name: "Iniciar reloj" })).toHaveCount(0);
  await expect(root.getByRole("link", { name: /^Ver pago del período/ }).first()).toHaveAttribute(
    "href",
    /\/admin\/saas-management\/payments\/[0-9a-f-]{36}$/,
  );

  await root.goto(`${LIST}?q=nadie-se-llama-asi`);
  await expect(root.getByText("Nada coincide con tu búsqueda")).toBeVisible();
  await root.goto(`${LIST}?page=999`);
  await root.getByRole("link", { name: "Ir a la primera página" }).click();
  await expect(root.getByRole("row").nth(1)).toBeVisible();
  await root.context().close();
});
