"use client";

import { createContext, use } from "react";
import type { Problem } from "./problem";

/** Why no answer of the server arrived. */
export type SendFailure = "offline" | "stale" | "unknown";

export interface FormState {
  pending: boolean;
  /** The last refusal, or null. */
  problem: Problem | null;
  failure: SendFailure | null;
  /** Sentences of refused fields by field name; a field changed since then has none. */
  errors: ReadonlyMap<string, string>;
  /** Names of the fields that the form shows. */
  fields: ReadonlySet<string>;
  /** Makes a field known, so that its refusal is shown at the field and not above the form. */
  registerField: (name: string) => () => void;
}

export const FormContext = createContext<FormState | null>(null);

/** State of the form around, or null outside of one. */
export function useFormState(): FormState | null {
  return use(FormContext);
}

export interface FieldState {
  id: string;
  name: string;
  required: boolean;
  invalid: boolean;
  describedBy: string | undefined;
}

export const FieldContext = createContext<FieldState | null>(null);

/** Attributes that tie a control to the Field around it; own attributes win. */
export function useFieldControl(own: {
  id?: string | undefined;
  name?: string | undefined;
  required?: boolean | undefined;
}) {
  const field = use(FieldContext);
  return {
    id: own.id ?? field?.id,
    name: own.name ?? field?.name,
    required: own.required ?? field?.required,
    "aria-invalid": field?.invalid || undefined,
    "aria-describedby": field?.describedBy,
  };
}
