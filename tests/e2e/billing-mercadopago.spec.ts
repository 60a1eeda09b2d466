import { expect, test } from "@playwright/test";
import {
  cancels,
  choosesThePlan,
  heldBy,
  isToldAndGoesOn,
  leavesToAgree,
  leavesToPay,
  type NewShop,
  newShop,
  order,
  refundsTheLastPayment,
  seesItGivenBack,
  seesTheNextPeriod,
  seesThePlanActive,
  seesTheRenewalActive,
} from "./support/billing";
import { SETTLED } from "./support/mail";

interface MercadoPagoHeld {
  readonly preapprovals: readonly { email: string; status: string }[];
}

test.afterEach(() => order("clock"));

/** A shop's whole life with one gateway, on the pages that its owner and the platform see. */
test("through Mercado Pago a shop is refused, buys, renews by itself, gets money back and leaves", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const shop = await newShop(browser, "mercadopago");
  const { page } = shop;
  await test.step("a refused card is said, and the way to try again", async () => {
    await choosesThePlan(page);
    await leavesToPay(page, "Mercado Pago");
    await page.getByTestId("mercadopago-reject").click();
    // Its page offers another card first; this payer goes back instead.
    await page.getByTestId("mercadopago-back").click();
    await isToldAndGoesOn(page, "Este pago aún no está hecho", "Elegir otro medio");
  });
  await test.step("the next try buys the plan", async () => {
    await leavesToPay(page, "Mercado Pago");
    await page.getByTestId("mercadopago-approve").click();
    await seesThePlanActive(shop);
  });
  const paidBefore = await test.step("Mercado Pago collects the next month by itself", async () => {
    await leavesToAgree(page, "Mercado Pago");
    await page.getByTestId("mercadopago-agree").click();
    await seesTheRenewalActive(page, "Mercado Pago");
    return seesTheNextPeriod(shop);
  });
  await test.step("the platform gives it back", async () => {
    await seesItGivenBack(shop, await refundsTheLastPayment(browser, shop), paidBefore);
  });
  await test.step("the owner leaves, and Mercado Pago collects no more", async () => {
    await cancels(shop);
    await expect.poll(() => renewalsAtMercadoPago(shop), SETTLED).toEqual(["cancelled"]);
  });
  await page.context().close();
});

async function renewalsAtMercadoPago({ email }: NewShop): Promise<readonly string[]> {
  const { preapprovals } = await heldBy<MercadoPagoHeld>("mercadopago");
  return preapprovals.filter((one) => one.email === email).map(({ status }) => status);
}
