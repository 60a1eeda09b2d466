import { createHmac } from "node:crypto";
import { type Fields, fieldsOf, type Heard, keys, press, textIn, type Wire } from "../support/wire";

/** Mercado Pago's manifest: the id of the query, the request's id and the time; what is absent is left out whole. */
export function signatureOf(
  { id, requestId, ts }: { id: string; requestId: string; ts: string },
  secret: string = keys.mercadopagoWebhookSecret,
): string {
  const manifest = [
    ["id", id],
    ["request-id", requestId],
    ["ts", ts],
  ].map(([name, value]) => (value === "" ? "" : `${name}:${value};`));
  return createHmac("sha256", secret).update(manifest.join("")).digest("hex");
}

/** What a notice says of its signature, and what it ought to be. */
export function signatureIn({ url, headers }: Heard): { ts: string; v1: string; rightV1: string } {
  const given = /^ts=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["x-signature"]));
  const [ts = "", v1 = ""] = given?.slice(1) ?? [];
  const id = url.searchParams.get("data.id") ?? "";
  return { ts, v1, rightV1: signatureOf({ id, requestId: String(headers["x-request-id"]), ts }) };
}

/** Calls to Mercado Pago's API, and its payer. */
export function mercadoPagoOnTheWire(wire: Wire) {
  const call = (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ) =>
    fetch(`${wire.url}/mercadopago/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${keys.mercadopagoAccessToken}`,
        "content-type": "application/json",
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const preference = (change: Fields = {}): Fields => ({
    items: [{ id: "plan", title: "Plan Pro", quantity: 1, unit_price: 19_990, currency_id: "CLP" }],
    payer: { email: "owner@vista.test" },
    external_reference: "pay_42",
    notification_url: `${wire.shop.url}/mercadopago?source_news=webhooks`,
    back_urls: {
      success: "http://127.0.0.1:9/success",
      failure: "http://127.0.0.1:9/failure",
      pending: "http://127.0.0.1:9/pending",
    },
    auto_return: "approved",
    metadata: { org_id: "org_1" },
    binary_mode: false,
    ...change,
  });
  const prefer = async (change?: Fields) => {
    const made = await fieldsOf(call("POST", "checkout/preferences", preference(change)), 201);
    return { ...made, id: textIn(made, "id"), page: textIn(made, "init_point") };
  };
  const found = async (reference = "pay_42"): Promise<Fields[]> => {
    const search = call("GET", `v1/payments/search?external_reference=${reference}`);
    return (await fieldsOf(search))["results"] as Fields[];
  };
  const pressed = ({ id, page }: { id: string; page: string }, action: string) =>
    press(page, { pref_id: id, action });
  return {
    call,
    preference,
    prefer,
    found,
    press: pressed,
    /** A payment of a new preference, as the payer's press leaves it. */
    paid: async (action = "approve", change?: Fields) => {
      await pressed(await prefer(change), action);
      const [payment] = await found();
      return { ...payment, path: `v1/payments/${String(payment?.["id"])}` };
    },
  };
}
