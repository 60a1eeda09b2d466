import { type AbstractIntlMessages, createTranslator } from "use-intl/core";
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
  const all: AbstractIntlMessages = messages[language];
  return createTranslator<AbstractIntlMessages>({
    locale: localeTags[language],
    messages: all,
    formats,
    timeZone: "America/Santiago",
  });
}
