import type { Formats } from "next-intl";

/** Named formats: `format.dateTime(value, "time")`, `format.number(0.125, "percent")`; instants and days of a branch are written by `lib/time`. */
export const formats = {
  dateTime: {
    time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  },
  number: {
    percent: { style: "percent", maximumFractionDigits: 1 },
  },
} as const satisfies Formats;
