import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { ChevronRight } from "./icons";

interface Crumb {
  href: string;
  label: string;
}

export interface PageHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  /** Beside the title: a status badge. */
  badge?: ReactNode;
  /** The main things to do, the most important last. */
  actions?: ReactNode;
  /** The way here, without the page itself. */
  breadcrumbs?: readonly Crumb[];
  className?: string;
}

/** The head of every page; holds its only `<h1>`. */
export function PageHeader({ title, description, badge, actions, breadcrumbs, className }: PageHeaderProps) {
  return (
    <header data-chrome className={cn("mb-6", className)}>
      {breadcrumbs && <Breadcrumbs crumbs={breadcrumbs} />}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-2xl font-semibold tracking-tight">
            {title}
            {badge}
          </h1>
          {description && <p className="mt-1 text-ink-soft">{description}</p>}
        </div>
        {actions && (
          <div className="flex flex-wrap items-center gap-2.5 max-sm:w-full max-sm:*:flex-1">{actions}</div>
        )}
      </div>
    </header>
  );
}

function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  const t = useTranslations("common");
  return (
    <nav aria-label={t("breadcrumbs")} className="mb-1.5">
      <ol className="flex flex-wrap items-center text-sm text-ink-soft">
        {crumbs.map(({ href, label }, index) => (
          <li key={href} className="flex items-center">
            {index > 0 && <ChevronRight aria-hidden className="mx-1.5 size-3.5 text-ink-faint" />}
            <Link
              href={href}
              prefetch={false}
              className="-mx-1 rounded-xs px-1 py-1 hover:text-ink hover:underline"
            >
              {label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The frame of a page's content: same width and rhythm everywhere. `narrow` is for forms. */
export function Page({
  width = "wide",
  className,
  children,
}: {
  width?: "narrow" | "wide" | "full";
  className?: string;
  children: ReactNode;
}) {
  return (
    <div
      className={cn(
        "mx-auto w-full px-4 py-6 sm:px-6 lg:px-8 lg:py-8 print:p-0",
        width === "narrow" && "max-w-3xl",
        width === "wide" && "max-w-[84rem]",
        className,
      )}
    >
      {children}
    </div>
  );
}
