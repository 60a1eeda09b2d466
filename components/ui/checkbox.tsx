"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { useFieldControl } from "./form-context";

export interface ChoiceProps extends Omit<ComponentProps<"input">, "type" | "size"> {
  label: ReactNode;
  /** A second line that explains the choice. */
  hint?: ReactNode;
}

const mark =
  "peer col-start-1 row-start-1 size-5 shrink-0 appearance-none border border-line-strong bg-surface shadow-xs transition-colors checked:border-brand checked:bg-brand hover:border-ink-faint aria-invalid:border-danger-solid disabled:opacity-50";

/** A yes or no with its text; the whole line is the target. */
export function Checkbox({ label, hint, className, id, name, required, ...rest }: ChoiceProps) {
  const field = useFieldControl({ id, name, required });
  return (
    <ChoiceLine label={label} hint={hint} className={className}>
      <input type="checkbox" {...field} {...rest} className={cn(mark, "rounded-xs")} />
      <svg
        viewBox="0 0 20 20"
        aria-hidden="true"
        className="pointer-events-none col-start-1 row-start-1 hidden size-5 text-on-brand peer-checked:block"
      >
        <path
          d="m5.5 10.5 3 3 6-7"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </ChoiceLine>
  );
}

/** One of several; give all of a group the same `name`. */
export function Radio({ label, hint, className, ...rest }: ChoiceProps) {
  return (
    <ChoiceLine label={label} hint={hint} className={className}>
      <input type="radio" {...rest} className={cn(mark, "rounded-full")} />
      <span className="pointer-events-none col-start-1 row-start-1 hidden size-2 place-self-center rounded-full bg-on-brand peer-checked:block" />
    </ChoiceLine>
  );
}

function ChoiceLine({
  label,
  hint,
  className,
  children,
}: {
  label: ReactNode;
  hint: ReactNode;
  className: string | undefined;
  children: ReactNode;
}) {
  return (
    <label className={cn("flex min-h-(--control) items-start gap-3 py-2", className)}>
      <span className="mt-0.5 grid">{children}</span>
      <span>
        {label}
        {hint && <span className="block text-sm text-ink-soft">{hint}</span>}
      </span>
    </label>
  );
}
