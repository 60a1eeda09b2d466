import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useNavSections } from "./nav-sections";
import type { NavigationItem } from "./navigation";
import { PhoneBar } from "./phone-bar";
import { Sidebar } from "./sidebar";
import { SidebarToggle } from "./sidebar-toggle";

export interface NavigationBarsProps {
  navigation: readonly NavigationItem[];
  head: ReactNode;
}

/** The navigation twice: beside the page, and under the thumb on a phone; the style sheet shows one of them. */
export function NavigationBars({ navigation, head }: NavigationBarsProps) {
  const t = useTranslations("shell");
  const sections = useNavSections(navigation);
  const labels = { navigation: t("mainNavigation"), locked: t("locked"), more: t("more") };
  return (
    <>
      <Sidebar
        sections={sections}
        labels={labels}
        head={head}
        foot={<SidebarToggle label={t("collapse")} />}
      />
      <PhoneBar sections={sections} labels={labels} />
    </>
  );
}
