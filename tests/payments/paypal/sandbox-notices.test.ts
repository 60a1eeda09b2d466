import { describe, expect, test } from "vitest";
import {
  aText,
  type Fields,
  fieldsOf,
  type Heard,
  keys,
  like,
  notices,
  sandboxOnTheWire,
} from "../support/wire";
import { isSigned, PRICE, paypalOnTheWire } from "./wire";

// PayPal's stand-in against shared/gateways/paypal.md: signed events.

const wire = sandboxOnTheWire();
const { ask, approved, bearer, captured, call } = paypalOnTheWire(wire);
const said = ({ body }: Heard) => JSON.parse(body) as { id: string; event_type: string; resource: Fields };
const heardOf = async (type: string, count: number) => {
  const found = (await notices(wire.shop, count)).find((one) => said(one).event_type === type);
  if (!found) throw new Error(`${type} was not told`);
  return found;
};

describe("an event", () => {
  test("is posted as JSON with its type and what it is about", async () => {
    const path = await approved();
    const [heard] = await notices(wire.shop, 1);
    expect(heard?.method).toBe("POST");
    expect(heard?.url.pathname).toBe("/paypal");
    expect(heard?.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(heard?.body ?? "")).toEqual({
      id: like(/^WH-\w+$/),
      event_version: "1.0",
      create_time: like(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      resource_type: "checkout-order",
      event_type: "CHECKOUT.ORDER.APPROVED",
      summary: aText,
      resource: await fieldsOf(call("GET", path)),
      links: [],
    });
  });

  test("bears the headers of its transmission", async () => {
    await approved();
    const [heard] = await notices(wire.shop, 1);
    expect(heard?.headers).toMatchObject({
      "paypal-transmission-id": like(/^[0-9a-f-]{36}$/),
      "paypal-transmission-time": like(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      "paypal-transmission-sig": like(/^[A-Za-z0-9+/]+={0,2}$/),
      "paypal-cert-url": like(/\/v1\/notifications\/certs\/CERT-\w+/),
      "paypal-auth-algo": "SHA256withRSA",
      "paypal-auth-version": "v2",
    });
  });

  test("is signed for this shop's webhook, over its raw body", async () => {
    await captured({ description: "Lentes ópticos, ñandú €" });
    for (const one of await notices(wire.shop, 2)) {
      expect(await isSigned(one, keys.paypalWebhookId)).toBe(true);
      expect(await isSigned(one, "WEBHOOK_ID")).toBe(false);
      expect(await isSigned({ ...one, body: `${one.body} ` }, keys.paypalWebhookId)).toBe(false);
    }
  });

  test("by a forger is another one under a signature that was seen", async () => {
    await wire.order("callbacks", { gateway: "paypal", mode: "forged" });
    await approved();
    const [heard] = await notices(wire.shop, 1);
    expect(heard && (await isSigned(heard, keys.paypalWebhookId))).toBe(false);
  });

  test("that was not taken comes again, as the same event", async () => {
    wire.shop.answerNext(503, 202);
    await approved();
    const [first, again] = await notices(wire.shop, 2);
    if (!first || !again) throw new Error("it did not come again");
    expect(said(again).id).toBe(said(first).id);
    expect(await isSigned(again, keys.paypalWebhookId)).toBe(true);
  });

  test.each([
    ["COMPLETED", "PAYMENT.CAPTURE.COMPLETED"],
    ["PENDING", "PAYMENT.CAPTURE.PENDING"],
    ["DECLINED", "PAYMENT.CAPTURE.DENIED"],
    ["REVERSED", "PAYMENT.CAPTURE.REVERSED"],
  ])("of a capture that becomes %s is %s", async (status, type) => {
    const { path } = await captured();
    const id = path.split("/").at(-1);
    await wire.order("paypal/captures", { id, status });
    expect(said(await heardOf(type, 3)).resource).toMatchObject({ id, status, amount: PRICE });
  });

  test("of a refund tells the refund, and names its capture as what is above it", async () => {
    const { path } = await captured();
    const { id } = await fieldsOf(call("POST", `${path}/refund`, {}), 201);
    const { resource } = said(await heardOf("PAYMENT.CAPTURE.REFUNDED", 3));
    expect(resource).toMatchObject({ id, status: "COMPLETED", amount: PRICE });
    expect(resource["links"]).toMatchObject([{ rel: "up", href: like(new RegExp(`/${path}$`)) }]);
  });

  test.each([
    [["OPEN"], "CUSTOMER.DISPUTE.CREATED"],
    [["OPEN", "UNDER_REVIEW"], "CUSTOMER.DISPUTE.UPDATED"],
    [["OPEN", "RESOLVED"], "CUSTOMER.DISPUTE.RESOLVED"],
  ])("of a dispute that went through %j is %s", async (statuses, type) => {
    const { path } = await captured();
    for (const status of statuses)
      await wire.order("paypal/disputes", { capture: path.split("/").at(-1), status });
    expect(said(await heardOf(type, 2 + statuses.length)).resource).toMatchObject({
      status: statuses.at(-1),
    });
  });
});

describe("PayPal's own check of a signature", () => {
  const verdict = async ({ headers, body }: Heard, change: Record<string, string> = {}) => {
    const fields = {
      auth_algo: headers["paypal-auth-algo"],
      cert_url: headers["paypal-cert-url"],
      transmission_id: headers["paypal-transmission-id"],
      transmission_sig: headers["paypal-transmission-sig"],
      transmission_time: headers["paypal-transmission-time"],
      webhook_id: keys.paypalWebhookId,
      ...change,
    };
    const authorization = await bearer();
    const answer = fetch(`${wire.url}/paypal/v1/notifications/verify-webhook-signature`, {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: `${JSON.stringify(fields).slice(0, -1)},"webhook_event":${body}}`,
    });
    return (await fieldsOf(answer))["verification_status"];
  };
  test("knows its own, and only as it was sent", async () => {
    await ask();
    await approved();
    const [heard] = await notices(wire.shop, 1);
    if (!heard) throw new Error("nothing came");
    expect(await verdict(heard)).toBe("SUCCESS");
    expect(await verdict({ ...heard, body: heard.body.replace("29.90", "0.90") })).toBe("FAILURE");
    expect(await verdict(heard, { webhook_id: "WEBHOOK_ID" })).toBe("FAILURE");
    expect(await verdict(heard, { transmission_time: "2015-05-18T15:45:13Z" })).toBe("FAILURE");
  });
});
