"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/form";
import { useFormState } from "@/components/ui/form-context";
import { PasswordInput } from "@/components/ui/password-input";

const NAME = "currentPassword";

interface BeginPasswordProps {
  /** Under it password managers keep the password that is asked for. */
  email: string;
  /** Asked for from the start; else once the server asks, which it does of whoever read the page for long. */
  asked: boolean;
}

/** The password, where beginning a second factor takes it. */
export function BeginPassword({ email, asked }: BeginPasswordProps) {
  const t = useTranslations("identity.twoFactor");
  const [shown, setShown] = useState(asked);
  const missed = useFormState()?.problem?.errors?.some(({ pointer }) => pointer === `/${NAME}`) ?? false;
  if (missed && !shown) setShown(true); // and it stays, whatever the next answer says
  if (!shown) return null;
  return (
    <>
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field name={NAME} label={t("currentPassword")} required>
        <PasswordInput size="lg" autoFocus />
      </Field>
    </>
  );
}
