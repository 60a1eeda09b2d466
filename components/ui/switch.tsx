"use client";

import type { ChoiceProps } from "./checkbox";
import { cn } from "./cn";
import { useFieldControl } from "./form-context";

/** An on/off that takes effect as a setting; sends its `name` like a checkbox. */
export function Switch({ label, hint, className, id, name, required, ...rest }: ChoiceProps) {
  const field = useFieldControl({ id, name, required });
  return (
    <label className={cn("flex min-h-(--control) items-start justify-between gap-4 py-2", className)}>
      <span>
        {label}
        {hint && <span className="block text-sm text-ink-soft">{hint}</span>}
      </span>
      <input
        type="checkbox"
        role="switch"
        {...field}
        {...rest}
        className="relative h-6 w-10.5 shrink-0 appearance-none rounded-full bg-line-strong transition-colors duration-150 before:absolute before:top-0.5 before:left-0.5 before:size-5 before:rounded-full before:bg-surface before:shadow-sm before:transition-transform before:duration-150 checked:bg-brand checked:before:translate-x-4.5 disabled:opacity-50"
      />
    </label>
  );
}
