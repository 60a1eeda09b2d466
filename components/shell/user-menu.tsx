import { LogOut, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { ThemeChoices } from "./theme-choices";

export interface ShellUser {
  name: string;
  email: string;
  /** The role in words. */
  roleLabel: string;
}

export interface UserMenuProps {
  user: ShellUser;
  language: string;
  /** Languages with their own names: `{ code: "en", name: "English" }`. */
  languages: readonly { code: string; name: string }[];
  setLanguage: (code: string) => Promise<unknown>;
  signOut: () => Promise<unknown>;
  /** The person's own page; left out where there is none. */
  profileHref?: string;
  /** Further entries, before the preferences. */
  children?: ReactNode;
}

/** Who is signed in, how they like the program to look, and the way out. */
export function UserMenu({
  user,
  language,
  languages,
  setLanguage,
  signOut,
  profileHref,
  children,
}: UserMenuProps) {
  const t = useTranslations("shell");
  return (
    <Menu
      iconOnly
      label={t("userMenu", { name: user.name })}
      trigger={<Avatar name={user.name} size="md" />}
      triggerClassName="grid size-(--control) shrink-0 place-items-center rounded-full"
      className="w-64"
    >
      <div role="presentation" className="px-2.5 pt-1.5 pb-2">
        <p className="truncate font-medium">{user.name}</p>
        <p className="truncate text-sm text-ink-soft">{user.email}</p>
        <p className="mt-0.5 truncate text-xs text-ink-faint">{user.roleLabel}</p>
      </div>
      <MenuSeparator />
      {profileHref && (
        <MenuItem href={profileHref} icon={<UserRound aria-hidden className="size-4" />}>
          {t("profile")}
        </MenuItem>
      )}
      {children}
      <MenuLabel>{t("theme")}</MenuLabel>
      <ThemeChoices labels={{ light: t("themeLight"), dark: t("themeDark"), system: t("themeSystem") }} />
      <MenuLabel>{t("language")}</MenuLabel>
      {languages.map(({ code, name }) => (
        <MenuChoice key={code} checked={code === language} action={setLanguage.bind(null, code)}>
          {name}
        </MenuChoice>
      ))}
      <MenuSeparator />
      <MenuItem action={signOut} icon={<LogOut aria-hidden className="size-4" />}>
        {t("signOut")}
      </MenuItem>
    </Menu>
  );
}
