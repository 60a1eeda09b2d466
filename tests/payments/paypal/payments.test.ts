import { describe, expect, test } from "vitest";
import { failureOf, valueOf } from "../contract-driver";
import { named, paypalInHand } from "../support/paypal";
import { payerOf, press, RETURN_URL, wanted } from "./payer";

const paypal = paypalInHand();
const { approve, comeBack, open, paid, stateOf } = payerOf(paypal);

describe("a payer", () => {
  test("who agrees comes back, and the order is captured", async () => {
    const { checkout, names } = await open();
    const back = await press(checkout.redirect.url, "approve");
    const address = new URL(back.headers.get("location") ?? "");
    expect(address.searchParams.get("PayerID")).not.toBeNull();
    expect(valueOf(await comeBack(address))).toEqual(checkout.gatewayRef);
    expect((await paypal.order(names)).status).toBe("COMPLETED");
    expect((await stateOf(names)).normalized).toBe("succeeded");
  });

  test("who agrees and never comes back has paid once the worker asks", async () => {
    const { checkout, names } = await open();
    expect((await press(checkout.redirect.url, "leave")).status).toBe(200);
    expect((await paypal.order(names)).status).toBe("APPROVED");
    const state = await stateOf(names);
    expect(state).toMatchObject({ normalized: "succeeded", amountPaidMinor: 2_990 });
    expect(named(state.references, "capture")).toBe((await paypal.capture(names)).id);
  });

  test("who agrees to what is not wanted any more has not paid, and the order waits until it lapses", async () => {
    const { checkout, names } = await open();
    await press(checkout.redirect.url, "leave");
    const state = valueOf(await paypal.gateway.fetchStatus(names));
    expect(state).toMatchObject({ normalized: "pending", rawStatus: "APPROVED" });
    expect((await paypal.state()).paypal.captures).toEqual([]);
  });

  test("who cancels comes back to us, and nothing is captured", async () => {
    const { checkout, names } = await open();
    const back = await press(checkout.redirect.url, "cancel");
    expect(valueOf(await comeBack(new URL(back.headers.get("location") ?? "")))).toEqual(checkout.gatewayRef);
    expect((await stateOf(names)).normalized).toBe("pending");
    expect((await paypal.state()).paypal.captures).toEqual([]);
  });

  test("whose card is declined may choose another on the same page", async () => {
    const { checkout, names } = await open();
    await press(checkout.redirect.url, "declined");
    expect(await stateOf(names)).toMatchObject({
      normalized: "pending",
      reason: "INSTRUMENT_DECLINED",
      amountPaidMinor: 0,
    });
    await press(checkout.redirect.url, "approve");
    expect((await stateOf(names)).normalized).toBe("succeeded");
  });

  test("who left first and agreed afterwards has paid: PayPal repeats its refusals under a repeated key", async () => {
    const { checkout, id, names } = await open();
    await comeBack(new URL(`${RETURN_URL}?token=${id}`));
    await press(checkout.redirect.url, "approve");
    await comeBack(new URL(`${RETURN_URL}?token=${id}&PayerID=X`));
    expect((await stateOf(names)).normalized).toBe("succeeded");
    expect((await paypal.state()).paypal.captures).toHaveLength(1);
  });

  test("comes back at the moment when the worker asks, and pays once", async () => {
    const { id, names } = await open();
    await approve(id);
    const address = new URL(`${RETURN_URL}?token=${id}&PayerID=X`);
    const answers = await Promise.all([
      comeBack(address),
      paypal.another().fetchStatus(names, wanted),
      comeBack(address),
      paypal.another().fetchStatus(names, wanted),
    ]);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect((await paypal.state()).paypal.captures).toHaveLength(1);
    expect((await stateOf(names)).normalized).toBe("succeeded");
  });

  test("comes back while PayPal does not answer, and is not lost", async () => {
    const { id, names, checkout } = await open();
    await approve(id);
    await paypal.fault("POST v2/checkout/orders/{}/capture", "error500");
    expect(valueOf(await comeBack(new URL(`${RETURN_URL}?token=${id}&PayerID=X`)))).toEqual(
      checkout.gatewayRef,
    );
    expect((await stateOf(names)).normalized).toBe("succeeded");
  });

  test("whose capture's answer is lost is asked about again, and pays once", async () => {
    const { id, names } = await open();
    await approve(id);
    await paypal.fault("POST v2/checkout/orders/{}/capture", "lost-answer");
    expect(failureOf(await paypal.gateway.fetchStatus(names, wanted))).toBe("unavailable");
    expect((await stateOf(names)).normalized).toBe("succeeded");
    expect((await paypal.state()).paypal.captures).toHaveLength(1);
  });

  test.each(["token=", "token=A1B2&token=C3D4", "token=%3Cscript%3E", "PayerID=X"])(
    "whose address says %s comes back from nothing, and PayPal is not asked",
    async (query) => {
      expect(valueOf(await comeBack(new URL(`${RETURN_URL}?${query}`)))).toBeNull();
      expect(paypal.calls).toEqual([]);
    },
  );

  test("comes back from a subscription under its name", async () => {
    const address = new URL(`${RETURN_URL}?subscription_id=I-BW452GLLEP1G&ba_token=BA-1&token=EC-1`);
    expect(valueOf(await comeBack(address))).toEqual({ kind: "subscription", value: "I-BW452GLLEP1G" });
  });
});

