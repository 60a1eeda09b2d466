"use client";

import { cn } from "./cn";
import { Select } from "./select";
import { useQueryChange } from "./use-query-change";

export interface FilterSelectProps {
  /** Name in the address. */
  name: string;
  /** Accessible name; also the choice that filters nothing. */
  label: string;
  options: readonly { value: string; label: string }[];
  className?: string;
}

/** Filters the list of this page by one choice, kept in the address. */
export function FilterSelect({ name, label, options, className }: FilterSelectProps) {
  const { current, change, pending } = useQueryChange(name);
  return (
    <Select
      key={current}
      aria-label={label}
      placeholder={label}
      options={options}
      defaultValue={current}
      aria-busy={pending || undefined}
      onChange={(event) => change(event.currentTarget.value)}
      className={cn("w-auto min-w-36 max-sm:flex-1", className)}
    />
  );
}
