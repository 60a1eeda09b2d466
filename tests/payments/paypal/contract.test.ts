import type { Reference } from "@/lib/payments/gateway";
import { keepsTheContract } from "../contract";
import type { SentNotice } from "../contract-driver";
import { named, paypalInHand } from "../support/paypal";

const paypal = paypalInHand();
const operations = {
  checkout: "POST v2/checkout/orders",
  state: "GET v2/checkout/orders/{}",
  refund: "POST v2/payments/captures/{}/refund",
} as const;
const lies = {
  amount: { amount: { currency_code: "USD", value: "1.00" } },
  currency: { amount: { currency_code: "EUR", value: "109.00" } },
  reference: { customId: "somebody-elses-order" },
  status: { status: "HALF_BAKED" },
} as const;

const id = (names: readonly Reference[]) => named(names, "paypal_order");
const sent = ({
  headers,
  body,
}: {
  headers: Readonly<Record<string, string>>;
  body: string;
}): SentNotice => ({
  headers: new Headers(headers),
  rawBody: Buffer.from(body),
});

keepsTheContract({
  get gateway() {
    return paypal.gateway;
  },
  withWrongKey: () => paypal.another({ clientSecret: "another secret" }),
  decide: async (names, fate) => {
    const change = { id: id(names), capture: true, fate: fate === "pay" ? "COMPLETED" : "DECLINED" };
    await paypal.control("orders", change);
  },
  lie: async (names, lie) => {
    await paypal.control("orders", { id: id(names), lies: lies[lie] });
  },
  fault: (operation, kind, count, ms) => paypal.fault(operations[operation], kind, count, ms),
  checkoutsNamed: async (reference) =>
    (await paypal.state()).paypal.orders.filter(({ customId }) => customId === reference).length,
  findsByOwnReference: false,
  notice: async (names) => {
    const { id: captureId } = await paypal.capture(names);
    const related = { supplementary_data: { related_ids: { order_id: id(names) } } };
    return sent(await paypal.event("PAYMENT.CAPTURE.COMPLETED", { id: captureId, ...related }));
  },
  returnFields: (names) => new URLSearchParams({ token: id(names), PayerID: "QYR5Z8XDVJNXQ" }),
  badNotices: async () => {
    const genuine = await paypal.event("PAYMENT.CAPTURE.COMPLETED", { id: "8XX" });
    return {
      "no headers": sent({ headers: {}, body: genuine.body }),
      "another body": sent({ ...genuine, body: `${genuine.body} ` }),
      "an empty body": sent({ ...genuine, body: "" }),
    };
  },
  renewals: {
    agree: async (setup, fate) => {
      if (fate === "agree")
        await paypal.control("subscriptions", { id: named(setup, "subscription"), approve: true });
    },
    cycle: async (_interval, fate = "pay") => {
      const subscription = (await paypal.state()).paypal.subscriptions.at(-1);
      if (fate === "decline") await paypal.control("subscriptions", { id: subscription?.id, refusals: 1 });
      await paypal.sandbox("clock", { at: subscription?.nextBillingTime });
    },
    renewalsNamed: async (reference) =>
      (await paypal.state()).paypal.subscriptions.filter(({ customId }) => customId === reference).length,
  },
});
