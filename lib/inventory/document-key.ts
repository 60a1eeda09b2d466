import { createHash } from "node:crypto";

/**
 * The idempotency key of a stock document: the form's key bound to what it says. Sent twice, the same form acts
 * once; changed and sent again (the way back after a success), it is another document.
 */
export function documentKey(formKey: string, content: object): string {
  const digest = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  return `${formKey}-${digest.slice(0, 32)}`;
}
