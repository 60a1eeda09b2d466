import type { Language } from "@/lib/i18n/locale";

const spanish =
  "al|como|completa|con|cierra|cierre|debe|del?|desde|el|elige|en|es|esta?|este|escribe|hay|hasta|la|las|los|mide|ni|para|por|pesa|que|quedan?|revisa|se|sin|son|tu|una?|usa|y|ya";
const english =
  "and|are|as|at|be|before|by|check|choose|enter|fill|for|from|has|in|is|it|least|left|must|of|off|one|or|pick|such|than|that|the|there|this|to|type|use|was|with|write|you|your";

/** Small words that only one of the two languages has, and its letters. Enough for what a form says. */
const marks: Readonly<Record<Language, RegExp>> = {
  es: new RegExp(`[áéíóúñ¿¡]|(?<!\\p{L})(${spanish})(?!\\p{L})`, "iu"),
  en: new RegExp(`(?<!\\p{L})(${english})(?!\\p{L})`, "iu"),
};

const KEY = /^[a-z][\w-]*(\.[\w-]+)+\.?$/i;
const HOLE = /[{}<>]|undefined|\bnull\b|\bNaN\b|unknown/;
const WHOLE = /^[A-ZÁÉÍÓÚÑ¿¡«“\d].*[.!?]$/u;

/** What keeps a text from being a sentence that a person who reads this language understands. */
export function sentenceFaults(text: string, language: Language): string[] {
  const other = language === "es" ? "en" : "es";
  const faults: string[] = [];
  if (KEY.test(text)) faults.push(`"${text}" is a key`);
  if (HOLE.test(text)) faults.push(`"${text}" has a hole`);
  if (!WHOLE.test(text)) faults.push(`"${text}" does not begin or end like a sentence`);
  if (!marks[language].test(text)) faults.push(`"${text}" does not read like ${language}`);
  if (marks[other].test(text)) faults.push(`"${text}" has words of ${other}`);
  return faults;
}
