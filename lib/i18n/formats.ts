import type { Formats } from "next-intl";

/** Named formats for `format.dateTime(value, "day")`: dd-mm-yyyy, 24 hours. */
export const formats = {
  dateTime: {
    day: { day: "2-digit", month: "2-digit", year: "numeric" },
    longDay: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
    month: { month: "long", year: "numeric" },
    time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    instant: {
      day: "2-digit",
      month: "2-digit",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    },
  },
  number: {
    percent: { style: "percent", maximumFractionDigits: 1 },
  },
} as const satisfies Formats;
