const DAY_MS = 86_400_000;
/** Zones lie between UTC−12 and UTC+14; a day's edge is found within this distance of UTC midnight. */
const WIDEST_OFFSET_MS = 15 * 3_600_000;

const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * The calendar day of an instant on the branch's clock: 2026-11-22T02:30Z is 2026-11-21 in Santiago.
 *
 * @param zone IANA name; an unknown one throws RangeError
 * @returns `yyyy-mm-dd`
 */
export function businessDate(instant: Date, zone: string): string {
  return formatterOf(zone).format(instant); // en-CA writes ISO dates
}

/**
 * The instants between which a calendar day lasts on the branch's clock, end excluded.
 *
 * Days of 23 and 25 hours are right, and so is a day whose midnight does not exist: on 2026-09-06 in
 * Santiago the clock jumps from 24:00 to 01:00, and the day starts there.
 *
 * @param date `yyyy-mm-dd`
 */
export function dayBounds(date: string, zone: string): { startsAt: Date; endsAt: Date } {
  return { startsAt: startOfDay(date, zone), endsAt: startOfDay(addDays(date, 1), zone) };
}

/**
 * Moves a calendar day.
 *
 * @param date `yyyy-mm-dd`
 * @throws RangeError when `date` is no day of the calendar
 */
export function addDays(date: string, days: number): string {
  return new Date(utcMidnight(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Halves the span around UTC midnight until the first instant of the day is left. */
function startOfDay(date: string, zone: string): Date {
  const midnight = utcMidnight(date);
  let before = midnight - WIDEST_OFFSET_MS;
  let within = midnight + WIDEST_OFFSET_MS;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (businessDate(new Date(middle), zone) < date) before = middle;
    else within = middle;
  }
  return new Date(within);
}

function utcMidnight(date: string): number {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // Date.parse takes 2026-02-30 for 2 March.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) {
    throw new RangeError(`no day of the calendar: ${date}`);
  }
  return midnight;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  formatters.set(zone, made);
  return made;
}
