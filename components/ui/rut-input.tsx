"use client";

import { Input, type InputProps } from "./input";
import { applyMask } from "./mask";
import { isRutCharacter, maskRut } from "./rut-mask";

export interface RutInputProps extends Omit<InputProps, "value" | "type" | "defaultValue"> {
  /** A RUT in any writing. */
  defaultValue?: string | null;
}

/** A Chilean RUT, written as `12.345.678-5` while it is typed. */
export function RutInput({ defaultValue, onInput, ...rest }: RutInputProps) {
  return (
    <Input
      placeholder="12.345.678-5"
      autoCapitalize="characters"
      spellCheck={false}
      {...rest}
      className={rest.className}
      defaultValue={maskRut(defaultValue ?? "")}
      onInput={(event) => {
        applyMask(event.currentTarget, maskRut, isRutCharacter);
        onInput?.(event);
      }}
    />
  );
}
