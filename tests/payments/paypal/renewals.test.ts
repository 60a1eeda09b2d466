import { describe, expect, test } from "vitest";
import { failureOf, valueOf } from "../contract-driver";
import { named, paypalInHand } from "../support/paypal";
import { aRenewal, minutes, payerOf, press, RETURN_URL } from "./payer";

const paypal = paypalInHand();
const { stateOf } = payerOf(paypal);

describe("a renewal", () => {
  const native = () => {
    const { subscriptions } = paypal.gateway;
    if (!subscriptions) throw new Error("PayPal has renewals");
    return subscriptions;
  };
  const subscribe = async (amountMinor: number, firstChargeAt: Date | null = null) => {
    const request = aRenewal({ money: { amountMinor, currency: "USD" }, firstChargeAt });
    const setup = valueOf(await native().setup(request));
    return { setup, names: [setup.gatewayRef] };
  };

  test("of one price shares one plan, also between processes", async () => {
    await subscribe(2_990);
    await subscribe(2_990);
    await subscribe(4_990);
    await paypal.another().subscriptions?.setup(aRenewal());
    const { plans, products, subscriptions } = (await paypal.state()).paypal;
    expect([plans.length, products.length, subscriptions.length]).toEqual([2, 1, 4]);
  });

  test("that begins later charges nothing before", async () => {
    const { setup, names } = await subscribe(2_990, minutes(60 * 24 * 10));
    await press(setup.redirect.url, "approve");
    expect(valueOf(await native().listCharges(names, new Date(0)))).toEqual([]);
    expect(valueOf(await native().fetchStatus(names))?.normalized).toBe("active");
  });

  test("whose new price was asked for and not read back may cost that: nobody says that it does not", async () => {
    const { setup, names } = await subscribe(2_990);
    await press(setup.redirect.url, "approve");
    const read = "GET v1/billing/subscriptions/{}";
    await paypal.fault(read, "slow", 1, 0); // read before the price is asked for
    await paypal.fault(read, "error500");
    const changed = await native().changePrice(
      names,
      { amountMinor: 4_990, currency: "USD" },
      RETURN_URL.href,
    );
    expect(failureOf(changed)).toBe("unknown-outcome");
    const [subscription] = (await paypal.state()).paypal.subscriptions;
    expect(subscription?.revisedPlanId, "PayPal waits for the payer's word on it").not.toBeNull();
  });

  test("whose charge is refunded or disputed says so in its list", async () => {
    const { setup, names } = await subscribe(2_990);
    await press(setup.redirect.url, "approve");
    const [charge] = valueOf(await native().listCharges(names, new Date(0)));
    const captureId = named(charge?.references ?? [], "capture");
    expect((await stateOf(charge?.references ?? [])).normalized).toBe("succeeded");
    await paypal.control("disputes", { capture: captureId, status: "OPEN" });
    expect(valueOf(await native().listCharges(names, new Date(0)))[0]?.normalized).toBe("disputed");
  });
});
