import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, businessDate, chileanZones, dayBounds } from "@/lib/time";

const HOUR_MS = 3_600_000;
const santiago = "America/Santiago";
const bounds = (date: string, zone = santiago) => {
  const { startsAt, endsAt } = dayBounds(date, zone);
  return [startsAt.toISOString(), endsAt.toISOString()];
};
const hoursOf = (date: string, zone = santiago) => {
  const { startsAt, endsAt } = dayBounds(date, zone);
  return (endsAt.getTime() - startsAt.getTime()) / HOUR_MS;
};

describe("the day of a sale", () => {
  test("a sale at half past eleven at night belongs to that day in Santiago", () => {
    expect(businessDate(new Date("2026-11-22T02:30:00Z"), santiago)).toBe("2026-11-21");
  });

  test("the same instant is another day on Easter Island", () => {
    const instant = new Date("2026-06-10T05:00:00Z");
    expect(businessDate(instant, santiago)).toBe("2026-06-10");
    expect(businessDate(instant, "Pacific/Easter")).toBe("2026-06-09");
  });

  test("an unknown zone is refused", () => {
    expect(() => businessDate(new Date(), "America/Atlantis")).toThrow(RangeError);
  });
});

describe("when a day begins and ends", () => {
  test("in winter Santiago is four hours behind UTC, in summer three", () => {
    expect(bounds("2026-07-15")).toEqual(["2026-07-15T04:00:00.000Z", "2026-07-16T04:00:00.000Z"]);
    expect(bounds("2026-01-15")).toEqual(["2026-01-15T03:00:00.000Z", "2026-01-16T03:00:00.000Z"]);
  });

  test("6 September 2026 has no midnight in Santiago: it begins at one and lasts 23 hours", () => {
    expect(bounds("2026-09-06")).toEqual(["2026-09-06T04:00:00.000Z", "2026-09-07T03:00:00.000Z"]);
    expect(hoursOf("2026-09-06")).toBe(23);
  });

  test("4 April 2026 has its last hour twice and lasts 25 hours", () => {
    expect(bounds("2026-04-04")).toEqual(["2026-04-04T03:00:00.000Z", "2026-04-05T04:00:00.000Z"]);
    expect(hoursOf("2026-04-04")).toBe(25);
  });

  test("Easter Island changes at its own hour", () => {
    expect(hoursOf("2026-09-05", "Pacific/Easter")).toBe(23);
    expect(hoursOf("2026-04-04", "Pacific/Easter")).toBe(25);
  });

  test("Magallanes and Aysén never change their clocks", () => {
    for (const zone of ["America/Punta_Arenas", "America/Coyhaique"]) {
      for (const date of ["2026-04-04", "2026-09-05", "2026-09-06"]) expect(hoursOf(date, zone)).toBe(24);
    }
  });

  test("days follow each other without gap or overlap, and every instant lies in its own", () => {
    const day = fc.integer({ min: 0, max: 1500 }).map((days) => addDays("2025-06-01", days));
    fc.assert(
      fc.property(
        day,
        fc.constantFrom(...chileanZones),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (date, zone, part) => {
          const { startsAt, endsAt } = dayBounds(date, zone);
          expect(dayBounds(addDays(date, 1), zone).startsAt).toEqual(endsAt);
          const within = new Date(
            startsAt.getTime() + Math.floor(part * (endsAt.getTime() - startsAt.getTime())),
          );
          expect(businessDate(within, zone)).toBe(date);
          expect(businessDate(new Date(startsAt.getTime() - 1), zone)).toBe(addDays(date, -1));
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each(["2026-02-30", "2026-13-01", "22-11-2026", "", "2026-1-1"])("%j is no day", (date) => {
    expect(() => dayBounds(date, santiago)).toThrow(RangeError);
  });
});

describe("moving a day", () => {
  test("February has its 29th in a leap year", () => {
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
  });

  test("the change of clocks moves no day", () => {
    expect(addDays("2026-09-05", 1)).toBe("2026-09-06");
    expect(addDays("2026-09-06", 1)).toBe("2026-09-07");
  });
});
