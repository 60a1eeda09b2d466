"use client";

import { Input } from "./input";
import { useQueryChange } from "./use-query-change";

interface PeriodFilterProps {
  labels: { readonly from: string; readonly to: string };
  /** First and last day as they count now, `yyyy-mm-dd`; empty for none. */
  from: string;
  to: string;
  /** What stands in the address for an emptied first day, where a list that names none shows the usual days alone. */
  allDays?: string;
}

/** First and last day of a list, kept in the address. */
export function PeriodFilter({ labels, from, to, allDays = "" }: PeriodFilterProps) {
  const first = useQueryChange("from");
  const last = useQueryChange("to");

  return (
    <div
      className="flex flex-wrap items-center gap-2 max-sm:w-full"
      aria-busy={first.pending || last.pending || undefined}
    >
      <DayInput
        key={`from ${from}`}
        label={labels.from}
        value={from}
        onChange={(value) => first.change(value || allDays)}
      />
      <span aria-hidden className="text-ink-faint">
        –
      </span>
      <DayInput key={`to ${to}`} label={labels.to} value={to} onChange={last.change} />
    </div>
  );
}

function DayInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Input
      type="date"
      aria-label={label}
      defaultValue={value}
      min="2020-01-01"
      max="2099-12-31"
      // While a year is being typed the date is whole again and again; it counts when the field is left.
      onBlur={(event) => event.currentTarget.value !== value && onChange(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Enter" && onChange(event.currentTarget.value)}
      className="w-40 max-sm:flex-1"
    />
  );
}
