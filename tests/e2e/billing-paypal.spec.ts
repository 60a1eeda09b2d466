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

interface PaypalHeld {
  readonly subscriptions: readonly { email: string | null; status: string }[];
}

test.afterEach(() => order("clock"));

/** A shop's whole life with one gateway, on the pages that its owner and the platform see. */
test("through PayPal a shop is refused, buys, renews by itself, gets money back and leaves", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const shop = await newShop(browser, "paypal");
  const { page } = shop;
  await test.step("a card that PayPal declines is said, and the way back to another card", async () => {
    await choosesThePlan(page);
    await leavesToPay(page, "PayPal");
    await page.getByTestId("paypal-declined").click();
    await isToldAndGoesOn(page, "Este pago aún no está hecho", "Seguir con este pago");
  });
  await test.step("another card buys the plan", async () => {
    await page.getByTestId("paypal-approve").click();
    await seesThePlanActive(shop);
  });
  const paidBefore = await test.step("PayPal collects the next month by itself", async () => {
    await leavesToAgree(page, "PayPal");
    await page.getByTestId("paypal-approve").click();
    await seesTheRenewalActive(page, "PayPal");
    return seesTheNextPeriod(shop);
  });
  await test.step("the platform gives it back", async () => {
    await seesItGivenBack(shop, await refundsTheLastPayment(browser, shop), paidBefore);
  });
  await test.step("the owner leaves, and PayPal collects no more", async () => {
    await cancels(shop);
    await expect.poll(() => renewalsAtPaypal(shop), SETTLED).toEqual(["CANCELLED"]);
  });
  await page.context().close();
});

async function renewalsAtPaypal({ email }: NewShop): Promise<readonly string[]> {
  const { subscriptions } = await heldBy<PaypalHeld>("paypal");
  return subscriptions.filter((one) => one.email === email).map(({ status }) => status);
}
