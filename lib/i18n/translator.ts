import { createTranslator } from "use-intl/core";
import { formats } from "./formats";
import { type Language, localeTags } from "./locale";
import { messages } from "./messages";

/** A translator whose keys are only known at run time: error codes, field reasons, mail templates. */
export interface PlainTranslator {
  (key: string, values?: Record<string, string | number>): string;
  has(key: string): boolean;
}

/**
 * Translates outside a request too (worker, mails, documents).
 *
 * @param language the reader's language
 */
export function translatorFor(language: Language): PlainTranslator {
  const all: Record<string, unknown> = messages[language];
  return createTranslator<Record<string, string>>({
    locale: localeTags[language],
    // Nested in truth; typed flat, because the library derives its keys from the type and ours are free.
    messages: all as Record<string, string>,
    formats,
    timeZone: "America/Santiago",
  });
}
