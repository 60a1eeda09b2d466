"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { cn } from "./cn";
import { Select } from "./select";
import { useQueryChange } from "./use-query-change";

export interface FilterSelectProps {
  /** Name in the address. */
  name: string;
  /** What is chosen here: the accessible name. */
  label: string;
  /** The choice that filters nothing; by default the name, where no other says what is filtered. */
  anyLabel?: string;
  options: readonly { value: string; label: string }[];
  className?: string;
}

/** Filters the list of this page by one choice, kept in the address. */
export function FilterSelect({ name, label, anyLabel = label, options, className }: FilterSelectProps) {
  const { current, change, pending } = useQueryChange(name);
  const select = useRef<HTMLSelectElement>(null);
  const awake = useRef(false);
  /** What the address asks for, unless it is nothing that can be chosen here. */
  const shown = options.some(({ value }) => value === current) ? current : "";

  // "Clear filters" and the way back change the address without a choice being made here. It stays the same select all
  // the while: another one in its place would take the focus from whoever walks through the choices with the arrows.
  const agree = useEffectEvent((element: HTMLSelectElement) => {
    const early = !awake.current && element.value !== shown;
    awake.current = true;
    // Chosen while the page was still waking up, when nobody listened yet.
    if (early) change(element.value);
    else element.value = shown;
  });
  useEffect(() => {
    if (select.current && !pending) agree(select.current);
  }, [shown, pending]);

  return (
    <Select
      ref={select}
      aria-label={label}
      autoComplete="off"
      placeholder={anyLabel}
      options={options}
      defaultValue={shown}
      aria-busy={pending || undefined}
      onChange={(event) => change(event.currentTarget.value)}
      className={cn("w-auto min-w-36 max-sm:flex-1", className)}
    />
  );
}
