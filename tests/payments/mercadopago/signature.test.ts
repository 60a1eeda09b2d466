import { createHmac } from "node:crypto";
import { WebhookSignatureValidator } from "mercadopago";
import { describe, expect, test } from "vitest";
import type { WebhookRequest } from "@/lib/payments/gateway";
import { createMercadoPagoGateway } from "@/lib/payments/mercadopago/gateway";
import { verifyNotice } from "@/lib/payments/mercadopago/notice";
import { isSigned, manifest } from "@/lib/payments/mercadopago/signature";
import { signedNotice } from "@/scripts/sandbox/mercadopago/notices";

/** The worked example: computed apart from this code. */
const secret = "mp-example-secret";
const example = { dataId: "999999999", requestId: "abc123" };
const v1 = "2606e0c7d013053eb05ad55eaaf2c11345f410fd1e7c525f57d64d876dd6258a";
const header = `ts=1704908010,v1=${v1}`;
const hmac = (text: string, key = secret) => createHmac("sha256", key).update(text).digest("hex");

const body = {
  action: "payment.updated",
  api_version: "v1",
  data: { id: "999999999" },
  date_created: "2026-11-24T10:00:00Z",
  id: 12345,
  live_mode: true,
  type: "payment",
  user_id: "44444",
};
const notice = (
  change: { query?: string; headers?: Record<string, string>; body?: string | Uint8Array } = {},
): WebhookRequest => ({
  method: "POST",
  url: new URL(
    `https://shop.test/api/webhooks/mercadopago?${change.query ?? "data.id=999999999&type=payment"}`,
  ),
  headers: new Headers(change.headers ?? { "x-signature": header, "x-request-id": "abc123" }),
  rawBody: Buffer.from(change.body ?? JSON.stringify(body)),
});
const verify = (change: Parameters<typeof notice>[0] = {}) => verifyNotice(notice(change), secret);
const keyOf = (change: Parameters<typeof notice>[0] = {}) => {
  const verified = verify(change);
  return verified.verdict === "rejected" ? verified.reason : verified.notice.dedupeKey;
};

describe("a signature", () => {
  test("is the one of the worked example, and of the official library", () => {
    expect(hmac(manifest({ ...example, ts: "1704908010" }))).toBe(v1);
    expect(isSigned(header, example, secret)).toBe(true);
    WebhookSignatureValidator.validate({
      xSignature: header,
      xRequestId: "abc123",
      dataId: "999999999",
      secret,
    });
  });

  test.each([
    `v1=${v1},ts=1704908010`,
    ` ts = 1704908010 , v1 = ${v1} `,
    `TS=1704908010,V1=${v1.toUpperCase()}`,
    `ts=1704908010,v2=abc,v1=${v1}`,
  ])("may stand in the header as %s", (other) => {
    expect(isSigned(other, example, secret)).toBe(true);
  });

  test.each([
    ["", "nothing"],
    [`v1=${v1}`, "no time"],
    ["ts=1704908010", "no hash"],
    [`ts=1704908011,v1=${v1}`, "another time"],
    [`ts=170490801,v1=${v1}`, "nine digits"],
    [`ts=1704908010,v1=${v1.slice(2)}`, "a shorter hash"],
    [`ts=1704908010,v1=${"0".repeat(64)}`, "another hash"],
    [`ts=1704908010,v1=${v1},v1=${v1}`, "two hashes"],
    [`ts=1704908010,ts=1704908010,v1=${v1}`, "two times"],
    [`sha512=${v1},ts=1704908010`, "another algorithm"],
  ])("in the header %o is none: %s", (other) => {
    expect(isSigned(other, example, secret)).toBe(false);
  });

  test("of another secret, id or request is none", () => {
    expect(isSigned(header, example, "another secret")).toBe(false);
    expect(isSigned(header, { ...example, dataId: "999999998" }, secret)).toBe(false);
    expect(isSigned(header, { ...example, requestId: "abc124" }, secret)).toBe(false);
    expect(isSigned(header, { ...example, requestId: null }, secret)).toBe(false);
  });

  test("may be of milliseconds, and of any age", () => {
    const ts = "1704908010123";
    expect(isSigned(`ts=${ts},v1=${hmac(`id:999999999;request-id:abc123;ts:${ts};`)}`, example, secret)).toBe(
      true,
    );
  });

  test("is taken over the id in lower case or as received", () => {
    const upper = { dataId: "ORDTST01ABC", requestId: "abc123" };
    for (const id of ["ordtst01abc", "ORDTST01ABC"]) {
      const signed = hmac(`id:${id};request-id:abc123;ts:1704908010;`);
      expect(isSigned(`ts=1704908010,v1=${signed}`, upper, secret)).toBe(true);
    }
    const raised = hmac("id:ABC;request-id:abc123;ts:1704908010;");
    expect(isSigned(`ts=1704908010,v1=${raised}`, { dataId: "abc", requestId: "abc123" }, secret)).toBe(
      false,
    );
  });

  test("leaves out what is absent, with its name", () => {
    expect(manifest({ dataId: null, requestId: null, ts: "1" })).toBe("ts:1;");
    const signed = hmac("id:999999999;ts:1704908010;");
    expect(isSigned(`ts=1704908010,v1=${signed}`, { ...example, requestId: null }, secret)).toBe(true);
  });

  test("of an empty secret cannot be: nothing works without one", () => {
    const forged = `ts=1704908010,v1=${hmac("id:999999999;request-id:abc123;ts:1704908010;", "")}`;
    expect(() => isSigned(forged, example, "")).toThrow("empty");
    const settings = { apiUrl: "https://api.mercadopago.com", accessToken: "TEST-1", webhookSecret: "" };
    expect(() => createMercadoPagoGateway(settings)).toThrow("off");
  });

  test("of our sandbox satisfies the official library", () => {
    const sent = signedNotice(
      { url: "https://shop.test/", topic: "payment", action: "payment.created", id: 7, liveMode: true },
      secret,
      new Date(),
    );
    WebhookSignatureValidator.validate({
      xSignature: sent.headers["x-signature"] ?? "",
      xRequestId: sent.headers["x-request-id"] ?? "",
      dataId: new URL(sent.url).searchParams.get("data.id") ?? "",
      secret,
    });
  });
});

