import { useTranslations } from "next-intl";
import { UserMenuButton, type UserMenuProps } from "./user-menu-button";

export type { ShellUser } from "./user-menu-button";

/** Who is signed in, how they like the program to look, and the way out. */
export function UserMenu(props: UserMenuProps) {
  const t = useTranslations("shell");
  const labels = {
    menu: t("userMenu", { name: props.user.name }),
    profile: t("profile"),
    theme: t("theme"),
    themes: { light: t("themeLight"), dark: t("themeDark"), system: t("themeSystem") },
    language: t("language"),
    signOut: t("signOut"),
  };
  return <UserMenuButton {...props} labels={labels} />;
}
