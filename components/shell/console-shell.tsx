import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { MenuItem } from "@/components/ui/menu";
import type { PaletteAction } from "./command-palette";
import { Frame } from "./frame";
import { LogoMark } from "./logo";
import type { NavigationItem } from "./navigation";
import { NavigationBars } from "./navigation-bars";
import { PaletteButton } from "./palette-button";
import { TestMode } from "./store-shell";
import type { SidebarState } from "./theme";
import { ThemeToggle } from "./theme-toggle";
import { type ShellUser, UserMenu } from "./user-menu";

const HOME = "/admin/saas-management/dashboard";

export interface ConsoleShellProps {
  user: ShellUser;
  /** The person's id: keeps what the browser remembers apart. */
  scope: string;
  /** From `navigationOfConsole()`. */
  navigation: readonly NavigationItem[];
  actions?: readonly PaletteAction[];
  sidebarState: SidebarState;
  language: string;
  languages: readonly { code: string; name: string }[];
  setLanguage: (code: string) => Promise<unknown>;
  signOut: () => Promise<unknown>;
  testMode?: boolean;
  /** This person also works in a shop. */
  hasShop?: boolean;
  banner?: ReactNode;
  children: ReactNode;
}

/** Everything around a page of the console: the same language as the shop, on a dark bar that cannot be mistaken for it. */
export function ConsoleShell(props: ConsoleShellProps) {
  const { navigation, testMode = false } = props;
  const t = useTranslations("shell");
  const pages = navigation.map(({ key, href }) => ({ id: key, title: t(`navigation.${key}`), href }));
  return (
    <Frame
      skipLabel={t("skip")}
      sidebarState={props.sidebarState}
      banner={props.banner}
      navigation={
        <div data-scheme="dark" className="contents text-ink">
          <NavigationBars navigation={navigation} head={<Home />} />
        </div>
      }
      topbar={
        <>
          <span className="flex items-center gap-2.5 text-sm font-medium">
            <LogoMark className="size-7 md:hidden" />
            {t("console")}
          </span>
          <div className="ml-auto flex items-center gap-1.5 md:gap-2">
            {testMode && <TestMode />}
            <PaletteButton
              label={t("search")}
              actions={[...(props.actions ?? []), ...pages]}
              scope={props.scope}
            />
            <ThemeToggle label={t("theme")} className="max-md:hidden" />
            <UserMenu
              user={props.user}
              language={props.language}
              languages={props.languages}
              setLanguage={props.setLanguage}
              signOut={props.signOut}
            >
              {props.hasShop && <MenuItem href="/">{t("toShop")}</MenuItem>}
            </UserMenu>
          </div>
        </>
      }
    >
      {props.children}
    </Frame>
  );
}

function Home() {
  return (
    <Link href={HOME} prefetch={false} className="flex min-h-11 items-center gap-2.5 rounded-md pr-2">
      <LogoMark />
      <span className="sr-only text-lg font-semibold tracking-tight xl:group-data-[sidebar=open]/shell:not-sr-only">
        Opttius
      </span>
    </Link>
  );
}
