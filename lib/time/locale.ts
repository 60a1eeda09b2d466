/**
 * The locale with which dates, numbers and money are written for an interface language.
 * English keeps day-month-year and the 24-hour clock of the country where the shops are.
 */
export function intlLocale(language: string): string {
  return language.startsWith("en") ? "en-GB" : "es-CL";
}
