import { useFormatter, useLocale } from "next-intl";
import { businessDate, formatDay, formatInstant } from "@/lib/time";

export interface MomentProps {
  value: Date | string | number;
  /** IANA zone of the branch whose clock counts. */
  timeZone: string;
  /** `short` = 22-11-2026, 14:05; `relative` = 5 minutes ago, with the full instant as its tip. */
  as?: "short" | "long" | "day" | "time" | "relative";
  className?: string;
}

/** An instant on the clock of a branch. */
export function Moment({ value, timeZone, as = "short", className }: MomentProps) {
  const format = useFormatter();
  const locale = useLocale();
  const instant = new Date(value);
  const full = formatInstant(instant, timeZone, locale);
  return (
    <time dateTime={instant.toISOString()} data-tip={as === "short" ? undefined : full} className={className}>
      {text()}
    </time>
  );

  function text() {
    if (as === "relative") return format.relativeTime(instant);
    if (as === "day") return formatDay(businessDate(instant, timeZone), locale);
    return formatInstant(instant, timeZone, locale, as);
  }
}

export interface DayProps {
  /** A calendar day, `2026-11-22`; it has no zone. */
  value: string;
  as?: "short" | "long" | "compact";
  className?: string;
}

/** A calendar day: 22-11-2026. */
export function Day({ value, as = "short", className }: DayProps) {
  return (
    <time dateTime={value} className={className}>
      {formatDay(value, useLocale(), as)}
    </time>
  );
}
