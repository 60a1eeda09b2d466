import { createHmac } from "node:crypto";
import { type Fields, fieldsOf, type Heard, keys, press, textIn, type Wire } from "../support/wire";

/** NOWPayments' rule: keys sorted at every level, compact JSON, HMAC-SHA512 in hexadecimal; the Node sample's lists. */
export function signatureOf(body: unknown, secret: string = keys.nowpaymentsIpnSecret): string {
  return createHmac("sha512", secret)
    .update(JSON.stringify(sorted(body)))
    .digest("hex");
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}

export const bodyOf = ({ body }: Heard) => JSON.parse(body) as Fields;

/** Calls to NOWPayments' API, and its payer. */
export function nowPaymentsOnTheWire(wire: Wire) {
  const call = (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ) =>
    fetch(`${wire.url}/nowpayments/v1/${path}`, {
      method,
      headers: { "x-api-key": keys.nowpaymentsApiKey, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const login = { email: keys.nowpaymentsEmail, password: keys.nowpaymentsPassword };
  const signIn = async () => {
    const { token } = await fieldsOf(call("POST", "auth", login));
    return { authorization: `Bearer ${String(token)}` };
  };
  const invoice = (change: Fields = {}): Fields => ({
    price_amount: 29.9,
    price_currency: "usd",
    order_id: "pay_42",
    order_description: "Opttius Pro, 1 month",
    ipn_callback_url: `${wire.shop.url}/nowpayments`,
    success_url: "http://127.0.0.1:9/success?a=1",
    cancel_url: "http://127.0.0.1:9/cancel",
    partially_paid_url: "http://127.0.0.1:9/part",
    is_fixed_rate: false,
    is_fee_paid_by_user: false,
    ...change,
  });
  const open = async (change?: Fields) => {
    const made = await fieldsOf(call("POST", "invoice", invoice(change)), 201);
    return { made, id: textIn(made, "id"), page: textIn(made, "invoice_url") };
  };
  return {
    call,
    signIn,
    login,
    invoice,
    open,
    press: ({ id, page }: { id: string; page: string }, action: string, coin = "trx") =>
      press(page, { iid: id, action, coin }),
    /** Decides the last payment of an invoice, or the first one of it; tells what the API would. */
    decide: ({ id }: { id: string }, change: Fields) =>
      wire.order<Fields>("nowpayments/payments", { invoice: id, ...change }),
    paymentsOf: async (id: string, query = "") => {
      const listed = call("GET", `payment/?invoiceId=${id}${query}`, undefined, await signIn());
      return (await fieldsOf(listed))["data"] as Fields[];
    },
  };
}
