import type { PlainTranslator } from "./translator";

/** The word of a key that is only known at run time, or a name of its own where there is no word for it. */
export function wordOr(words: PlainTranslator, key: string, otherwise: string): string {
  return words.has(key) ? words(key) : otherwise;
}
