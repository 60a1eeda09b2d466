"use client";

import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { LogOut, UserRound } from "@/components/ui/icons";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import type { Theme } from "./theme";
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

interface UserMenuButtonProps extends UserMenuProps {
  labels: {
    menu: string;
    profile: string;
    theme: string;
    themes: Readonly<Record<Theme, string>>;
    language: string;
    signOut: string;
  };
}

/** The menu in the browser's part: every page carries its words, and its entries are made when it opens. */
export function UserMenuButton({
  user,
  labels,
  language,
  languages,
  setLanguage,
  signOut,
  profileHref,
  children,
}: UserMenuButtonProps) {
  return (
    <Menu
      iconOnly
      label={labels.menu}
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
          {labels.profile}
        </MenuItem>
      )}
      {children}
      <MenuLabel>{labels.theme}</MenuLabel>
      <ThemeChoices labels={labels.themes} />
      <MenuLabel>{labels.language}</MenuLabel>
      {languages.map(({ code, name }) => (
        <MenuChoice key={code} checked={code === language} action={() => setLanguage(code)}>
          {name}
        </MenuChoice>
      ))}
      <MenuSeparator />
      <MenuItem action={signOut} icon={<LogOut aria-hidden className="size-4" />}>
        {labels.signOut}
      </MenuItem>
    </Menu>
  );
}
