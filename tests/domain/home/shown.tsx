import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { formats } from "@/lib/i18n/formats";
import { type Language, localeTags } from "@/lib/i18n/locale";
import { messages } from "@/lib/i18n/messages";

/** The markup of a component as a person of this language gets it. */
export function markup(element: ReactNode, language: Language = "es"): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider
      locale={localeTags[language]}
      messages={messages[language]}
      formats={formats}
      timeZone="America/Santiago"
      now={new Date("2026-11-22T15:00:00Z")}
    >
      {element}
    </NextIntlClientProvider>,
  );
}

/** What can be read of a component, one space between pieces. */
export function shown(element: ReactNode, language: Language = "es"): string {
  return markup(element, language)
    .replaceAll(/<(?:svg|style)[\s\S]*?<\/(?:svg|style)>/g, " ")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll("&quot;", '"')
    .replaceAll(/\s+/g, " ")
    .trim();
}
