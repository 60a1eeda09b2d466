import { createHmac, timingSafeEqual } from "node:crypto";
import { canonicalForms } from "./canonical";
import type { JsonNode } from "./json-text";

/** The header that carries the proof. */
export const SIGNATURE_HEADER = "x-nowpayments-sig";

const HEX_SHA512 = /^[0-9a-f]{128}$/i;

/**
 * Whether a signature proves that whoever knows the IPN secret wrote this document: HMAC-SHA512 over its keys
 * sorted at every level, in any of the spellings that NOWPayments' own samples give. No header, an empty one, two
 * of them, or no secret of ours: never.
 *
 * @see https://documenter.getpostman.com/view/7907941/2s93JusNJt "Instant Payments Notifications" (read 2026-11-22)
 */
export function isSigned(document: JsonNode, signature: string | null, secret: string): boolean {
  if (secret === "" || signature === null || !HEX_SHA512.test(signature)) return false;
  const given = Buffer.from(signature, "hex");
  let matches = false;
  for (const form of canonicalForms(document)) {
    const expected = createHmac("sha512", secret).update(form, "utf8").digest();
    if (timingSafeEqual(given, expected)) matches = true;
  }
  return matches;
}
