/** Languages of the interface; the value of the cookie `locale`. */
export const languages = ["es", "en"] as const;
export type Language = (typeof languages)[number];

const defaultLanguage: Language = "es";

/** The cookie that remembers the language of this browser. */
export const LANGUAGE_COOKIE = "locale";

/**
 * BCP 47 tag of a language, for `Intl` and `<html lang>`. English keeps day before month and 24 hours,
 * because a Chilean shop writes its dates so in any language.
 */
export const localeTags = { es: "es-CL", en: "en-GB" } as const satisfies Record<Language, string>;
export type LocaleTag = (typeof localeTags)[Language];

/** Whether a text (a cookie, a column) is a language of the interface. */
export function isLanguage(text: string | undefined): text is Language {
  return languages.some((language) => language === text);
}

/** The language that a browser's cookies wish, else Spanish. */
export function languageIn(cookies: { get(name: string): { value: string } | undefined }): Language {
  const wished = cookies.get(LANGUAGE_COOKIE)?.value;
  return isLanguage(wished) ? wished : defaultLanguage;
}

/** The language of a locale tag: `es-CL` → `es`. */
export function languageOf(tag: string): Language {
  const prefix = tag.slice(0, 2);
  return isLanguage(prefix) ? prefix : defaultLanguage;
}
