"use client";

import { useTransition } from "react";
import { chooseTheme } from "@/components/shell/remember";
import { type Theme, themeOf, themes } from "@/components/shell/theme";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useRun } from "@/components/ui/use-run";

interface LanguageFieldProps {
  label: string;
  language: string;
  languages: readonly { code: string; name: string }[];
  setLanguage: (code: string) => Promise<unknown>;
}

/** The language; the page comes back in it. When it cannot be kept, the field shows the one that holds. */
export function LanguageField({ label, language, languages, setLanguage }: LanguageFieldProps) {
  const [pending, startTransition] = useTransition();
  const run = useRun();
  return (
    <Field name="language" label={label}>
      <Select
        defaultValue={language}
        aria-busy={pending || undefined}
        options={languages.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={({ currentTarget: select }) => {
          const chosen = select.value;
          startTransition(async () => {
            if (!(await run(() => setLanguage(chosen)))) select.value = language;
          });
        }}
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
