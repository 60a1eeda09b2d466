"use client";

import type { ComponentProps } from "react";
import { cn } from "./cn";
import { controlStyle } from "./control-style";
import { useFieldControl } from "./form-context";
import { ChevronDown } from "./icons";

export interface SelectProps extends Omit<ComponentProps<"select">, "size"> {
  size?: "sm" | "md" | "lg";
  options?: readonly { value: string; label: string; disabled?: boolean }[];
  /** First, empty choice. */
  placeholder?: string;
}

/** A choice from a short list: the platform's own, right on every device. Give `options` or children. */
export function Select({
  size = "md",
  options,
  placeholder,
  className,
  id,
  name,
  required,
  children,
  ...rest
}: SelectProps) {
  const field = useFieldControl({ id, name, required });
  return (
    <span className={cn("relative flex w-full items-center", className)}>
      <select
        {...field}
        {...rest}
        className={cn(controlStyle({ size }), "cursor-pointer appearance-none truncate pr-9")}
      >
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options?.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute right-2.5 size-4 text-ink-faint" />
    </span>
  );
}
