import { useFormatter } from "next-intl";

export interface MomentProps {
  value: Date | string | number;
  /** IANA zone of the branch whose clock counts. */
  timeZone: string;
  /** `instant` = 22-11-2026 14:05; `relative` needs a fresh page to stay true. */
  as?: "instant" | "day" | "longDay" | "time" | "relative";
  className?: string;
}

/** An instant on the clock of a branch. */
export function Moment({ value, timeZone, as = "instant", className }: MomentProps) {
  const format = useFormatter();
  const instant = new Date(value);
  const full = format.dateTime(instant, "instant", { timeZone }).replace(", ", " ");
  const text = as === "relative" ? format.relativeTime(instant) : as === "instant" ? full : format.dateTime(instant, as, { timeZone });
  return (
    <time dateTime={instant.toISOString()} data-tip={as === "instant" ? undefined : full} className={className}>
      {text}
    </time>
  );
}

/** A calendar day (`2026-11-22`), which has no zone. */
export function Day({ value, as = "day", className }: { value: string; as?: "day" | "longDay" | "month"; className?: string }) {
  const format = useFormatter();
  return (
    <time dateTime={value} className={className}>
      {format.dateTime(new Date(`${value}T12:00:00Z`), as, { timeZone: "UTC" })}
    </time>
  );
}
