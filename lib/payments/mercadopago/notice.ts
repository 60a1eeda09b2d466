import { createHash } from "node:crypto";
import { z } from "zod";
import type { Notice, Verification, WebhookRequest } from "../gateway";
import { parseJson } from "./json";
import { mercadoPagoReference } from "./map";
import { isSigned } from "./signature";

/** Which names the signed topics bring; every other topic is kept for the record alone. */
const topics: Readonly<Record<string, { readonly kind: Notice["kind"]; readonly name: string }>> = {
  payment: { kind: "payment", name: mercadoPagoReference.payment },
  topic_chargebacks_wh: { kind: "payment", name: mercadoPagoReference.chargeback },
  chargebacks: { kind: "payment", name: mercadoPagoReference.chargeback },
  subscription_preapproval: { kind: "subscription", name: mercadoPagoReference.preapproval },
  subscription_authorized_payment: { kind: "subscription", name: mercadoPagoReference.authorizedPayment },
};
const ID = /^[A-Za-z0-9_-]{1,64}$/;
const IPN_ID = /^\d{1,20}$/;

const text = z.union([z.string(), z.number()]).transform(String);
const notification = z.object({
  id: text.nullish(),
  action: z.string().nullish(),
  type: z.string().nullish(),
  data: z.object({ id: text.nullish() }).nullish(),
});

const REJECTED = { verdict: "rejected", reason: "not-authentic" } as const;
const MALFORMED = { verdict: "rejected", reason: "malformed" } as const;

/**
 * Judges a notice. Its body is unsigned, so the id comes from the query, which is; the rest of the body only
 * tells repeats apart. The legacy notification about a payment (`?topic=payment&id=`) carries no proof at all
 * and is a hint to ask; every other unsigned one is refused.
 */
export function verifyNotice({ url, headers, rawBody }: WebhookRequest, secret: string): Verification {
  const header = headers.get("x-signature");
  const query = url.searchParams;
  if (["data.id", "id", "type", "topic"].some((name) => query.getAll(name).length > 1)) return MALFORMED;
  if (header === null && !query.has("data.id")) return legacyHint(query);
  const dataId = query.get("data.id");
  const requestId = headers.get("x-request-id")?.trim();
  if (!isSigned(header ?? "", { dataId: dataId || null, requestId: requestId || null }, secret))
    return REJECTED;
  return readBody(rawBody, query, dataId);
}

function readBody(rawBody: Uint8Array, query: URLSearchParams, dataId: string | null): Verification {
  const parsed = notification.safeParse(bodyOf(rawBody));
  if (!parsed.success) return MALFORMED;
  const { id, action, type, data } = parsed.data;
  const topic = query.get("type") ?? type ?? "";
  // Signed without an id: the one in the body is anybody's, good for a question and no more.
  const named = dataId ?? data?.id ?? "";
  const known = Object.hasOwn(topics, topic) && ID.test(named) ? topics[topic] : undefined;
  return {
    verdict: dataId === null ? "unauthenticated-hint" : "authentic",
    notice: {
      // The notification's own number and action; the payment's id alone would swallow the later "paid".
      dedupeKey: id == null || dataId === null ? null : keyOf([id, action ?? "", topic, dataId]),
      kind: known?.kind ?? "unknown",
      ref: known ? { kind: known.name, value: named } : null,
      needsFetch: true,
    },
  };
}

/** Bounded, whatever stands in an unsigned body: what is long is told apart by its hash. */
function keyOf(parts: readonly string[]): string {
  const key = parts.join(":");
  return key.length <= 200 ? key : createHash("sha256").update(key).digest("hex");
}

/** An empty body is an empty notification: all that counts of it stands in the query. */
function bodyOf(rawBody: Uint8Array): unknown {
  const body = Buffer.from(rawBody).toString("utf8");
  return body.trim() === "" ? {} : parseJson(body);
}

function legacyHint(query: URLSearchParams): Verification {
  const id = query.get("id") ?? "";
  if (query.get("topic") !== "payment" || !IPN_ID.test(id)) return REJECTED;
  const ref = { kind: mercadoPagoReference.payment, value: id };
  return {
    verdict: "unauthenticated-hint",
    notice: { dedupeKey: null, kind: "payment", ref, needsFetch: true },
  };
}
