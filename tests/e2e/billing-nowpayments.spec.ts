import { expect, type Page, test } from "@playwright/test";
import {
  cancels,
  choosesThePlan,
  downloadsInvoice,
  heldBy,
  invoice,
  isToldAndGoesOn,
  leavesToPay,
  type NewShop,
  newShop,
  order,
  paidUntil,
  paymentInConsole,
  seesItGivenBack,
  seesThePlanActive,
  way,
} from "./support/billing";
import { hasMail, SETTLED } from "./support/mail";

interface NowHeld {
  readonly payments: readonly { id: number; status: string }[];
}

/** A gateway that sends links and pulls nothing: its periods are bought ahead, and a person gives back by hand. */
test("through NOWPayments a shop leaves the page, buys, renews by link, gets money back by hand and leaves", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const shop = await newShop(browser, "nowpayments");
  const { page } = shop;
  await test.step("who left before the end is told, and goes on with the same payment", async () => {
    await choosesThePlan(page);
    await leavesToPay(page, "NOWPayments");
    await page.getByTestId("nowpayments-leave").click();
    await isToldAndGoesOn(page, "Este pago aún no está hecho", "Seguir con este pago");
    await page.getByTestId("nowpayments-approve").click();
    await seesThePlanActive(shop);
  });
  const paidBefore = await test.step("the next month is bought by link, before the first one ends", () =>
    renewsByLink(shop));
  await test.step("the platform is told that it gives back by hand, and the rest follows", async () => {
    const console = await paymentInConsole(browser, shop);
    await isToldToGiveBackByHand(console);
    await givenBackInThePanel();
    await console.getByRole("button", { name: "Preguntar ahora" }).click();
    await seesItGivenBack(shop, console, paidBefore);
  });
  await test.step("the owner leaves; nobody was to collect anything", async () => {
    await cancels(shop);
    await expect(page.getByText(/^No hay pago automático/)).toBeVisible();
  });
  await page.context().close();
});

/** Returns until when the shop was paid before. */
async function renewsByLink(shop: NewShop): Promise<string> {
  const { page } = shop;
  const before = await paidUntil(page);
  await choosesThePlan(page);
  await way(page, "NOWPayments").check();
  await expect(page.getByRole("checkbox", { name: "Renovar automáticamente" })).toBeHidden();
  await leavesToPay(page, "NOWPayments");
  await page.getByTestId("nowpayments-approve").click();
  await expect(page.getByText("Pago recibido")).toBeVisible(SETTLED);
  await expect(invoice(page, 2)).toContainText("Pagado");
  expect(await paidUntil(page)).not.toBe(before);
  await hasMail(shop, /^Recibimos tu pago de/);
  await downloadsInvoice(page, 2);
  return before;
}

async function isToldToGiveBackByHand(console: Page): Promise<void> {
  await expect(console.getByText("NOWPayments no devuelve dinero desde aquí")).toBeVisible();
  await expect(console.getByText(/haz el envío en el panel de NOWPayments/)).toBeVisible();
  await expect(console.getByRole("button", { name: "Devolver" })).toHaveCount(0);
}

/** What a person does in NOWPayments' own panel: it tells of the newest payment as given back. */
async function givenBackInThePanel(): Promise<void> {
  const { payments } = await heldBy<NowHeld>("nowpayments");
  const newest = payments.findLast(({ status }) => status === "finished");
  await order("nowpayments/payments", { payment: newest?.id, status: "refunded" });
}
