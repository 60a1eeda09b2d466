import { createHmac } from "node:crypto";

/**
 * Flow's signature `s`: every parameter but `s`, sorted by name, written `name` + `value` without separators,
 * HMAC-SHA256 with the secret key, lower-case hex. Decoded values are signed; they are URL-encoded afterwards.
 *
 * @throws Error when the secret is empty: an HMAC with an empty key would let anybody in
 * @see https://developers.flow.cl/docs/tutorial-basics/status (read 2026-11-22)
 */
export function sign(parameters: Readonly<Record<string, string>>, secretKey: string): string {
  if (secretKey === "") throw new Error("Flow's secret key is empty");
  const text = Object.keys(parameters)
    .filter((name) => name !== "s")
    .sort()
    .map((name) => name + (parameters[name] ?? ""))
    .join("");
  return createHmac("sha256", secretKey).update(text, "utf8").digest("hex");
}
