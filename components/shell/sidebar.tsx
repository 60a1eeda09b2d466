import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { NavLink } from "./nav-link";
import type { NavigationItem } from "./navigation";
import { NavigationIcon } from "./navigation-icon";

const sections = ["sell", "shop", "account", "platform"] as const;

/** Text that the narrow bar keeps for screen readers alone. */
const whenOpen = "sr-only xl:group-data-[sidebar=open]/shell:not-sr-only";

const linkStyle =
  "group/link flex h-10 items-center gap-3 rounded-md px-2.5 text-sm font-medium text-ink-soft transition-colors -outline-offset-2 hover:bg-hover hover:text-ink aria-[current=page]:bg-brand-soft aria-[current=page]:text-brand-text pointer-coarse:h-11 max-xl:h-11";

export interface SidebarProps {
  navigation: readonly NavigationItem[];
  /** Top: the mark. */
  head: ReactNode;
  /** Bottom: the button that makes it narrow. */
  foot?: ReactNode;
}

/** The navigation beside the page: a narrow bar of icons on a tablet, with text on a desk. */
export function Sidebar({ navigation, head, foot }: SidebarProps) {
  const t = useTranslations("shell");
  return (
    <aside
      data-chrome
      className="sticky top-0 flex h-dvh w-17 shrink-0 flex-col overflow-y-auto overscroll-contain border-r border-line bg-canvas px-3 pb-3 transition-[width] duration-150 [scrollbar-width:none] max-md:hidden xl:group-data-[sidebar=open]/shell:w-(--sidebar)"
    >
      <div className="flex h-(--topbar) shrink-0 items-center overflow-hidden px-1.5">{head}</div>
      <nav aria-label={t("mainNavigation")} className="mt-2 flex flex-1 flex-col gap-5">
        {sections.map((section) => {
          const items = navigation.filter((item) => item.section === section);
          if (items.length === 0) return null;
          return (
            <div key={section} className={section === "account" ? "mt-auto" : undefined}>
              <p className="px-2.5 pb-1.5 text-xs font-medium text-ink-faint">
                <span className={whenOpen}>{t(`sections.${section}`)}</span>
              </p>
              <ul className="flex flex-col gap-0.5">
                {items.map((item) => (
                  <li key={item.key}>
                    <NavigationLink item={item} className={linkStyle} textClassName={whenOpen} tip />
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </nav>
      {foot && <div className="mt-2 max-xl:hidden">{foot}</div>}
    </aside>
  );
}

interface NavigationLinkProps {
  item: NavigationItem;
  className: string;
  textClassName?: string;
  /** A shorter name, where there is little room. */
  name?: string;
  tip?: boolean;
}

/** One entry: its sign, its name, and a lock when the tier leaves it out. */
export function NavigationLink({
  item,
  className,
  textClassName,
  name: ownName,
  tip = false,
}: NavigationLinkProps) {
  const t = useTranslations("shell");
  const name = ownName ?? t(`navigation.${item.key}`);
  return (
    <NavLink
      href={item.locked ? "/billing" : item.href}
      exact={item.exact}
      icon={<NavigationIcon of={item.key} />}
      {...(tip && { tip: name })}
      className={className}
    >
      <span className={textClassName}>{name}</span>
      {item.locked && (
        <span className={`ml-auto ${textClassName ?? ""}`} data-tip={t("locked")}>
          <Lock aria-hidden className="size-3.5 text-ink-faint" />
          <span className="sr-only">, {t("locked")}</span>
        </span>
      )}
    </NavLink>
  );
}
