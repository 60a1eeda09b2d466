import type { ReactNode } from "react";
import { cn } from "./cn";

export interface Description {
  label: ReactNode;
  /** Nothing known is written as a dash. */
  value: ReactNode;
  /** Over the whole width. */
  wide?: boolean;
}

/** Facts about one thing: what it is called, what it is. */
export function DescriptionList({
  items,
  columns = 2,
  className,
}: {
  items: readonly Description[];
  columns?: 1 | 2 | 3;
  className?: string;
}) {
  return (
    <dl
      className={cn(
        "grid gap-x-6 gap-y-4",
        columns > 1 && "sm:grid-cols-2",
        columns === 3 && "lg:grid-cols-3",
        className,
      )}
    >
      {items.map(({ label, value, wide }, index) => (
        <div
          key={typeof label === "string" ? label : index}
          className={cn("min-w-0", wide && "sm:col-span-full")}
        >
          <dt className="text-sm text-ink-soft">{label}</dt>
          <dd className="mt-0.5 break-words">
            {value === null || value === undefined || value === "" ? "—" : value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Lines of an amount: text at the left, figure at the right. The last may be the total. */
export function AmountLine({
  label,
  value,
  strong = false,
}: {
  label: ReactNode;
  value: ReactNode;
  strong?: boolean;
}) {
  return (
    <div
      className={cn(
        "flex items-baseline justify-between gap-4 py-1",
        strong ? "text-lg font-semibold" : "text-ink-soft",
      )}
    >
      <span>{label}</span>
      <span className={cn("tabular", !strong && "text-ink")}>{value}</span>
    </div>
  );
}
