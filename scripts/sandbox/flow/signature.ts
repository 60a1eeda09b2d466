import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Checks `s` as Flow documents it. Written apart from lib/payments/flow on purpose: sharing the code would
 * make the sandbox agree with whatever mistake the application makes.
 */
export function signatureIsRight(parameters: URLSearchParams, secretKey: string): boolean {
  const names = [...new Set(parameters.keys())].filter((name) => name !== "s").sort();
  const hmac = createHmac("sha256", secretKey);
  for (const name of names) hmac.update(`${name}${parameters.get(name)}`);
  const expected = hmac.digest();
  const given = Buffer.from(parameters.get("s") ?? "", "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
