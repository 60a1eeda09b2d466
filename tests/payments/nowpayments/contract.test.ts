import { createHmac } from "node:crypto";
import { keepsTheContract } from "../contract";
import type { SentNotice } from "../contract-driver";
import { nameOf, nowPaymentsInHand, nowPaymentsKeys } from "../support/nowpayments";

const now = nowPaymentsInHand();
const operations = { checkout: "invoice", state: "payments", refund: "refund" } as const;
const lies = {
  amount: { price_amount: 9.9 },
  currency: { price_currency: "eur" },
  reference: { order_id: "somebody-elses-order" },
  status: { payment_status: "wrong_asset_confirmed" },
} as const;

const BODY = '{"payment_id":5077125051,"payment_status":"finished"}';
const signed = (text: string, secret = nowPaymentsKeys.nowpaymentsIpnSecret): SentNotice => ({
  headers: new Headers({ "x-nowpayments-sig": createHmac("sha512", secret).update(text).digest("hex") }),
  rawBody: Buffer.from(text),
});
const withHeader = (signature: string | null): SentNotice => ({
  headers: new Headers(signature === null ? {} : { "x-nowpayments-sig": signature }),
  rawBody: Buffer.from(BODY),
});
const genuine = signed(BODY).headers.get("x-nowpayments-sig") ?? "";

keepsTheContract({
  get gateway() {
    return now.gateway;
  },
  withWrongKey: () => now.with({ apiKey: "another key" }),
  async decide(names, fate) {
    await now.decide(names, { status: fate === "pay" ? "finished" : "failed" });
  },
  async lie(names, lie) {
    await now.decide(names, { lies: lies[lie] });
  },
  fault: (operation, kind, count, ms) => now.fault(operations[operation], kind, count, ms),
  checkoutsNamed: async (reference) =>
    (await now.state()).invoices.filter(({ orderId }) => orderId === reference).length,
  findsByOwnReference: false, // nobody ever saw the page of an invoice whose answer was lost
  notice: (names) => now.notice(names),
  returnFields: (names) => new URLSearchParams({ order: nameOf(names, "order"), NP_id: "5077125051" }),
  badNotices: () => ({
    "no signature": withHeader(null),
    "an empty signature": withHeader(""),
    "half a signature": withHeader(genuine.slice(0, 64)),
    "a signature twice": withHeader(`${genuine}, ${genuine}`),
    "another secret": signed(BODY, "another secret"),
    "the secret of no configuration": signed(BODY, ""),
    "another status under the same signature": {
      ...signed(BODY),
      rawBody: Buffer.from(BODY.replace("finished", "refunded")),
    },
    "a key twice": signed('{"payment_id":1,"payment_id":2}'),
    "a list": signed('[{"payment_id":1}]'),
    "an empty body": signed(""),
    "half a body": signed(BODY.slice(0, 30)),
    "something after the body": signed(`${BODY}x`),
    "broken UTF-8": { ...signed(BODY), rawBody: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) },
    "an endless body": signed(`{"payment_id":1,"x":"${"a".repeat(70_000)}"}`),
    "an abyss": signed(`{"payment_id":1,"x":${"[".repeat(200)}${"]".repeat(200)}}`),
  }),
});
