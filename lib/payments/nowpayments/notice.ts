import { createHash } from "node:crypto";
import { z } from "zod";
import type { Notice, Verification, WebhookRequest } from "../gateway";
import { nowpaymentsReference } from "./answers";
import { plainOf, readJson } from "./json-text";
import { isSigned, SIGNATURE_HEADER } from "./signature";

/** A notice has about one kilobyte. Each one is written in several forms before anybody knows who sent it. */
const MAX_BYTES = 64 * 1024;

const about = z.object({
  payment_id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  payment_status: z.string().min(1).max(64).nullish(),
  updated_at: z.string().min(1).max(64).nullish(),
});

/**
 * Judges a notice (IPN) by its signature. An authentic one is still only a reason to ask: it has no time, no
 * number and no nonce, so that whoever recorded one can send it for ever.
 */
export function verifyNotice({ headers, rawBody }: WebhookRequest, secret: string): Verification {
  const signature = headers.get(SIGNATURE_HEADER);
  if (signature === null || signature === "") return { verdict: "rejected", reason: "not-authentic" };
  const text = rawBody.byteLength > MAX_BYTES ? null : textOf(rawBody);
  const document = text === null ? null : readJson(text);
  if (document?.kind !== "object") return { verdict: "rejected", reason: "malformed" };
  if (!isSigned(document, signature, secret)) return { verdict: "rejected", reason: "not-authentic" };
  return { verdict: "authentic", notice: noticeOf(plainOf(document), rawBody) };
}

function noticeOf(body: unknown, rawBody: Uint8Array): Notice {
  const hash = createHash("sha256").update(rawBody).digest("hex");
  const parsed = about.safeParse(body);
  // Withdrawals and custodial charges are signed with the same secret and name no payment.
  if (!parsed.success) return { dedupeKey: hash, kind: "unknown", ref: null, needsFetch: true };
  const { payment_id, payment_status, updated_at } = parsed.data;
  return {
    // Without the time of the change a second part payment would pass for a repeat of the first.
    dedupeKey: updated_at ? `${payment_id}:${payment_status ?? ""}:${updated_at}` : hash,
    kind: "payment",
    ref: { kind: nowpaymentsReference.payment, value: payment_id },
    needsFetch: true,
  };
}

function textOf(rawBody: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(rawBody);
  } catch {
    return null;
  }
}
