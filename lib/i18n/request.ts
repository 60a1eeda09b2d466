import { cookies } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { formats } from "./formats";
import { languageIn, languageOf, localeTags } from "./locale";
import { messages } from "./messages";

/** Language of a request: the cookie, else Spanish. `getTranslations({locale})` overrides it. */
export default getRequestConfig(async ({ locale }) => {
  const language = locale ? languageOf(locale) : languageIn(await cookies());
  return {
    locale: localeTags[language],
    messages: messages[language],
    formats,
    // Fallback alone: whatever a person reads names the zone of its branch.
    timeZone: "America/Santiago",
  };
});
