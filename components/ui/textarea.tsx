"use client";

import type { ComponentProps } from "react";
import { cn } from "./cn";
import { controlStyle } from "./control-style";
import { useFieldControl } from "./form-context";

/** Several lines of text; grows with what is typed. */
export function Textarea({ className, id, name, required, rows = 3, ...rest }: ComponentProps<"textarea">) {
  const field = useFieldControl({ id, name, required });
  return (
    <textarea
      rows={rows}
      {...field}
      {...rest}
      className={cn(controlStyle(), "h-auto max-h-80 field-sizing-content resize-y py-2", className)}
    />
  );
}
