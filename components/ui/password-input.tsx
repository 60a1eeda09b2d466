"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Eye, EyeOff } from "./icons";
import { Input, type InputProps } from "./input";

/** A password that can be looked at while typing. Name what it is: `current-password` or `new-password`. */
export function PasswordInput({
  autoComplete = "current-password",
  ...rest
}: Omit<InputProps, "type" | "suffix">) {
  const t = useTranslations("ui");
  const [shown, setShown] = useState(false);
  return (
    <Input
      {...rest}
      type={shown ? "text" : "password"}
      autoComplete={autoComplete}
      spellCheck={false}
      suffix={
        <button
          type="button"
          aria-label={t(shown ? "hidePassword" : "showPassword")}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          className="grid h-full w-10 place-items-center rounded-md text-ink-faint hover:text-ink"
        >
          {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        </button>
      }
    />
  );
}
