/**
 * Names of properties whose values never reach a log, wherever they stand and however they are spelled
 * (`apiKey`, `api_key`, `API-Key`): credentials, tokens, signatures (`s` is Flow's), and what identifies
 * a person.
 */
const SECRET_NAMES = new Set([
  "password",
  "newpassword",
  "currentpassword",
  "passphrase",
  "token",
  "accesstoken",
  "refreshtoken",
  "idtoken",
  "tokenhash",
  "jwt",
  "otp",
  "totp",
  "recoverycode",
  "recoverycodes",
  "secret",
  "secretkey",
  "clientsecret",
  "webhooksecret",
  "ipnsecret",
  "privatekey",
  "apikey",
  "xapikey",
  "encryptionkey",
  "routingkey",
  "authorization",
  "proxyauthorization",
  "cookie",
  "cookies",
  "setcookie",
  "signature",
  "xsignature",
  "s",
  "rut",
  "email",
  "phone",
]);

const REDACTED = "[redacted]";

/** Deeper than this a log line is a dump; the rest is left out rather than searched. */
const DEPTH = 6;

/** Copies what is to be logged, with every secret value replaced. Errors are the serializer's to judge. */
export function redact(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return redactObject(fields, 0);
}

function redactObject(fields: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      SECRET_NAMES.has(name.toLowerCase().replaceAll(/[-_]/g, "")) ? REDACTED : redactValue(value, depth + 1),
    ]),
  );
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null || value instanceof Error || value instanceof Date)
    return value;
  if (depth >= DEPTH) return "[too deep]";
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth + 1));
  if (value instanceof Headers || value instanceof Map || value instanceof URLSearchParams) {
    return redactObject(Object.fromEntries<unknown>(value), depth);
  }
  return redactObject(value, depth);
}
