"use client";

import { Button, type ButtonProps } from "./button";
import { useFormState } from "./form-context";

/** Sends the form around; spins and takes no second click until the answer is there. */
export function SubmitButton({ variant = "primary", pending, ...rest }: ButtonProps) {
  const form = useFormState();
  return <Button type="submit" variant={variant} pending={pending ?? form?.pending ?? false} {...rest} />;
}
