/** What Windows-1252 has beyond Latin-1: the letters of the PDF's built-in typefaces. */
const BEYOND_LATIN_1 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
const PLAIN: Readonly<Record<string, string>> = {
  Ł: "L",
  ł: "l",
  Đ: "D",
  đ: "d",
  ı: "i",
  "\u2212": "-",
  "\u202F": "\u00A0",
  "\u2009": " ",
};

/**
 * Writes a text with the letters that the PDF's built-in typefaces have: what they lack loses its accent
 * ("Dvořák" → "Dvorák"), and what has no such letter at all becomes a question mark.
 */
export function toWinAnsi(text: string): string {
  return [...text.normalize("NFC")].map(nearest).join("");
}

function nearest(character: string): string {
  if (known(character)) return character;
  const plain = PLAIN[character] ?? character.normalize("NFD").replaceAll(/\p{M}/gu, "");
  return plain !== "" && [...plain].every(known) ? plain : "?";
}

function known(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (
    character === "\n" ||
    (code >= 0x20 && code < 0x7f) ||
    (code >= 0xa0 && code <= 0xff) ||
    BEYOND_LATIN_1.includes(character)
  );
}
