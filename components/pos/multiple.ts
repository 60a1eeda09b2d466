const MULTIPLE = /^\s*(\d{1,4})\s*[*x×]\s*(.*)$/i;

/** "3* lente" asks for three of whatever is chosen. */
export function readMultiple(typed: string): { quantity: number; text: string } {
  const [, factor = "1", rest = typed] = MULTIPLE.exec(typed) ?? [];
  return { quantity: Math.max(1, Number(factor)), text: rest.trim() };
}

/**
 * A scan and how often it counts: "3*" stood in the field that the code came into, or was typed so shortly before
 * that all of it or its sign alone was taken for the code's beginning.
 *
 * @param typed what the field held when the code ended; empty for a scan outside of it
 */
export function readScan(code: string, typed: string): { quantity: number; code: string } {
  const own = readMultiple(code);
  const before = readMultiple(typed);
  // Figures before figures are the beginning of the same code, which came after a pause.
  const laterPart = /^\d+$/.test(before.text) && before.text.endsWith(own.text);
  const whole = laterPart || (before.text !== "" && code.endsWith(before.text));
  return whole
    ? { quantity: before.quantity, code: before.text }
    : { quantity: own.quantity, code: own.text };
}

/** Whether a text looks like a code and not like the name of something. */
export function looksLikeCode(text: string): boolean {
  return /^[\w./-]{6,60}$/.test(text) && /\d{3}/.test(text);
}
