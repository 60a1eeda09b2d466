const MULTIPLE = /^\s*(\d{1,4})\s*[*x×]\s*(.*)$/i;

/** "3* lente" asks for three of whatever is chosen. */
export function readMultiple(typed: string): { quantity: number; text: string } {
  const [, factor = "1", rest = typed] = MULTIPLE.exec(typed) ?? [];
  return { quantity: Math.max(1, Number(factor)), text: rest.trim() };
}

/** How many somebody asked for before they scanned: "3*" stood in the field that the code came into. */
export function quantityBefore(typed: string, code: string): number {
  const { quantity, text } = readMultiple(typed);
  return text === code ? quantity : 1;
}
