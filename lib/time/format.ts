import { languageOf, localeTags } from "@/lib/i18n/locale";

const instantStyles = {
  /** 22-11-2026, 14:05 */
  short: {
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  },
  /** domingo, 22 de noviembre de 2026, 14:05 */
  long: {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  },
  /** 14:05 */
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  /** domingo */
  weekday: { weekday: "long" },
  /** domingo, 22 de noviembre */
  today: { weekday: "long", day: "numeric", month: "long" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const dayStyles = {
  /** 22-11-2026 */
  short: { day: "2-digit", month: "2-digit", year: "numeric" },
  /** domingo, 22 de noviembre de 2026 */
  long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  /** 22 nov */
  compact: { day: "numeric", month: "short" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Writes an instant on the branch's clock. */
export function formatInstant(
  instant: Date,
  zone: string,
  locale: string,
  style: keyof typeof instantStyles = "short",
): string {
  return formatterOf(locale, zone, `instant ${style}`, instantStyles[style]).format(instant);
}

/** Writes an instant on the branch's clock as every spreadsheet takes for a date: `2026-11-22 14:05`. */
export function localInstant(instant: Date, timeZone: string): string {
  return kept(`sheet ${timeZone}`, "sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(
    instant,
  );
}

/**
 * Writes a calendar day. A day has no zone, so the reader's cannot move it.
 *
 * @param date `yyyy-mm-dd`
 */
export function formatDay(date: string, locale: string, style: keyof typeof dayStyles = "short"): string {
  return formatterOf(locale, "UTC", `day ${style}`, dayStyles[style]).format(new Date(`${date}T00:00:00Z`));
}

function formatterOf(locale: string, timeZone: string, style: string, options: Intl.DateTimeFormatOptions) {
  return kept(`${locale} ${timeZone} ${style}`, localeTags[languageOf(locale)], { ...options, timeZone });
}

/** A formatter is made once: making one costs as much as writing a hundred dates with it. */
function kept(key: string, tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(tag, options);
  formatters.set(key, made);
  return made;
}
