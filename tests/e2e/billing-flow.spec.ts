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

interface FlowHeld {
  readonly refunds: readonly { token: string; receiverEmail: string; status: string }[];
  readonly customers: readonly { customerId: string; email: string }[];
  readonly subscriptions: readonly { customerId: string; status: number }[];
}

test.afterEach(() => order("clock"));

/** A shop's whole life with one gateway, on the pages that its owner and the platform see. */
test("through Flow a shop is refused, buys, renews by itself, gets money back and leaves", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const shop = await newShop(browser, "flow");
  const { page } = shop;
  await test.step("a refused card is said, and the way to try again", async () => {
    await choosesThePlan(page);
    await leavesToPay(page, "Flow");
    await page.getByTestId("flow-reject").click();
    await isToldAndGoesOn(page, "El pago fue rechazado", "Intentar otra vez");
  });
  await test.step("the next try buys the plan", async () => {
    await leavesToPay(page, "Flow");
    await page.getByTestId("flow-approve").click();
    await seesThePlanActive(shop);
  });
  const paidBefore = await test.step("Flow collects the next month by itself", async () => {
    await leavesToAgree(page, "Flow");
    await page.getByTestId("flow-register-approve").click();
    await seesTheRenewalActive(page, "Flow");
    return seesTheNextPeriod(shop);
  });
  await test.step("the platform gives it back, once the payer accepts at Flow", async () => {
    const console = await refundsTheLastPayment(browser, shop);
    await payerAccepts(shop);
    await seesItGivenBack(shop, console, paidBefore);
  });
  await test.step("the owner leaves, and Flow collects no more", async () => {
    await cancels(shop);
    await expect.poll(() => renewalAtFlow(shop), SETTLED).toBe("cancelled");
  });
  await page.context().close();
});

/** Flow asks the payer by mail whether they take the money. */
async function payerAccepts({ email }: NewShop): Promise<void> {
  const { refunds } = await heldBy<FlowHeld>("flow");
  const refund = refunds.find(({ receiverEmail }) => receiverEmail === email);
  expect(refund?.status).toBe("created");
  await order("flow/refunds", { token: refund?.token, status: "refunded" });
}

async function renewalAtFlow({ email }: NewShop): Promise<string> {
  const { customers, subscriptions } = await heldBy<FlowHeld>("flow");
  const mine = customers.filter((customer) => customer.email === email).map(({ customerId }) => customerId);
  const living = subscriptions.filter(({ customerId }) => mine.includes(customerId));
  expect(living).toHaveLength(1);
  return living[0]?.status === 4 ? "cancelled" : "collecting";
}
