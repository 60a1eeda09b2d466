import { addDays, businessDate, dayBounds } from "@/lib/time";
import type { Random } from "./random";

/** Opening hours by ISO weekday, as `branches.hours` keeps them. */
export type Hours = Record<string, { opens: string; closes: string }>;

const weekdays = (opens: string, closes: string, days: readonly number[]): Hours =>
  Object.fromEntries(days.map((day) => [String(day), { opens, closes }]));

/** A shop on a street, one in a mall, one on an island. */
export const streetHours: Hours = {
  ...weekdays("10:00", "19:30", [1, 2, 3, 4, 5]),
  ...weekdays("10:30", "15:00", [6]),
  ...weekdays("11:00", "14:30", [7]),
};
export const mallHours: Hours = weekdays("10:30", "20:30", [1, 2, 3, 4, 5, 6, 7]);
export const islandHours: Hours = {
  ...weekdays("09:30", "18:00", [1, 2, 3, 4, 5]),
  ...weekdays("10:00", "13:30", [6]),
};

/** A moment at which somebody buys, with the branch's calendar day. */
export interface Moment {
  readonly at: Date;
  readonly date: string;
}

export interface Opening {
  readonly zone: string;
  readonly hours: Hours;
}

const DAY_MS = 86_400_000;
/** Shops are closed by law: 1 January, 1 May, 18 and 19 September, 25 December (Ley 19.973). */
const closedByLaw = new Set(["01-01", "05-01", "09-18", "09-19", "12-25"]);
/** January to December: glasses before school in March, presents in December, few in February. */
const season = [0.95, 0.82, 1.28, 1.05, 1, 0.97, 1.02, 0.98, 0.9, 1.05, 1.1, 1.45];
/** Monday to Sunday. */
const week = [0.95, 0.9, 0.95, 1, 1.25, 1.45, 0.8];
/** From opening to closing, in tenths of the day: slow mornings, lunch, the way home. */
const course = [0.5, 0.8, 1.1, 1.35, 1.2, 0.85, 0.9, 1.2, 1.4, 0.9];

/**
 * Draws the moments at which a branch sells, in order of time, by week, season, hour and slow growth.
 *
 * @param count about how many; a few more where today would be empty
 * @param leastToday sales that today must show, even on a day on which the branch would be closed
 */
export function sellingMoments(
  random: Random,
  branch: Opening,
  count: number,
  from: Date,
  now: Date,
  leastToday: number,
): Moment[] {
  const today = businessDate(now, branch.zone);
  const days = daysBetween(businessDate(from, branch.zone), today).map((date, index, all) => ({
    date,
    window: windowOf(branch, date),
    weight: weightOf(branch, date) * (0.85 + (0.3 * index) / all.length),
  }));
  const sum = days.reduce((all, { weight }) => all + weight, 0);
  // A few too many, so that the number asked for is left after some are taken away again.
  const perWeight = (count * 1.04) / sum;
  let owed = 0;
  const moments = days
    .flatMap(({ date, window, weight }) => {
      const noise = 0.6 + random.next() * 0.8;
      const wanted = weight * perWeight * noise + owed;
      const sales = Math.floor(wanted);
      owed = wanted - sales;
      if (date !== today)
        return Array.from({ length: sales }, () => ({ at: momentIn(random, window), date }));
      return momentsOfToday(random, window, Math.max(sales, leastToday), date, branch.zone, now);
    })
    .filter((moment) => moment.at > from)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  return thinned(random, moments, count, today);
}

/** Takes moments of the past away until a number is left. */
function thinned(random: Random, moments: Moment[], count: number, today: string): Moment[] {
  const left = [...moments];
  const past = left.findIndex(({ date }) => date === today);
  let removable = past < 0 ? left.length : past;
  while (left.length > count && removable > 0) {
    left.splice(random.integer(0, removable - 1), 1);
    removable -= 1;
  }
  return left;
}

/** When a branch opens and closes on a day; the middle of the day where it does not open. */
export function windowOf({ zone, hours }: Opening, date: string): { opensAt: Date; closesAt: Date } {
  const { opens, closes } = hours[weekdayOf(date)] ?? { opens: "11:00", closes: "17:00" };
  const { startsAt } = dayBounds(date, zone);
  return {
    opensAt: new Date(startsAt.getTime() + minutesOf(opens) * 60_000),
    closesAt: new Date(startsAt.getTime() + minutesOf(closes) * 60_000),
  };
}

/** A moment of the same day in Chile at which people work; the moment itself where that would be later than `latest`. */
export function inDaytime(random: Random, moment: Date, latest: Date): Date {
  const { startsAt } = dayBounds(businessDate(moment, "America/Santiago"), "America/Santiago");
  const minutes = random.integer(10 * 60, 19 * 60);
  const busy = new Date(startsAt.getTime() + minutes * 60_000 + random.integer(0, 59_999));
  return busy > latest ? moment : busy;
}

/** Every day from one to another, both included. */
function daysBetween(from: string, to: string): string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => addDays(from, index));
}

/** A demo begun before the shop opens should not look asleep: the day then began some hours ago. */
function momentsOfToday(
  random: Random,
  window: { opensAt: Date; closesAt: Date },
  sales: number,
  date: string,
  zone: string,
  now: Date,
): Moment[] {
  const { startsAt } = dayBounds(date, zone);
  const opened = Math.max(
    startsAt.getTime(),
    Math.min(window.opensAt.getTime(), now.getTime() - 4 * 3_600_000),
  );
  const until = Math.min(window.closesAt.getTime(), now.getTime() - 60_000);
  const begun = { opensAt: new Date(opened), closesAt: new Date(Math.max(opened + 1, until)) };
  const elapsed =
    (begun.closesAt.getTime() - opened) / (window.closesAt.getTime() - window.opensAt.getTime());
  const happened = Math.max(Math.round(sales * Math.min(1, elapsed)), Math.min(sales, 5));
  return Array.from({ length: happened }, () => ({ at: momentIn(random, begun), date }));
}

function weightOf({ hours }: Opening, date: string): number {
  if (closedByLaw.has(date.slice(5)) || !hours[weekdayOf(date)]) return 0;
  return (week[Number(weekdayOf(date)) - 1] ?? 1) * (season[Number(date.slice(5, 7)) - 1] ?? 1);
}

function momentIn(random: Random, { opensAt, closesAt }: { opensAt: Date; closesAt: Date }): Date {
  const tenth = random.weighted([...course.keys()], (index) => course[index] ?? 1);
  const share = (tenth + random.next()) / course.length;
  return new Date(opensAt.getTime() + Math.floor((closesAt.getTime() - opensAt.getTime()) * share));
}

function weekdayOf(date: string): string {
  return String(new Date(`${date}T12:00:00Z`).getUTCDay() || 7);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
