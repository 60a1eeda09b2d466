import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "./button";
import { cn } from "./cn";
import { ArrowLeft, ArrowRight, X } from "./icons";

/** The row above a table: search and filters at the left, actions at the right. */
export function TableToolbar({
  actions,
  className,
  children,
}: {
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div data-chrome className={cn("flex flex-wrap items-center gap-2.5 px-5 py-4", className)}>
      {children}
      {actions && <div className="ml-auto flex flex-wrap items-center justify-end gap-2.5">{actions}</div>}
    </div>
  );
}

export interface FilterChip {
  /** Name of the filter: "State". */
  label: string;
  /** Chosen value: "Active". */
  value: string;
  /** The same rows without this filter. */
  href: string;
}

/** The filters in force, each with a cross; nothing when there is none. */
export function FilterChips({
  chips,
  clearHref,
  className,
}: {
  chips: readonly FilterChip[];
  clearHref: string;
  className?: string;
}) {
  const t = useTranslations("common.table");
  if (chips.length === 0) return null;
  return (
    <ul
      data-chrome
      aria-label={t("filters")}
      className={cn("flex flex-wrap items-center gap-2 px-5 pb-4", className)}
    >
      {chips.map(({ label, value, href }) => (
        <li key={label}>
          <Link
            href={href}
            prefetch={false}
            scroll={false}
            aria-label={t("removeFilter", { filter: `${label}: ${value}` })}
            className="inline-flex min-h-8 items-center gap-1.5 rounded-full bg-brand-soft pr-2 pl-3 text-sm text-brand-text hover:bg-hover pointer-coarse:min-h-11"
          >
            <span className="opacity-85">{label}:</span>
            <span className="font-medium">{value}</span>
            <X aria-hidden className="size-3.5" />
          </Link>
        </li>
      ))}
      <li>
        <Link
          href={clearHref}
          prefetch={false}
          scroll={false}
          className="inline-flex min-h-8 items-center rounded-sm px-2 text-sm text-ink-soft hover:text-ink hover:underline pointer-coarse:min-h-11"
        >
          {t("clear")}
        </Link>
      </li>
    </ul>
  );
}

export interface PaginationProps {
  /** How many rows there are in all; left out when counting would cost too much. */
  total?: number;
  /** There are more than `total`. */
  more?: boolean;
  /** First and last shown row, counted from 1. */
  from?: number;
  to?: number;
  previousHref?: string | null;
  nextHref?: string | null;
}

/** The foot of a table: how many rows, and the way to the ones before and after (keyset: plain links). */
export function Pagination({ total, more = false, from, to, previousHref, nextHref }: PaginationProps) {
  const t = useTranslations("common.table");
  const counted = total !== undefined;
  const range = counted && from !== undefined && to !== undefined && to > 0;
  if (!counted && !previousHref && !nextHref) return null;
  return (
    <div
      data-chrome
      className="flex min-h-14 flex-wrap items-center justify-between gap-3 border-t border-line px-5 py-2.5 text-sm text-ink-soft"
    >
      <p className="tabular">
        {range
          ? t(more ? "rangeOfMore" : "range", { from, to, total })
          : counted && t("total", { count: total })}
      </p>
      {(previousHref || nextHref) && (
        <nav className="flex gap-2">
          <PageLink href={previousHref} icon={<ArrowLeft aria-hidden className="size-4" />}>
            {t("previous")}
          </PageLink>
          <PageLink href={nextHref} trailing icon={<ArrowRight aria-hidden className="size-4" />}>
            {t("next")}
          </PageLink>
        </nav>
      )}
    </div>
  );
}

function PageLink({
  href,
  icon,
  trailing = false,
  children,
}: {
  href: string | null | undefined;
  icon: ReactNode;
  trailing?: boolean;
  children: ReactNode;
}) {
  return (
    <ButtonLink
      size="sm"
      href={href ?? "#"}
      scroll
      aria-disabled={!href}
      tabIndex={href ? undefined : -1}
      icon={!trailing && icon}
    >
      {children}
      {trailing && icon}
    </ButtonLink>
  );
}
