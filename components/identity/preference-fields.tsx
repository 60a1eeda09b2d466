"use client";

import { useTransition } from "react";
import { chooseTheme } from "@/components/shell/remember";
import { type Theme, themeOf, themes } from "@/components/shell/theme";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";

interface LanguageFieldProps {
  label: string;
  language: string;
  languages: readonly { code: string; name: string }[];
  setLanguage: (code: string) => Promise<unknown>;
}

/** The language; the page comes back in it. */
export function LanguageField({ label, language, languages, setLanguage }: LanguageFieldProps) {
  const [pending, startTransition] = useTransition();
  return (
    <Field name="language" label={label}>
      <Select
        defaultValue={language}
        disabled={pending}
        options={languages.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={({ currentTarget: { value } }) =>
          startTransition(async () => void (await setLanguage(value)))
        }
      />
    </Field>
  );
}

interface ThemeFieldProps {
  label: string;
  theme: Theme;
  labels: Readonly<Record<Theme, string>>;
}

/** The theme, without a trip to the server. */
export function ThemeField({ label, theme, labels }: ThemeFieldProps) {
  return (
    <Field name="theme" label={label}>
      <Select
        defaultValue={theme}
        options={themes.map((value) => ({ value, label: labels[value] }))}
        onChange={({ currentTarget: { value } }) => chooseTheme(themeOf(value))}
      />
    </Field>
  );
}
