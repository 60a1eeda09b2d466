/**
 * Where the caret belongs after a text was masked anew: behind as many significant characters as before.
 *
 * @param masked the new text, with separators
 * @param significant how many significant characters stood before the caret
 * @param isSignificant tells a character from a separator
 */
export function caretAfter(
  masked: string,
  significant: number,
  isSignificant: (character: string) => boolean,
): number {
  let left = significant;
  if (left === 0) return 0;
  for (const [index, character] of [...masked].entries()) {
    if (isSignificant(character)) left -= 1;
    if (left === 0) return index + 1;
  }
  return masked.length;
}

/** Writes a masked text into an input and keeps the caret where the person typed. */
export function applyMask(
  input: HTMLInputElement,
  mask: (text: string) => string,
  isSignificant: (character: string) => boolean,
): void {
  const before = [...input.value.slice(0, input.selectionStart ?? input.value.length)].filter(
    isSignificant,
  ).length;
  const masked = mask(input.value);
  if (masked === input.value) return;
  input.value = masked;
  const caret = caretAfter(masked, before, isSignificant);
  if (input.ownerDocument.activeElement === input) input.setSelectionRange(caret, caret);
}
