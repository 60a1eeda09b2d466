import { cookies } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { formats } from "./formats";
import { defaultLanguage, isLanguage, LANGUAGE_COOKIE, languageOf, localeTags } from "./locale";
import { messages } from "./messages";

/** Language of a request: the cookie, else Spanish. `getTranslations({locale})` overrides it. */
export default getRequestConfig(async ({ locale }) => {
  const chosen = locale ? languageOf(locale) : (await cookies()).get(LANGUAGE_COOKIE)?.value;
  const language = isLanguage(chosen) ? chosen : defaultLanguage;
  return {
    locale: localeTags[language],
    messages: messages[language],
    formats,
    // Fallback alone: whatever a person reads names the zone of its branch.
    timeZone: "America/Santiago",
  };
});
