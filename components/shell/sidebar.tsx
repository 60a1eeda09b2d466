"use client";

import type { ReactNode } from "react";
import { NavLink } from "./nav-link";
import type { NavSection } from "./nav-sections";

export interface NavProps {
  sections: readonly NavSection[];
  labels: { navigation: string; locked: string; more: string };
}

export interface SidebarProps extends NavProps {
  /** Top: the mark. */
  head: ReactNode;
  /** Bottom: the button that makes it narrow. */
  foot?: ReactNode;
}

/** The navigation beside the page: a narrow bar of icons on a tablet, with text on a desk. */
export function Sidebar({ sections, labels, head, foot }: SidebarProps) {
  return (
    <aside
      data-chrome
      className="sticky top-0 flex h-dvh w-17 shrink-0 flex-col overflow-y-auto overscroll-contain border-r border-line bg-canvas px-3 pb-3 transition-[width] duration-150 [scrollbar-width:none] max-md:hidden xl:group-data-[sidebar=open]/shell:w-(--sidebar)"
    >
      <div className="flex h-(--topbar) shrink-0 items-center overflow-hidden px-1.5">{head}</div>
      <nav aria-label={labels.navigation} className="mt-2 flex flex-1 flex-col gap-5">
        {sections.map(({ key, title, entries }) => (
          <div key={key} className={key === "account" ? "mt-auto" : undefined}>
            <p className="nav-title">
              <span className="when-open">{title}</span>
            </p>
            <ul className="flex flex-col gap-0.5">
              {entries.map((entry) => (
                <li key={entry.key}>
                  <NavLink
                    entry={entry}
                    lockedLabel={labels.locked}
                    className="nav-link"
                    textClassName="when-open"
                    tip
                  />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      {foot && <div className="mt-2 max-xl:hidden">{foot}</div>}
    </aside>
  );
}
