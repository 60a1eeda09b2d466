/** A key that nobody else has. `randomUUID` is missing on plain http, where a shop's tablet may well be. Browser only. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
