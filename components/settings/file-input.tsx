"use client";

import { type ComponentProps, useState } from "react";
import { cn } from "@/components/ui/cn";
import { useFieldControl } from "@/components/ui/form-context";
import { Upload } from "@/components/ui/icons";

export interface FileInputProps extends Omit<ComponentProps<"input">, "type" | "onChange"> {
  /** What the control asks for while nothing is chosen; the platform's own words follow the browser, not the page. */
  prompt: string;
}

/** Chooses a file and shows its name. Inside a Field it takes name and errors from there. */
export function FileInput({ prompt, className, id, name, required, ...rest }: FileInputProps) {
  const field = useFieldControl({ id, name, required });
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <span
      className={cn(
        "relative flex h-(--control) w-full items-center gap-2.5 rounded-md border border-dashed border-line-strong bg-surface px-3 text-sm hover:border-ink-faint has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-focus has-[[aria-invalid=true]]:border-danger-solid",
        className,
      )}
    >
      <Upload aria-hidden className="size-4 text-ink-faint" />
      <span className={cn("min-w-0 truncate", chosen === null && "text-ink-soft")}>{chosen ?? prompt}</span>
      <input
        {...field}
        {...rest}
        type="file"
        className="absolute inset-0 size-full cursor-pointer opacity-0"
        onChange={(event) => setChosen(event.currentTarget.files?.[0]?.name ?? null)}
      />
    </span>
  );
}
