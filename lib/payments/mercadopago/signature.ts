import { createHmac, timingSafeEqual } from "node:crypto";

/** What Mercado Pago signs of a notice. The body is not among it. */
export interface Signed {
  /** `data.id` of the query; null where it is not there. */
  readonly dataId: string | null;
  /** The header `x-request-id`. */
  readonly requestId: string | null;
  /** As the header writes it. */
  readonly ts: string;
}

const HASH = /^[0-9a-f]{64}$/i;
/** Seconds in older documentation, milliseconds in newer; both are in use. */
const TIMESTAMP = /^(\d{10}|\d{13})$/;

/** `id:…;request-id:…;ts:…;` – what is absent is left out whole, its name too. */
export function manifest({ dataId, requestId, ts }: Signed): string {
  return [
    dataId === null ? "" : `id:${dataId};`,
    requestId === null ? "" : `request-id:${requestId};`,
    `ts:${ts};`,
  ].join("");
}

/**
 * Whether the header `x-signature` (`ts=…,v1=…`) proves the query's id. HMAC-SHA256 of the manifest, hex.
 *
 * Ids are taken as received or in lower case: documentation says the second, the libraries since June 2026 the
 * first, and both are seen. No window in time: none is documented, and redeliveries come hours later.
 *
 * @throws Error when the secret is empty: an HMAC with an empty key would let anybody in
 * @see https://www.mercadopago.cl/developers/es/docs/your-integrations/notifications/webhooks
 */
export function isSigned(
  header: string,
  signed: Pick<Signed, "dataId" | "requestId">,
  secret: string,
): boolean {
  if (secret === "") throw new Error("Mercado Pago's webhook secret is empty");
  const parts = partsOf(header);
  const ts = parts?.get("ts") ?? "";
  const hash = parts?.get("v1") ?? "";
  if (!TIMESTAMP.test(ts) || !HASH.test(hash)) return false;
  const given = Buffer.from(hash, "hex");
  const ids = [...new Set([signed.dataId, signed.dataId?.toLowerCase() ?? null])];
  const matches = ids.map((dataId) =>
    timingSafeEqual(
      createHmac("sha256", secret)
        .update(manifest({ ...signed, dataId, ts }))
        .digest(),
      given,
    ),
  );
  return matches.includes(true);
}

/** The header's parts by name; null when one stands there twice, because readers would differ over which counts. */
function partsOf(header: string): ReadonlyMap<string, string> | null {
  const parts = new Map<string, string>();
  for (const part of header.split(",")) {
    const [name = "", ...value] = part.split("=");
    const key = name.trim().toLowerCase();
    if (parts.has(key)) return null;
    parts.set(key, value.join("=").trim());
  }
  return parts;
}
