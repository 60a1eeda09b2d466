"use client";

import type { ComponentProps } from "react";
import { useFieldControl } from "@/components/ui/form-context";

/** Chooses a file; the platform's own control in the look of the others. Inside a Field it takes name and errors from there. */
export function FileInput(props: Omit<ComponentProps<"input">, "type">) {
  const field = useFieldControl(props);
  return (
    <input
      {...props}
      {...field}
      type="file"
      className="w-full min-w-0 cursor-pointer rounded-md border border-line-strong bg-surface text-sm text-ink-soft shadow-xs file:mr-3 file:h-(--control) file:cursor-pointer file:border-0 file:border-r file:border-line file:bg-sunken file:px-4 file:text-sm file:font-medium file:text-ink hover:border-ink-faint aria-invalid:border-danger-solid"
    />
  );
}
