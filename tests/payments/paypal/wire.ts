import { verify, X509Certificate } from "node:crypto";
import { crc32 } from "node:zlib";
import { expect } from "vitest";
import { type Fields, fieldsOf, type Heard, keys, press, textIn, type Wire } from "../support/wire";

interface Link {
  readonly href: string;
  readonly rel: string;
  readonly method: string;
}

export const PRICE = { currency_code: "USD", value: "29.90" };
export const RETURN = "http://127.0.0.1:9/return?a=1";
export const CANCEL = "http://127.0.0.1:9/cancel";

/** Where a link of this relation leads. */
export function linkIn(fields: Fields, rel: string): string {
  const found = (fields["links"] as Link[]).find((one) => one.rel === rel);
  if (!found) throw new Error(`no link ${rel}: ${JSON.stringify(fields["links"])}`);
  return found.href;
}

/** Whether a notice bears PayPal's signature of its body, by the first certificate at the address that it names. */
export async function isSigned({ headers, body }: Heard, webhookId: string): Promise<boolean> {
  const header = (name: string) => String(headers[`paypal-${name}`]);
  const response = await fetch(header("cert-url"));
  expect(response.status).toBe(200);
  const certificate = new X509Certificate(await response.text());
  const parts = [header("transmission-id"), header("transmission-time"), webhookId, crc32(Buffer.from(body))];
  const signature = Buffer.from(header("transmission-sig"), "base64");
  return verify("RSA-SHA256", Buffer.from(parts.join("|")), certificate.publicKey, signature);
}

/** Calls to PayPal's API, and its payer. */
export function paypalOnTheWire(wire: Wire) {
  const basic = Buffer.from(`${keys.paypalClientId}:${keys.paypalClientSecret}`).toString("base64");
  const signIn = (authorization = `Basic ${basic}`, form = "grant_type=client_credentials") =>
    fetch(`${wire.url}/paypal/v1/oauth2/token`, {
      method: "POST",
      headers: { authorization, "content-type": "application/x-www-form-urlencoded" },
      body: form,
    });
  const bearer = async () => `Bearer ${textIn(await fieldsOf(signIn()), "access_token")}`;
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ) =>
    fetch(`${wire.url}/paypal/${path}`, {
      method,
      headers: { authorization: await bearer(), "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const unit = { reference_id: "pay_42", custom_id: "org_1", invoice_id: "inv_42", amount: PRICE };
  const experience_context = {
    return_url: RETURN,
    cancel_url: CANCEL,
    user_action: "PAY_NOW",
    shipping_preference: "NO_SHIPPING",
  };
  const order = (change: Fields = {}): Fields => ({
    intent: "CAPTURE",
    purchase_units: [{ ...unit, ...change }],
    payment_source: { paypal: { experience_context } },
  });
  const ask = (change?: Fields) => fieldsOf(call("POST", "v2/checkout/orders", order(change)), 201);
  const approved = async (change?: Fields) => {
    const asked = await ask(change);
    await press(linkIn(asked, "payer-action"), { action: "approve" });
    return `v2/checkout/orders/${textIn(asked, "id")}`;
  };
  const captureIn = (told: Fields) => {
    const [bought] = told["purchase_units"] as { payments: { captures: Fields[] } }[];
    const capture = bought?.payments.captures[0] ?? {};
    return { ...capture, path: `v2/payments/captures/${textIn(capture, "id")}` };
  };
  return {
    signIn,
    bearer,
    call,
    order,
    ask,
    approved,
    captureIn,
    /** An order, approved and captured. */
    captured: async (change?: Fields) =>
      captureIn(await fieldsOf(call("POST", `${await approved(change)}/capture`, {}), 201)),
  };
}
