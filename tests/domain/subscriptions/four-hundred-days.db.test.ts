import { describe, expect, test } from "vitest";
import { aShop } from "@/tests/payments/support/shops";
import { allAsked, buy, clockAt, invoicesOf, stateOf } from "./support";

/** The instant at which a zone's clock shows an hour of a calendar day; an hour that is skipped counts on. */
function localInstant(zone: string, year: number, month: number, day: number, hour: number): Date {
  const wanted = Date.UTC(year, month, day, hour);
  let guess = wanted;
  for (let turn = 0; turn < 3; turn += 1) guess += wanted - shown(zone, new Date(guess));
  return new Date(guess);
}

function shown(zone: string, at: Date): number {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  return Date.UTC(
    parts["year"] ?? 0,
    (parts["month"] ?? 1) - 1,
    parts["day"],
    parts["hour"],
    parts["minute"],
    parts["second"],
  );
}

const DAY_MS = 86_400_000;
/** Days after a period's end on which the owner pays, in turn; before it while negative. */
const habits = [0, 3, -5, 6, 1, -1, 0, 5];

describe("four hundred days of a shop that pays, now early, now late", () => {
  test.each([
    // Both clock changes lie within, and each month's end: 31st, 30th and 28th of February.
    ["America/Santiago", 2026, 0, 31, 0],
    ["America/Santiago", 2026, 7, 31, 23],
    ["Pacific/Easter", 2026, 0, 31, 23],
    ["Pacific/Easter", 2026, 2, 31, 0],
    ["Pacific/Easter", 2027, 11, 30, 22],
  ] as const)(
    "%s from %i-%i-%i at %i o'clock: one invoice each period, no gap, no day lost, never stopped",
    { timeout: 120_000 },
    async (zone, year, month, day, hour) => {
      const shop = await aShop();
      const begin = localInstant(zone, year, month, day, hour);
      await clockAt(shop, begin);
      await buy(shop);
      let paid = 0;
      for (let count = 1; count <= 400; count += 1) {
        const nine = localInstant(zone, year, month, day + count, 9);
        await allAsked(shop);
        await clockAt(shop, nine);
        const { status, current_period_end: until } = await stateOf(shop);
        expect(["active", "past_due"], `${status} on day ${count}`).toContain(status);
        const payOn = (until?.getTime() ?? 0) + (habits[paid % habits.length] ?? 0) * DAY_MS;
        if (nine.getTime() < payOn) continue;
        await buy(shop);
        paid += 1;
      }
      await allAsked(shop);
      const invoices = await invoicesOf(shop);
      const settled = invoices.filter(({ status }) => status === "paid");
      expect(invoices.map(({ number }) => number)).toEqual(invoices.map((_, index) => index + 1));
      expect(invoices.filter(({ status }) => status === "void")).toEqual([]);
      expect(settled).toHaveLength(paid + 1);
      expect(settled[0]?.period_start).toEqual(begin);
      settled.slice(1).forEach(({ period_start }, index) => {
        expect(period_start).toEqual(settled[index]?.period_end);
      });
      // Periods are months of the anchor in UTC, whatever the shop's clocks did.
      const hours = new Set(settled.map(({ period_start }) => period_start.toISOString().slice(10)));
      expect([...hours]).toEqual([begin.toISOString().slice(10)]);
      expect(settled.length).toBeGreaterThanOrEqual(13);
      expect(settled.length).toBeLessThanOrEqual(15);
    },
  );
});

test("a shop that never pays is stopped on its day and not before, at either clock change", async () => {
  for (const [zone, month, day] of [
    ["America/Santiago", 2, 31], // winter time begins in the night of 4 April 2026
    ["America/Santiago", 7, 31], // summer time in that of 5 September
    ["Pacific/Easter", 8, 1],
  ] as const) {
    const shop = await aShop();
    const begin = localInstant(zone, 2026, month, day, 0);
    await clockAt(shop, begin);
    await buy(shop);
    const until = (await stateOf(shop)).current_period_end ?? begin;
    const statusAt = async (days: number, ms = 0) => {
      await allAsked(shop);
      await clockAt(shop, new Date(until.getTime() + days * DAY_MS + ms));
      return (await stateOf(shop)).status;
    };
    expect(await statusAt(0, -1)).toBe("active");
    expect(await statusAt(0)).toBe("past_due");
    expect(await statusAt(7, -1)).toBe("past_due");
    expect(await statusAt(7)).toBe("grace");
    expect(await statusAt(14, -1)).toBe("grace");
    expect(await statusAt(14)).toBe("suspended");
    expect(await statusAt(59, -1)).toBe("suspended");
    expect(await statusAt(59)).toBe("cancelled");
  }
});