describe("a payment", () => {
  test("that PayPal holds for review has not been made yet", async () => {
    const { id, names } = await open();
    await approve(id, "PENDING");
    expect(await stateOf(names)).toMatchObject({
      normalized: "processing",
      amountPaidMinor: 0,
      reason: "PENDING_REVIEW",
    });
    await paypal.control("captures", { id: (await paypal.capture(names)).id, status: "COMPLETED" });
    expect((await stateOf(names)).normalized).toBe("succeeded");
  });

  test("whose order PayPal has forgotten can never be made", async () => {
    const { id, names } = await open();
    await paypal.control("orders", { id, forget: true });
    expect(await stateOf(names)).toMatchObject({ normalized: "expired", reason: "order_gone" });
  });

  test("that was made is still found by its capture when its order is forgotten", async () => {
    const { id, names, captureId } = await paid();
    await paypal.control("orders", { id, forget: true });
    const known = [...names, { kind: "capture", value: captureId }];
    expect(await stateOf(known)).toMatchObject({ normalized: "succeeded", amountPaidMinor: 2_990 });
  });

  test("that is disputed says so whichever name asks, until the dispute is decided", async () => {
    const { names, captureId } = await paid();
    const byCapture = [{ kind: "capture", value: captureId }];
    await paypal.control("disputes", { capture: captureId, status: "OPEN" });
    expect((await stateOf(names)).normalized).toBe("disputed");
    expect((await stateOf(byCapture)).normalized).toBe("disputed");
    await paypal.control("disputes", { capture: captureId, status: "RESOLVED" });
    expect((await stateOf(names)).normalized).toBe("succeeded");
  });

  test("is told of where the account may not read disputes, but not while disputes go unanswered", async () => {
    const { names } = await paid();
    await paypal.fault("GET v1/customer/disputes", "error500");
    expect(failureOf(await paypal.gateway.fetchStatus(names))).toBe("unavailable");
    expect((await stateOf(names)).normalized).toBe("succeeded");
  });

  test.each(["paypal_order", "capture"])("named by a notice's %s alone is known to be ours", async (kind) => {
    const { reference, id, captureId } = await paid();
    const value = kind === "capture" ? captureId : id;
    expect(valueOf(await paypal.gateway.identify({ kind, value }))).toEqual({
      kind: "order",
      value: reference,
    });
    expect(valueOf(await paypal.gateway.identify({ kind, value: "0000000000" }))).toBeNull();
  });
});
