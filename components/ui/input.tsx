"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { controlStyle } from "./control-style";
import { useFieldControl } from "./form-context";

export interface InputProps extends Omit<ComponentProps<"input">, "size" | "prefix"> {
  size?: "sm" | "md" | "lg";
  /** Fixed text or icon inside, at the start: `$`, a magnifying glass. */
  prefix?: ReactNode;
  /** Fixed text or a button inside, at the end: `%`, `mm`. */
  suffix?: ReactNode;
}

/** A line of text. Inside a Field it takes name, id and errors from there. */
export function Input({ size = "md", prefix, suffix, className, id, name, required, ...rest }: InputProps) {
  const field = useFieldControl({ id, name, required });
  const input = (
    <input
      autoComplete="off"
      {...field}
      {...rest}
      className={cn(
        controlStyle({ size }),
        prefix && "pl-9",
        suffix && "pr-10",
        !(prefix || suffix) && className,
      )}
    />
  );
  if (!prefix && !suffix) return input;
  return (
    <span className={cn("relative flex w-full items-center", className)}>
      {prefix && (
        <span className="pointer-events-none absolute left-0 grid h-full w-9 place-items-center text-ink-faint">
          {prefix}
        </span>
      )}
      {input}
      {suffix && (
        <span className="absolute right-0 grid h-full min-w-10 place-items-center text-ink-faint">
          {suffix}
        </span>
      )}
    </span>
  );
}
