"use client";

import Link, { useLinkStatus } from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { Lock } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";
import type { NavEntry } from "./nav-sections";
import { NavigationIcon } from "./navigation-icon";

export interface NavLinkProps {
  entry: NavEntry;
  /** Says that the tier leaves the page out. */
  lockedLabel: string;
  className: string;
  /** Classes of the text, where it is not always seen. */
  textClassName?: string;
  /** The short name. */
  short?: boolean;
  /** The name is also a tip, where only the icon is seen. */
  tip?: boolean;
}

/** A link of the navigation: knows whether it is where the person is, and fetches its page when one aims at it. */
export function NavLink({ entry, lockedLabel, className, textClassName, short, tip }: NavLinkProps) {
  const path = usePathname();
  const router = useRouter();
  const href = entry.locked ? "/billing" : entry.href;
  const current = !entry.locked && (path === href || (!entry.exact && path.startsWith(`${href}/`)));
  const prefetch = () => router.prefetch(href);
  return (
    <Link
      href={href}
      prefetch={false}
      onPointerEnter={prefetch}
      onFocus={prefetch}
      aria-current={current ? "page" : undefined}
      data-tip={tip ? entry.name : undefined}
      data-tip-side={tip ? "right" : undefined}
      className={className}
    >
      <WaitingIcon of={entry.key} />
      <span className={textClassName}>{short ? entry.shortName : entry.name}</span>
      {entry.locked && (
        <span className="ml-auto">
          <span className={textClassName}>
            <Lock aria-hidden className="size-3.5 text-ink-faint" />
            <span className="sr-only">, {lockedLabel}</span>
          </span>
        </span>
      )}
    </Link>
  );
}

/** `data-waiting` lets the style sheet put the shape of a page in place of the old one (app/globals.css). */
function WaitingIcon({ of }: { of: NavEntry["key"] }) {
  const { pending } = useLinkStatus();
  if (!pending) return <NavigationIcon of={of} />;
  return (
    <span data-waiting className="contents">
      <Spinner />
    </span>
  );
}
