/** Letters and digits that nobody takes for one another on paper or over the telephone. */
const READABLE = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const LENGTH = 8;

/** A random coupon code that can be read aloud: `K7PM-4XWD`. */
export function suggestCode(): string {
  // 256 is no multiple of 31: the last few values would favour the first letters.
  const fair = 256 - (256 % READABLE.length);
  const letters: string[] = [];
  while (letters.length < LENGTH) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < fair) letters.push(READABLE.charAt(byte % READABLE.length));
  }
  return `${letters.slice(0, 4).join("")}-${letters.slice(4).join("")}`;
}
