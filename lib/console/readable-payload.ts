/** Names of fields whose values nobody needs to read: secrets, and who somebody is. */
const HIDDEN =
  /token|secret|signature|api_?key|password|authorization|^s$|^sign$|mail|name$|phone|address|identification|document|card|ip_addr|payer_id|birth/i;
/** Addresses of people anywhere in a text. */
const MAIL = /[^\s@"'<>=&:,{}]+(?:@|%40)[^\s@"'<>&,{}]+\.[a-z]{2,}/gi;
const MASK = "•••";
/** More than this nobody reads on a page. */
const MOST_CHARACTERS = 20_000;

/**
 * What a gateway sent, as staff may read it: JSON and forms field by field with secrets and people hidden; anything
 * else as text with mail addresses hidden.
 */
export function readablePayload(bytes: Uint8Array, contentType: string | null): string {
  const text = new TextDecoder().decode(bytes);
  if (text === "") return "";
  const json = parsed(text);
  const shown =
    json !== undefined
      ? JSON.stringify(json, hideField, 2)
      : contentType?.toLowerCase().includes("form") || /^[\w.[\]-]+=/.test(text)
        ? readableForm(text)
        : text;
  return shown.replace(MAIL, MASK).slice(0, MOST_CHARACTERS);
}

/** Headers that were kept, secrets hidden; a signature tells its parts and not itself. */
export function readableHeaders(
  headers: Readonly<Record<string, string>>,
): { name: string; value: string }[] {
  return Object.entries(headers).map(([name, value]) => ({
    name,
    value: HIDDEN.test(name)
      ? value.replace(/[0-9a-f]{16,}|[\w+/-]{24,}={0,2}/gi, MASK)
      : value.replace(MAIL, MASK),
  }));
}

function hideField(key: string, value: unknown): unknown {
  const isScalar = typeof value === "string" || typeof value === "number";
  return isScalar && HIDDEN.test(key) ? MASK : value;
}

function readableForm(text: string): string {
  return [...new URLSearchParams(text)]
    .map(([name, value]) => `${name}=${HIDDEN.test(name) ? MASK : value}`)
    .join("\n");
}

/** A number that a float would change stays the text that stood there: people compare amounts here. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text, (_name, value: unknown, context?: { readonly source?: string }) =>
      typeof value === "number" && context?.source !== String(value) ? context?.source : value,
    );
  } catch {
    return undefined;
  }
}
