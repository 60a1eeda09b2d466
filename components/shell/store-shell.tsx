import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import type { FormAction } from "@/components/ui/form-outcome";
import { FlaskConical } from "@/components/ui/icons";
import type { ShellBranch } from "./branch-choice";
import { BranchMenu } from "./branch-menu";
import type { PaletteAction } from "./command-palette";
import { Frame } from "./frame";
import { LogoMark } from "./logo";
import type { NavigationItem } from "./navigation";
import { NavigationBars } from "./navigation-bars";
import { PaletteButton } from "./palette-button";
import type { SidebarState } from "./theme";
import { ThemeToggle } from "./theme-toggle";
import { type ShellUser, UserMenu } from "./user-menu";

export interface StoreShellProps {
  user: ShellUser;
  /** The member's id: keeps what the browser remembers apart. */
  scope: string;
  organizationName: string;
  branches: readonly ShellBranch[];
  branch: ShellBranch | null;
  /** From `navigationFor(member)`. */
  navigation: readonly NavigationItem[];
  /** Things to do from the quick search, beside the pages. */
  actions?: readonly PaletteAction[];
  sidebarState: SidebarState;
  language: string;
  languages: readonly { code: string; name: string }[];
  switchBranch: FormAction<void>;
  setLanguage: (code: string) => Promise<unknown>;
  signOut: () => Promise<unknown>;
  /** The person's own page. */
  profileHref?: string;
  /** Further entries of the person's menu. */
  userMenu?: ReactNode;
  /** Marks an installation whose payments move no money. */
  testMode?: boolean;
  /** Notice about the subscription: a `<Banner>`. */
  banner?: ReactNode;
  children: ReactNode;
}

/** Everything around a page of the shop. Pure: the layout fetches, this shows. */
export function StoreShell(props: StoreShellProps) {
  const { user, navigation, organizationName, branches, branch, testMode = false } = props;
  const t = useTranslations("shell");
  const pages = navigation
    .filter(({ locked }) => !locked)
    .map(({ key, href }) => ({ id: key, title: t(`navigation.${key}`), href }));
  return (
    <Frame
      skipLabel={t("skip")}
      sidebarState={props.sidebarState}
      banner={props.banner}
      navigation={<NavigationBars navigation={navigation} head={<Home />} />}
      topbar={
        <>
          <Link
            href="/"
            prefetch={false}
            className="grid size-11 shrink-0 place-items-center rounded-md md:hidden"
          >
            <LogoMark />
            <span className="sr-only">Opttius</span>
          </Link>
          <BranchMenu
            organizationName={organizationName}
            branches={branches}
            current={branch}
            switchBranch={props.switchBranch}
          />
          <div className="ml-auto flex items-center gap-1.5 md:gap-2">
            {testMode && <TestMode />}
            <PaletteButton
              label={t("search")}
              actions={[...(props.actions ?? []), ...pages]}
              scope={props.scope}
              searchUrl="/api/search"
            />
            <ThemeToggle label={t("theme")} className="max-md:hidden" />
            <UserMenu
              user={user}
              language={props.language}
              languages={props.languages}
              setLanguage={props.setLanguage}
              signOut={props.signOut}
              {...(props.profileHref && { profileHref: props.profileHref })}
            >
              {props.userMenu}
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
    <Link href="/" prefetch={false} className="flex min-h-11 items-center gap-2.5 rounded-md pr-2">
      <LogoMark />
      <span className="sr-only text-lg font-semibold tracking-tight xl:group-data-[sidebar=open]/shell:not-sr-only">
        Opttius
      </span>
    </Link>
  );
}

/** Stands wherever test money is shown or made. */
export function TestMode() {
  const t = useTranslations("shell");
  return (
    <span data-tip={t("testModeHint")}>
      <Badge tone="accent" icon={<FlaskConical aria-hidden />} className="max-sm:[&>span]:sr-only">
        {t("testMode")}
      </Badge>
    </span>
  );
}
