"use client";

import { type ReactNode, useEffect, useId } from "react";
import { cn } from "@/components/ui/cn";
import { useFormState } from "@/components/ui/form-context";

export interface ChoiceGroupProps {
  /** Name of the list that the boxes send together, without `[]`. */
  name: string;
  legend: ReactNode;
  hint?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** Boxes that answer one question together, with the refusal of the server for them. */
export function ChoiceGroup({ name, legend, hint, className, children }: ChoiceGroupProps) {
  const form = useFormState();
  const id = useId();
  const registerField = form?.registerField;
  useEffect(() => registerField?.(name), [registerField, name]);
  const refusal = form?.errors.get(name);
  return (
    <fieldset className={cn("min-w-0", className)} aria-describedby={refusal ? id : undefined}>
      <legend className="text-sm font-medium">{legend}</legend>
      {hint && <p className="mt-0.5 text-sm text-ink-soft">{hint}</p>}
      <div className="mt-1">{children}</div>
      {refusal && (
        <p id={id} tabIndex={-1} aria-invalid className="mt-1 text-sm text-danger-text outline-none">
          {refusal}
        </p>
      )}
    </fieldset>
  );
}
