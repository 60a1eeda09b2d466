import { getLocale } from "next-intl/server";
import { type Language, languageOf } from "./locale";
import { type PlainTranslator, translatorFor } from "./translator";

export { getFormatter, getLocale, getTranslations } from "next-intl/server";
export { setLocale } from "./actions";
export { ClientMessages } from "./client-messages";
export { languageNames } from "./language-names";
export type { Language } from "./locale";
export type { Messages, Namespace } from "./messages";
export type { PlainTranslator } from "./translator";

/** The language of this request. */
export async function getLanguage(): Promise<Language> {
  return languageOf(await getLocale());
}

/** A translator over all namespaces with free keys, for errors and other codes (`errors.sale.empty`). */
export async function getPlainTranslator(): Promise<PlainTranslator> {
  return translatorFor(await getLanguage());
}
