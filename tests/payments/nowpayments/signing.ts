import { createHmac } from "node:crypto";

/**
 * How each published sample makes the text that it signs, from the values of a document. Written from the samples,
 * apart from the application: `JSON.stringify(sortObject(p))`, `json_encode` after `tksort` (a list stays a list),
 * `json.dumps(p, separators=(',', ':'), sort_keys=True)`.
 */
export const samples: Readonly<Record<string, (value: unknown) => string>> = {
  "the Node sample": (value) => JSON.stringify(sortObject(value)),
  "Node with lists kept": (value) => JSON.stringify(sortKeeping(value)),
  "the PHP sample": (value) => encode(value, phpNumber, inAscii),
  "PHP with slashes escaped": (value) =>
    encode(value, phpNumber, (text) => inAscii(text).replaceAll("/", "\\/")),
  "the Python sample": (value) =>
    encode(value, pythonNumber, (text) => inAscii(text).replaceAll("\x7f", "\\u007f")),
};

export function hmac(text: string, secret: string): string {
  return createHmac("sha512", secret).update(text).digest("hex");
}

function sortObject(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const all: Record<string, unknown> = { ...value };
  return Object.keys(all)
    .sort()
    .reduce<Record<string, unknown>>((result, key) => ({ ...result, [key]: sortObject(all[key]) }), {});
}

function sortKeeping(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeeping);
  if (typeof value !== "object" || value === null) return value;
  const all: Record<string, unknown> = { ...value };
  return Object.fromEntries(
    Object.keys(all)
      .sort()
      .map((key) => [key, sortKeeping(all[key])]),
  );
}

function encode(value: unknown, number: (value: number) => string, text: (value: string) => string): string {
  if (typeof value === "number") return number(value);
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return `[${value.map((one) => encode(one, number, text)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) =>
    Buffer.compare(Buffer.from(one), Buffer.from(other)),
  );
  return `{${entries.map(([key, one]) => `${text(key)}:${encode(one, number, text)}`).join(",")}}`;
}

/** PHP read the literal of `JSON.stringify`: without a point or an exponent an integer, else a float. */
function phpNumber(value: number): string {
  const literal = JSON.stringify(value);
  if (/^-?\d+$/.test(literal)) return literal;
  const [mantissa = "", exponent = ""] = value.toExponential().split("e");
  if (Number(exponent) >= -4 && Number(exponent) <= 16) return literal;
  return `${mantissa.includes(".") ? mantissa : `${mantissa}.0`}e${exponent}`;
}

function pythonNumber(value: number): string {
  const literal = JSON.stringify(value);
  if (/^-?\d+$/.test(literal)) return literal;
  const [mantissa = "", exponent = ""] = value.toExponential().split("e");
  if (Number(exponent) >= -4 && Number(exponent) < 16) return literal;
  return `${mantissa}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, "0")}`;
}

function inAscii(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
