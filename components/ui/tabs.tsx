"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "./cn";

export interface TabLink {
  href: string;
  label: ReactNode;
  /** Number beside the label. */
  count?: number;
  /** Also chosen on pages below `href`. */
  deep?: boolean;
}

/** Sections of a page as links, so that each has an address. A tab may differ by path or by query. */
export function Tabs({
  label,
  tabs,
  className,
}: {
  label: string;
  tabs: readonly TabLink[];
  className?: string;
}) {
  const path = usePathname();
  const query = useSearchParams();
  const chosen = chosenTab(tabs, path, query);
  return (
    <nav
      aria-label={label}
      className={cn("flex overflow-x-auto border-b border-line [scrollbar-width:none]", className)}
    >
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          prefetch={false}
          aria-current={tab === chosen ? "page" : undefined}
          className="relative -mb-px flex min-h-(--control) shrink-0 items-center gap-2 border-b-2 border-transparent px-3 text-sm font-medium text-ink-soft transition-colors -outline-offset-2 hover:text-ink aria-[current=page]:border-brand aria-[current=page]:text-ink"
        >
          {tab.label}
          {tab.count !== undefined && (
            <span className="rounded-full bg-neutral-soft px-1.5 text-xs text-neutral-text tabular">
              {tab.count}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}

function chosenTab(tabs: readonly TabLink[], path: string, query: URLSearchParams): TabLink | undefined {
  const matches = tabs.filter(({ href, deep }) => {
    const [tabPath = "", tabQuery = ""] = href.split("?");
    const samePath = path === tabPath || (deep && path.startsWith(`${tabPath}/`));
    return samePath && [...new URLSearchParams(tabQuery)].every(([name, value]) => query.get(name) === value);
  });
  return matches.toSorted((a, b) => b.href.length - a.href.length)[0];
}
