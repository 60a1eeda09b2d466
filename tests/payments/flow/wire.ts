import { createHmac } from "node:crypto";
import { type Fields, fieldsOf, keys, press, textIn, type Wire } from "../support/wire";

type Parameters = Readonly<Record<string, string>>;

/** Flow's rule: all but `s`, by name, name and value joined with nothing between, HMAC-SHA256 in hexadecimal. */
export function signatureOf(parameters: Parameters, secret: string = keys.flowSecretKey): string {
  const text = Object.keys(parameters)
    .sort()
    .map((name) => `${name}${parameters[name]}`)
    .join("");
  return createHmac("sha256", secret).update(text).digest("hex");
}

export function signed(parameters: Parameters): URLSearchParams {
  const all = { apiKey: keys.flowApiKey, ...parameters };
  return new URLSearchParams({ ...all, s: signatureOf(all) });
}

/** Calls to Flow's API, and its payer. */
export function flowOnTheWire(wire: Wire) {
  const api = (operation: string) => `${wire.url}/flow/api/${operation}`;
  const post = (operation: string, parameters: Parameters) =>
    fetch(api(operation), { method: "POST", body: signed(parameters) });
  const get = (operation: string, parameters: Parameters) => fetch(`${api(operation)}?${signed(parameters)}`);
  const order = (change: Parameters = {}): Parameters => ({
    commerceOrder: "pay_42",
    subject: "Opttius Pro, 1 mes",
    amount: "19990",
    currency: "CLP",
    email: "owner@vista.test",
    urlConfirmation: `${wire.shop.url}/flow/confirm`,
    urlReturn: "http://127.0.0.1:9/return?payment=42",
    ...change,
  });
  const create = async (change?: Parameters) => {
    const made = await fieldsOf(post("payment/create", order(change)));
    return { ...made, url: textIn(made, "url"), token: textIn(made, "token") };
  };
  return {
    api,
    post,
    get,
    order,
    create,
    status: (token: string): Promise<Fields> => fieldsOf(get("payment/getStatus", { token })),
    press: (payment: { url: string; token: string }, action: string) =>
      press(payment.url, { token: payment.token, action }),
    async paid(change?: Parameters) {
      const payment = await create(change);
      await press(payment.url, { token: payment.token, action: "approve" });
      return payment;
    },
  };
}
