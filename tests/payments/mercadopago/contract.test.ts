import { signedNotice } from "@/scripts/sandbox/mercadopago/notices";
import { keepsTheContract } from "../contract";
import type { SentNotice } from "../contract-driver";
import { mercadoPagoInHand, mercadoPagoKeys, nameOf } from "../support/mercadopago";

const mp = mercadoPagoInHand();
const operations = {
  checkout: "preferences/create",
  state: "payments/search",
  refund: "refunds/create",
} as const;
const lies = {
  amount: { transaction_amount: 990 },
  currency: { currency_id: "USD" },
  reference: { external_reference: "somebody-elses-order" },
  status: { status: "something_new" },
} as const;
const MONTH_MS = 31 * 86_400_000;

const signed = (id: string | number, secret = mercadoPagoKeys.mercadopagoWebhookSecret): SentNotice => {
  const { url, headers, body } = signedNotice(
    {
      url: "https://shop.test/api/webhooks/mercadopago?source_news=webhooks",
      topic: "payment",
      action: "payment.updated",
      id,
      liveMode: false,
    },
    secret,
    new Date(),
  );
  return { url: new URL(url), headers: new Headers(headers), rawBody: Buffer.from(body) };
};
const changed = (change: (notice: { url: URL; headers: Headers }) => void): SentNotice => {
  const { url = new URL("https://shop.test"), headers, rawBody } = signed(128843756012);
  const copy = { url: new URL(url), headers: new Headers(headers), rawBody };
  change(copy);
  return copy;
};

keepsTheContract({
  get gateway() {
    return mp.gateway;
  },
  withWrongKey: () => mp.with({ accessToken: "TEST-another-token" }),
  async decide(names, fate) {
    await mp.decide(names, { status: fate === "pay" ? "approved" : "rejected" });
  },
  lie: (names, lie) => mp.decide(names, { lies: lies[lie] }),
  fault: (operation, kind, count, ms) => mp.fault(operations[operation], kind, count, ms),
  checkoutsNamed: async (reference) =>
    (await mp.state()).preferences.filter(({ externalReference }) => externalReference === reference).length,
  findsByOwnReference: true,
  refusedIs: "pending",
  renewals: {
    agree: (names, fate) =>
      mp.control("mercadopago/preapprovals", {
        id: nameOf(names, "preapproval"),
        status: fate === "agree" ? "authorized" : "cancelled",
      }),
    async cycle(interval, fate = "pay") {
      await mp.control("mercadopago/cards", { decline: fate === "decline" });
      await mp.control("clock", { ms: interval === "year" ? 12 * MONTH_MS : MONTH_MS });
    },
    renewalsNamed: async (reference) =>
      (await mp.state()).preapprovals.filter(({ externalReference }) => externalReference === reference)
        .length,
  },
  notice: async (names) => signed((await mp.payments(names))[0]?.id ?? ""),
  returnFields: (names) =>
    new URLSearchParams({
      collection_id: "null",
      status: "null",
      external_reference: "null",
      preference_id: nameOf(names, "preference"),
    }),
  badNotices: () => ({
    "another secret": signed(128843756012, "another secret"),
    "another id": changed(({ url }) => url.searchParams.set("data.id", "128843756013")),
    "no id": changed(({ url }) => url.searchParams.delete("data.id")),
    "two ids": changed(({ url }) => url.searchParams.append("data.id", "128843756013")),
    "another request": changed(({ headers }) => headers.set("x-request-id", "0")),
    "no request": changed(({ headers }) => headers.delete("x-request-id")),
    "no signature": changed(({ headers }) => headers.delete("x-signature")),
    "an empty signature": changed(({ headers }) => headers.set("x-signature", "")),
    "two signatures": changed(({ headers }) =>
      headers.append("x-signature", `ts=1704908010,v1=${"0".repeat(64)}`),
    ),
    "a legacy notice of an order": {
      url: new URL("https://shop.test/api/webhooks/mercadopago?topic=merchant_order&id=1"),
      headers: new Headers(),
      rawBody: Buffer.from("{}"),
    },
    "broken JSON": { ...changed(() => undefined), rawBody: Buffer.from('{"id":1,"data"') },
  }),
});
