import { describe, expect, test } from "vitest";
import { formatDay, formatInstant } from "@/lib/time";

const instant = new Date("2026-11-22T17:05:00Z");
const plain = (text: string) => text.replaceAll(/\s+/g, " ");

describe("writing dates and hours", () => {
  test("an instant reads on the branch's clock, with 24 hours", () => {
    expect(plain(formatInstant(instant, "America/Santiago", "es"))).toBe("22-11-2026, 14:05");
    expect(plain(formatInstant(instant, "Pacific/Easter", "es"))).toBe("22-11-2026, 12:05");
  });

  test("midnight is 00, not 24", () => {
    expect(formatInstant(new Date("2026-11-22T03:00:00Z"), "America/Santiago", "es", "time")).toBe("00:00");
  });

  test("an English reader sees the day first too", () => {
    expect(plain(formatInstant(instant, "America/Santiago", "en"))).toBe("22/11/2026, 14:05");
  });

  test("a day stays the same day wherever the reader is", () => {
    expect(formatDay("2026-11-22", "es")).toBe("22-11-2026");
    expect(formatDay("2026-11-22", "es", "long")).toBe("domingo, 22 de noviembre de 2026");
    expect(formatDay("2026-11-22", "en", "long")).toMatch(/^Sunday,? 22 November 2026$/);
  });
});
