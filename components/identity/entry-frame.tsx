import type { ReactNode } from "react";
import { LanguageMenu } from "@/components/shell/language-menu";
import { PublicShell } from "@/components/shell/public-shell";
import { getLanguage, languageNames, setLocale } from "@/lib/i18n";

interface EntryFrameProps {
  title: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
}

/** The frame of every page on the way in, with the choice of the language. */
export async function EntryFrame({ children, ...rest }: EntryFrameProps) {
  const language = await getLanguage();
  return (
    <PublicShell
      {...rest}
      corner={<LanguageMenu language={language} languages={languageNames} setLanguage={setLocale} />}
    >
      {children}
    </PublicShell>
  );
}

/** A link in the small print around a form. */
export const quietLink = "rounded-xs font-medium text-brand-text underline-offset-4 hover:underline";
