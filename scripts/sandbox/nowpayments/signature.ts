import { createHmac } from "node:crypto";
import type { SigningStyle } from "./state";

/**
 * Signs a notice as NOWPayments' published samples do. Written apart from lib/payments/nowpayments on purpose:
 * sharing the code would make the sandbox agree with whatever mistake the application makes.
 */
export function signatureOf(body: object, secret: string, style: SigningStyle): string {
  const message = {
    node: () => JSON.stringify(sortObject(body)),
    php: () => phpJson(body),
    python: () => pythonJson(body),
  }[style]();
  return createHmac("sha512", secret).update(message).digest("hex");
}

/** The Node sample: it turns lists into objects. */
function sortObject(value: object): object {
  const entries = new Map<string, unknown>(Object.entries(value));
  const sorted: Record<string, unknown> = {};
  for (const key of [...entries.keys()].sort()) {
    const one = entries.get(key);
    sorted[key] = typeof one === "object" && one !== null ? sortObject(one) : one;
  }
  return sorted;
}

/** `json_encode($sorted, JSON_UNESCAPED_SLASHES)`. */
function phpJson(value: unknown): string {
  if (typeof value === "number") return phpNumber(value);
  return write(value, phpJson);
}

/** `json.dumps(message, separators=(',', ':'), sort_keys=True)`. */
function pythonJson(value: unknown): string {
  if (typeof value === "number") return pythonNumber(value);
  return write(value, pythonJson);
}

function write(value: unknown, inner: (value: unknown) => string): string {
  if (Array.isArray(value)) return `[${value.map(inner).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${entries.map(([key, one]) => `${ascii(key)}:${inner(one)}`).join(",")}}`;
  }
  return typeof value === "string" ? ascii(value) : JSON.stringify(value);
}

function ascii(text: string): string {
  return JSON.stringify(text).replace(
    /[^\0-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function phpNumber(value: number): string {
  const [mantissa = "", exponent = ""] = String(value).split("e");
  if (exponent === "" && Math.abs(value) >= 1e-4) return String(value);
  if (value === 0) return "0";
  if (exponent === "") return phpExponent(value.toExponential());
  return phpExponent(`${mantissa}e${exponent}`);
}

function phpExponent(text: string): string {
  const [mantissa = "", exponent = ""] = text.split("e");
  return `${mantissa.includes(".") ? mantissa : `${mantissa}.0`}e${exponent}`;
}

function pythonNumber(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 1e-4) return String(value);
  const [mantissa = "", exponent = ""] = value.toExponential().split("e");
  return `${mantissa}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, "0")}`;
}
