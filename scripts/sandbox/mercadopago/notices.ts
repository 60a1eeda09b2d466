import { createHmac, randomUUID } from "node:crypto";
import type { SandboxContext } from "../gateway";
import { ACCOUNT } from "./describe";

/** Waits before a notice comes again while nobody takes it; the real ones are fifteen minutes and longer. */
const RETRY_AFTER_MS = [5_000, 15_000, 60_000];

export type Topic =
  | "payment"
  | "subscription_preapproval"
  | "subscription_authorized_payment"
  | "topic_chargebacks_wh";

export interface Announcement {
  readonly url: string | null;
  readonly topic: Topic;
  readonly action: string;
  readonly id: string | number;
  readonly liveMode: boolean;
}

/** A notice as it goes out. */
export interface SignedNotice {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Writes a signed notice: the id stands in the query, and the signature covers it, the request id and the time.
 * Written apart from lib/payments/mercadopago on purpose: sharing the code would share its mistakes.
 */
export function signedNotice(
  { url, topic, action, id, liveMode }: Announcement & { readonly url: string },
  secret: string,
  now: Date,
): SignedNotice {
  const to = new URL(url);
  to.searchParams.set("data.id", String(id));
  to.searchParams.set("type", topic);
  const requestId = randomUUID();
  const ts = String(now.getTime());
  const v1 = createHmac("sha256", secret).update(`id:${id};request-id:${requestId};ts:${ts};`).digest("hex");
  return {
    url: to.toString(),
    headers: {
      "content-type": "application/json",
      "user-agent": "MercadoPago WebHook v1.0 payment",
      "x-request-id": requestId,
      "x-signature": `ts=${ts},v1=${v1}`,
    },
    body: JSON.stringify({
      action,
      api_version: "v1",
      data: { id: String(id) },
      date_created: now.toISOString(),
      id: 100_000_000_000 + Math.floor(Math.random() * 900_000_000_000),
      live_mode: liveMode,
      type: topic,
      user_id: String(ACCOUNT.id),
    }),
  };
}

/** Sends a notice, and again while it is not taken. A forger knows everything but the secret. */
export function announce(context: SandboxContext, secret: string, announcement: Announcement): void {
  const { url } = announcement;
  if (url === null || !URL.canParse(url)) return;
  const now = context.clock.now();
  const genuine = signedNotice({ ...announcement, url }, secret, now);
  const forged = signedNotice({ ...announcement, url }, "a secret that somebody guessed", now);
  context.callbacks.send({
    gateway: "mercadopago",
    ...genuine,
    forged: { headers: forged.headers, body: forged.body },
    retryAfterMs: RETRY_AFTER_MS,
  });
}