describe("a notice", () => {
  test("that is signed names its payment, from the query", () => {
    expect(verify()).toEqual({
      verdict: "authentic",
      notice: {
        dedupeKey: "12345:payment.updated:payment:999999999",
        kind: "payment",
        ref: { kind: "payment", value: "999999999" },
        needsFetch: true,
      },
    });
  });

  test("whose unsigned body was edited still names the payment of the query, and nothing is believed", () => {
    const edited = JSON.stringify({ ...body, data: { id: "1" }, status: "approved", live_mode: false });
    const verified = verify({ body: edited });
    expect(verified).toMatchObject({
      verdict: "authentic",
      notice: { ref: { value: "999999999" }, needsFetch: true },
    });
  });

  test("that comes again has the same key; the next state of the same payment has another", () => {
    expect(keyOf()).toBe(keyOf());
    expect(keyOf({ body: JSON.stringify({ ...body, id: 12346 }) })).not.toBe(keyOf());
    expect(keyOf({ body: JSON.stringify({ ...body, action: "payment.created" }) })).not.toBe(keyOf());
  });

  test("without a number of its own stands for itself", () => {
    expect(keyOf({ body: "{}" })).toBeNull();
    expect(keyOf({ body: "" })).toBeNull();
  });

  test("tells numbers apart that a float would not", () => {
    const withId = (id: string) => ({
      body: JSON.stringify({ ...body, id: 0 }).replace('"id":0', `"id":${id}`),
    });
    expect(keyOf(withId("12345678901234567890"))).not.toBe(keyOf(withId("12345678901234567891")));
    expect(keyOf(withId("1e-7"))).toBe("1e-7:payment.updated:payment:999999999");
    expect(keyOf(withId("1.0"))).toBe("1.0:payment.updated:payment:999999999");
  });

  test("may carry anything in its body, nested and in any script", () => {
    const rich = { ...body, "☃": { a: [{ b: "ñandú 漢字 😀" }] }, __proto__: null };
    expect(verify({ body: JSON.stringify(rich) }).verdict).toBe("authentic");
    expect(String(keyOf({ body: JSON.stringify({ ...body, action: "ñ".repeat(500) }) })).length).toBeLessThan(
      201,
    );
  });

  test.each([
    ["broken JSON", '{"id":1,"da'],
    ["a list", "[]"],
    ["a word", "paid"],
    ["an id that is none", '{"id":{}}'],
  ])("whose body is %s is malformed", (_, text) => {
    expect(verify({ body: text })).toEqual({ verdict: "rejected", reason: "malformed" });
  });

  test.each([
    ["without signature", { headers: { "x-request-id": "abc123" } }],
    ["with an empty signature", { headers: { "x-signature": "", "x-request-id": "abc123" } }],
    ["of another id", { query: "data.id=999999998&type=payment" }],
    ["without signature about an order", { query: "topic=merchant_order&id=1", headers: {} }],
    ["without signature about a subscription", { query: "topic=preapproval&id=2c93", headers: {} }],
    ["without signature and without anything", { query: "", headers: {} }],
    ["of the legacy form with a name that is none", { query: "topic=payment&id=../me", headers: {} }],
    [
      "of the legacy form with a wrong signature",
      { query: "topic=payment&id=1", headers: { "x-signature": header } },
    ],
  ])("%s is not authentic", (_, change) => {
    expect(verify(change)).toEqual({ verdict: "rejected", reason: "not-authentic" });
  });

  test("of the legacy form is a hint at most", () => {
    expect(verify({ query: "topic=payment&id=999999999", headers: {}, body: "" })).toEqual({
      verdict: "unauthenticated-hint",
      notice: {
        dedupeKey: null,
        kind: "payment",
        ref: { kind: "payment", value: "999999999" },
        needsFetch: true,
      },
    });
  });

  test("signed without an id is a hint about the id of its body", () => {
    const signed = hmac("request-id:abc123;ts:1704908010;");
    const headers = { "x-signature": `ts=1704908010,v1=${signed}`, "x-request-id": "abc123" };
    expect(verify({ query: "type=payment", headers })).toMatchObject({
      verdict: "unauthenticated-hint",
      notice: { dedupeKey: null, ref: { kind: "payment", value: "999999999" } },
    });
  });

  test.each([
    ["subscription_preapproval", "subscription", "preapproval"],
    ["subscription_authorized_payment", "subscription", "authorized_payment"],
    ["topic_chargebacks_wh", "payment", "chargeback"],
  ])("about %s is of kind %s and names its %s", (type, kind, name) => {
    expect(verify({ query: `data.id=999999999&type=${type}` })).toMatchObject({
      verdict: "authentic",
      notice: { kind, ref: { kind: name, value: "999999999" } },
    });
  });

  test.each(["subscription_preapproval_plan", "topic_claims_integration_wh", "order", "__proto__"])(
    "about %s is kept for the record",
    (type) => {
      expect(verify({ query: `data.id=999999999&type=${type}` })).toMatchObject({
        verdict: "authentic",
        notice: { kind: "unknown", ref: null },
      });
    },
  );
});
