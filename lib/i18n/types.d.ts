import type { formats } from "./formats";
import type { LocaleTag } from "./locale";
import type { Messages } from "./messages";

declare module "next-intl" {
  interface AppConfig {
    Locale: LocaleTag;
    Messages: Messages;
    Formats: typeof formats;
  }
}
