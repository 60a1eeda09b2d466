"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useId } from "react";
import { cn } from "./cn";
import { FieldContext, useFormState } from "./form-context";

export interface FieldProps {
  /** Name of the value; steps of nested values are joined by dots (`address.street`). */
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  /** Sent along as `required` to the control. */
  required?: boolean;
  /** Says "optional" beside the label. */
  optional?: boolean;
  /** A refusal from elsewhere than the form around, for example a live check. */
  error?: string;
  /** The label is read aloud but not shown. */
  hideLabel?: boolean;
  className?: string;
  children: ReactNode;
}

/** A label, its control, a hint, and the refusal of the server for this very value. */
export function Field({
  name,
  label,
  hint,
  required = false,
  optional = false,
  error,
  hideLabel = false,
  className,
  children,
}: FieldProps) {
  const t = useTranslations("ui");
  const form = useFormState();
  const id = useId();
  const registerField = form?.registerField;
  useEffect(() => registerField?.(name), [registerField, name]);

  const refusal = error ?? form?.errors.get(name);
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = refusal ? `${id}-error` : undefined;
  const describedBy = [errorId, hintId].filter(Boolean).join(" ") || undefined;

  return (
    <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      <label
        htmlFor={id}
        className={cn(
          "flex items-baseline justify-between gap-2 text-sm font-medium",
          hideLabel && "sr-only",
        )}
      >
        {label}
        {optional && <span className="font-normal text-ink-faint">{t("optional")}</span>}
      </label>
      <FieldContext value={{ id, name, required, invalid: refusal !== undefined, describedBy }}>
        {children}
      </FieldContext>
      {refusal && (
        <p id={errorId} className="text-sm text-danger-text">
          {refusal}
        </p>
      )}
      {hint && (
        <p id={hintId} className="text-sm text-ink-soft">
          {hint}
        </p>
      )}
    </div>
  );
}
