import { createHmac, randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { createGateways, receiveWebhook } from "@/lib/payments";
import type { Gateway } from "@/lib/payments/gateway";
import { signedNotice } from "@/scripts/sandbox/mercadopago/notices";
import { database } from "@/tests/support/database";
import { hmac, samples } from "./nowpayments/signing";
import { mercadoPagoInHand, mercadoPagoKeys } from "./support/mercadopago";
import { nowPaymentsInHand, nowPaymentsKeys } from "./support/nowpayments";
import { paypalInHand } from "./support/paypal";
import { count } from "./support/shops";

// Every gateway that signs, through the door that its notices take: the genuine one is stored, no forgery leaves a row.

interface Sent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
type Forge = (genuine: Sent, another: Sent) => Sent;
interface Forged {
  readonly id: string;
  readonly gateway: Gateway;
  genuine(): Promise<Sent> | Sent;
  readonly forgeries: Readonly<Record<string, Forge>>;
}

process.env["TRUSTED_PROXY_HOPS"] = "1"; // callers are told apart; read with the first notice
const mp = mercadoPagoInHand();
const paypal = paypalInHand();
const nowPayments = nowPaymentsInHand();

const withHeader = (sent: Sent, name: string, value: string): Sent => ({
  ...sent,
  headers: { ...sent.headers, [name]: value },
});
const without = (sent: Sent, name: string): Sent => ({
  ...sent,
  headers: Object.fromEntries(Object.entries(sent.headers).filter(([key]) => key !== name)),
});
/** What every signature header is tried with. */
const onHeader = (name: string, valueOf: (header: string) => string): Record<string, Forge> => ({
  "no signature": (sent) => without(sent, name),
  "an empty signature": (sent) => withHeader(sent, name, ""),
  "the signature twice": (sent) =>
    withHeader(sent, name, `${sent.headers[name] ?? ""}, ${sent.headers[name] ?? ""}`),
  "half a signature": (sent) =>
    withHeader(
      sent,
      name,
      (sent.headers[name] ?? "").slice(0, -valueOf(sent.headers[name] ?? "").length / 2),
    ),
  "another signature": (sent) => {
    const value = valueOf(sent.headers[name] ?? "");
    const first = value.startsWith("0") ? "1" : "0";
    return withHeader(sent, name, (sent.headers[name] ?? "").replace(value, first + value.slice(1)));
  },
  "the signature of another notice": (sent, another) => withHeader(sent, name, another.headers[name] ?? ""),
});

const aMercadoPagoNotice = (): Sent =>
  signedNotice(
    {
      url: "https://shop.test/api/webhooks/mercadopago",
      topic: "payment",
      action: "payment.updated",
      id: Math.floor(Math.random() * 1e12),
      liveMode: false,
    },
    mercadoPagoKeys.mercadopagoWebhookSecret,
    new Date(),
  );
const mercadoPagoSignedWith = (sent: Sent, algorithm: string, secret: string): Sent => {
  const id = new URL(sent.url).searchParams.get("data.id") ?? "";
  const ts = String(Date.now());
  const text = `id:${id};request-id:${sent.headers["x-request-id"] ?? ""};ts:${ts};`;
  const v1 = createHmac(algorithm, secret).update(text).digest("hex");
  return withHeader(sent, "x-signature", `ts=${ts},v1=${v1}`);
};
const unsigned =
  (query: string): Forge =>
  (sent) => ({
    ...without(sent, "x-signature"),
    url: `https://shop.test/api/webhooks/mercadopago?${query}`,
  });

const aNowPaymentsNotice = (): Sent => {
  const document = {
    payment_id: Math.floor(Math.random() * 1e9),
    payment_status: "finished",
    fee: { b: 1, a: 2 },
  };
  const text = samples["the Node sample"]?.(document) ?? "";
  return {
    url: "https://shop.test/api/webhooks/nowpayments",
    headers: { "x-nowpayments-sig": hmac(text, nowPaymentsKeys.nowpaymentsIpnSecret) },
    body: JSON.stringify(document),
  };
};
const nowPaymentsSignedWith = (sent: Sent, algorithm: string, secret: string): Sent => {
  const text = samples["the Node sample"]?.(JSON.parse(sent.body)) ?? "";
  return withHeader(sent, "x-nowpayments-sig", createHmac(algorithm, secret).update(text).digest("hex"));
};

const signing: readonly Forged[] = [
  {
    id: "mercadopago",
    get gateway() {
      return mp.gateway;
    },
    genuine: aMercadoPagoNotice,
    forgeries: {
      ...onHeader("x-signature", (header) => header.split("v1=")[1] ?? ""),
      "an empty secret": (sent) => mercadoPagoSignedWith(sent, "sha256", ""),
      "another algorithm": (sent) =>
        mercadoPagoSignedWith(sent, "sha512", mercadoPagoKeys.mercadopagoWebhookSecret),
      "another subject": (sent) => ({ ...sent, url: sent.url.replace("data.id=", "data.id=9") }),
      "an unsigned order": unsigned("topic=merchant_order&id=1"),
      "an unsigned renewal": unsigned("topic=preapproval&id=2c938084726fca480172750000000000"),
    },
  },
  {
    id: "paypal",
    get gateway() {
      return paypal.gateway;
    },
    genuine: aPaypalNotice,
    forgeries: {
      ...onHeader("paypal-transmission-sig", (header) => header),
      "an empty secret": (sent) => withHeader(sent, "paypal-transmission-sig", "AAAA"),
      "another algorithm": (sent) => withHeader(sent, "paypal-auth-algo", "SHA1withRSA"),
      "another subject": (sent) => ({ ...sent, body: sent.body.replace("3C6", "3C7") }),
      "the same words, spaced otherwise": (sent) => ({ ...sent, body: `${sent.body} ` }),
      "a certificate of the forger's host": (sent) =>
        withHeader(sent, "paypal-cert-url", "http://127.0.0.1:9/cert.pem"),
    },
  },
  {
    id: "nowpayments",
    get gateway() {
      return nowPayments.gateway;
    },
    genuine: aNowPaymentsNotice,
    forgeries: {
      ...onHeader("x-nowpayments-sig", (header) => header),
      "an empty secret": (sent) => nowPaymentsSignedWith(sent, "sha512", ""),
      "another algorithm": (sent) =>
        nowPaymentsSignedWith(sent, "sha256", nowPaymentsKeys.nowpaymentsIpnSecret),
      "another subject": (sent) => ({ ...sent, body: sent.body.replace("finished", "refunded") }),
      "another nested value": (sent) => ({ ...sent, body: sent.body.replace('"a":2', '"a":3') }),
      "a field more": (sent) => ({ ...sent, body: sent.body.replace("{", '{"order_id":"x",') }),
    },
  },
];

async function aPaypalNotice(): Promise<Sent> {
  const { headers, body } = await paypal.event("PAYMENT.CAPTURE.COMPLETED", { id: "3C679366HH908993F" });
  return { url: "https://shop.test/api/webhooks/paypal", headers, body };
}

const arrive = ({ id, gateway }: Forged, { url, headers, body }: Sent) =>
  receiveWebhook(createGateways([{ id, configure: () => () => gateway }], null), id, {
    method: "POST",
    url: new URL(url),
    headers: new Headers(headers),
    rawBody: Buffer.from(body),
    traceId: randomUUID(),
  });

beforeEach(() => database().owner.query("delete from private.webhook_events"));

describe("a thousand forgeries of one caller in a minute", () => {
  const events = () => count("private.security_events where kind = 'webhook.not_authentic'");
  const asCaller = (sent: Sent, address: string): Sent => withHeader(sent, "x-forwarded-for", address);

  test.each(signing.map((one) => [one.id, one] as const))(
    "of %s leave few rows, and the genuine notice among them is stored",
    async (_, gateway) => {
      const genuine = await gateway.genuine();
      const forge = gateway.forgeries["another signature"];
      if (!forge) throw new Error("there is no such forgery");
      const forged = asCaller(forge(genuine, genuine), "203.0.113.66");
      const before = await events();
      const refuse = () =>
        expect(arrive(gateway, forged)).rejects.toMatchObject({ code: "webhook.not_authentic" });
      for (let sent = 0; sent < 1_000; sent += 50) await Promise.all(Array.from({ length: 50 }, refuse));
      expect((await events()) - before).toBeLessThanOrEqual(60); // thirty, or twice that where a minute ends between
      await arrive(gateway, asCaller(genuine, "203.0.113.66"));
      expect(await count("private.webhook_events where verified_by = 'signature'")).toBe(1);
      const noted = await events();
      await expect(arrive(gateway, asCaller(forged, "203.0.113.67"))).rejects.toThrow();
      expect((await events()) - noted, "another address is counted by itself").toBe(1);
    },
  );
});

describe.each(signing.map((one) => [one.id, one] as const))("a notice of %s", (_, gateway) => {
  test("that is genuine is stored, once", async () => {
    const sent = await gateway.genuine();
    await arrive(gateway, sent);
    await arrive(gateway, sent);
    expect(await count("private.webhook_events where verified_by = 'signature'")).toBe(1);
  });

  test.each(Object.keys(gateway.forgeries))("with %s is refused and leaves no row", async (what) => {
    const forged = gateway.forgeries[what]?.(await gateway.genuine(), await gateway.genuine());
    if (!forged) throw new Error("there is no such forgery");
    const before = await count("private.security_events where kind = 'webhook.not_authentic'");
    await expect(arrive(gateway, forged)).rejects.toMatchObject({ code: "webhook.not_authentic" });
    expect(await count("private.webhook_events")).toBe(0);
    expect(await count("private.security_events where kind = 'webhook.not_authentic'")).toBe(before + 1);
  });
});
