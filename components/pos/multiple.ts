// No letter: "x" stands in the codes and names of half the shop (54x18, 2x1).
const MULTIPLE = /^\s*(\d{1,4})\s*[*×]\s*(.*)$/;

/** "3* lente" asks for three of whatever is chosen. */
export function readMultiple(typed: string): { quantity: number; text: string } {
  const [, factor = "1", rest = typed] = MULTIPLE.exec(typed) ?? [];
  return { quantity: Math.max(1, Number(factor)), text: rest.trim() };
}

/** What a scan may mean. */
export interface Reading {
  readonly code: string;
  readonly quantity: number;
}

/**
 * A scan and how often it counts: "3*" stood in the field that the code came into, or was typed so shortly before
 * that all of it or its sign alone was taken for the code's beginning.
 *
 * @param typed what the field held when the code ended; empty for a scan outside of it
 * @returns the first that leads to a product is meant: a code that looks like a quantity and a code is asked for whole
 */
export function readScan(code: string, typed: string): readonly Reading[] {
  const own = readMultiple(code);
  const before = readMultiple(typed);
  // Figures before figures are the beginning of the same code, which came after a pause.
  const laterPart = /^\d+$/.test(before.text) && before.text.endsWith(own.text);
  const whole = laterPart || (before.text !== "" && code.endsWith(before.text));
  const { quantity, text } = whole ? before : own;
  const parted = { code: text, quantity };
  return text === code || own.text === code ? [parted] : [{ code, quantity: 1 }, parted];
}

/** Whether a text looks like a code and not like the name of something. */
export function looksLikeCode(text: string): boolean {
  return /^[\w./-]{6,60}$/.test(text) && /\d{3}/.test(text);
}
