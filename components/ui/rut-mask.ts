/** Eight digits and the check digit. */
const MOST_CHARACTERS = 9;

/** Whether a character of a masked RUT counts: digits, and K as the check digit. */
export function isRutCharacter(character: string): boolean {
  return /[0-9kK]/.test(character);
}

/**
 * Writes a RUT as it is typed: `123456785` → `12.345.678-5`. The last character is taken for the check
 * digit; K is one nowhere else. Whether it is right is for the server to say.
 */
export function maskRut(text: string): string {
  const kept = [...text.toUpperCase()].filter(isRutCharacter);
  const firstK = kept.indexOf("K");
  const known = (firstK === -1 ? kept : kept.slice(0, firstK + 1))
    .join("")
    .replace(/^0+/, "")
    .slice(0, MOST_CHARACTERS);
  if (known === "K") return "";
  if (known.length < 2) return known;
  const body = known.slice(0, -1).replace(/\B(?=(\d{3})+$)/g, ".");
  return `${body}-${known.slice(-1)}`;
}
