import { useTranslations } from "next-intl";
import type { Branch } from "@/lib/organizations";
import { type Weekday, weekdays } from "@/lib/organizations/schema";

interface Stretch {
  readonly first: Weekday;
  last: Weekday;
  readonly hours: string;
}

/** Opening hours in one line: "lun–vie 10:00–19:00, sáb 10:00–14:00". */
export function HoursText({ hours }: { hours: Branch["hours"] }) {
  const t = useTranslations("settings");
  const stretches = stretchesOf(hours);
  if (stretches.length === 0) return t("branches.noHours");
  return stretches
    .map(({ first, last, hours: text }) => {
      const [from, to] = [t(`weekdaysShort.${first}`), t(`weekdaysShort.${last}`)];
      return `${first === last ? from : `${from}–${to}`} ${text}`;
    })
    .join(", ");
}

/** Neighbouring days of the same hours belong together. */
function stretchesOf(hours: Branch["hours"]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const day of weekdays) {
    const open = hours[day];
    if (!open) continue;
    const text = `${open.opens}–${open.closes}`;
    const before = stretches.at(-1);
    if (before?.hours === text && Number(before.last) === Number(day) - 1) before.last = day;
    else stretches.push({ first: day, last: day, hours: text });
  }
  return stretches;
}
