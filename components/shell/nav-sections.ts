import { useTranslations } from "next-intl";
import type { NavigationItem } from "./navigation";

/** An entry of the navigation, in words. */
export interface NavEntry extends NavigationItem {
  readonly name: string;
  /** For the bar of a phone, where the name would be cut. */
  readonly shortName: string;
}

export interface NavSection {
  readonly key: NavigationItem["section"];
  readonly title: string;
  readonly entries: readonly NavEntry[];
}

const order = ["sell", "shop", "account", "platform"] as const;

/** The navigation in words and in groups; made on the server, so that the browser needs none of the messages. */
export function useNavSections(navigation: readonly NavigationItem[]): NavSection[] {
  const t = useTranslations("shell");
  const entries = navigation.map((item): NavEntry => {
    const name = t(`navigation.${item.key}`);
    return { ...item, name, shortName: item.key === "pos" ? t("posShort") : name };
  });
  return order
    .map((key) => ({
      key,
      title: t(`sections.${key}`),
      entries: entries.filter(({ section }) => section === key),
    }))
    .filter((section) => section.entries.length > 0);
}
