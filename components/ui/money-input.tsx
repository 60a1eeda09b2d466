"use client";

import { useLocale } from "next-intl";
import { useEffect, useRef } from "react";
import { Input, type InputProps } from "./input";
import { applyMask } from "./mask";
import { isMoneyDigit, maskPesos, pesosOf } from "./money-mask";

export interface MoneyInputProps
  extends Omit<InputProps, "value" | "defaultValue" | "onChange" | "prefix" | "type"> {
  /** Whole pesos at first. */
  defaultValue?: number | null;
  /** Whole pesos, when somebody else holds the amount. */
  value?: number | null;
  onValueChange?: (pesos: number | null) => void;
}

/** An amount in whole pesos: thousands are grouped while typing, the form sends plain digits (`12990`). */
export function MoneyInput({ defaultValue, value, onValueChange, onInput, ...rest }: MoneyInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const separator = useLocale() === "es-CL" ? "." : ",";
  const mask = (text: string) => maskPesos(text, separator);
  const shown = (pesos: number | null | undefined) =>
    pesos === null || pesos === undefined ? "" : mask(String(pesos));

  useEffect(() => {
    const element = input.current;
    if (!element || value === undefined || pesosOf(element.value) === value) return;
    element.value = value === null ? "" : maskPesos(String(value), separator);
  }, [value, separator]);

  useEffect(() => {
    const form = input.current?.form;
    const sendDigits = (event: FormDataEvent) => {
      const name = input.current?.name;
      if (name && event.formData.has(name))
        event.formData.set(name, String(pesosOf(input.current?.value ?? "") ?? ""));
    };
    form?.addEventListener("formdata", sendDigits);
    return () => form?.removeEventListener("formdata", sendDigits);
  }, []);

  return (
    <Input
      inputMode="numeric"
      {...rest}
      ref={input}
      prefix="$"
      defaultValue={shown(value === undefined ? defaultValue : value)}
      onInput={(event) => {
        applyMask(event.currentTarget, mask, isMoneyDigit);
        onValueChange?.(pesosOf(event.currentTarget.value));
        onInput?.(event);
      }}
    />
  );
}
