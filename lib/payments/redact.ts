/** Query and form fields that must never stand in a log, whichever gateway they belong to. */
const PRIVATE_FIELDS =
  /\b(s|apiKey|token|email|receiverEmail|payer|secret|secretKey|access_token|authorization|signature)(["']?\s*[=:]\s*["']?)([^&\s"',}]+)/gi;
/** What HTTP itself carries credentials as, wherever it is repeated. */
const CREDENTIALS = /\b(basic|bearer)\s+[\w+/=.~-]{8,}/gi;
const ADDRESSES = /[^\s@"'<>=&]+@[^\s@"'<>&]+\.[^\s@"'<>&]+/g;
const MASK = "[redacted]";

/**
 * Takes secrets and people out of a text that is about to be logged.
 *
 * @param secrets our credentials, replaced wherever and in whatever coding they stand
 * @param limit longest text kept, in characters
 */
export function redact(text: string, secrets: readonly string[], limit = 300): string {
  const spellings = secrets.flatMap((secret) =>
    secret.length < 4 ? [] : [secret, encodeURIComponent(secret)],
  );
  // Secrets first and on the whole text: one cut in half by the limit would not be found.
  const hidden = spellings.reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
  return hidden
    .replace(CREDENTIALS, `$1 ${MASK}`)
    .replace(PRIVATE_FIELDS, `$1$2${MASK}`)
    .replace(ADDRESSES, MASK)
    .slice(0, limit);
}
