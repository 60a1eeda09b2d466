import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { TrendingDown, TrendingUp } from "./icons";

export interface StatCardProps {
  label: ReactNode;
  /** The figure, already written for people. */
  value: ReactNode;
  /** Change against before, already written: "+12 %". */
  change?: ReactNode;
  /** Whether the change is good news. */
  trend?: "up" | "down" | "flat";
  /** What the change is measured against, or what the figure counts. */
  hint?: ReactNode;
  icon?: ReactNode;
  /** A drawing under the figure, for example a Sparkline. */
  chart?: ReactNode;
  /** Makes the whole card a link. */
  href?: string;
  className?: string;
}

/** One figure that matters. */
export function StatCard({
  label,
  value,
  change,
  trend = "flat",
  hint,
  icon,
  chart,
  href,
  className,
}: StatCardProps) {
  return (
    <div
      className={cn(
        "relative flex min-w-0 flex-col rounded-xl border border-line bg-surface px-4 py-3.5 shadow-xs sm:px-5 sm:py-4.5",
        href && "transition-colors hover:border-line-strong",
        className,
      )}
    >
      <div className="flex items-center justify-between gap-3 text-sm text-ink-soft">
        {href ? (
          <Link
            href={href}
            prefetch={false}
            className="truncate outline-none after:absolute after:inset-0 after:rounded-xl focus-visible:after:outline-2 focus-visible:after:outline-focus"
          >
            {label}
          </Link>
        ) : (
          <span className="truncate">{label}</span>
        )}
        {icon && (
          <span aria-hidden className="text-ink-faint">
            {icon}
          </span>
        )}
      </div>
      <p className="mt-1.5 truncate text-xl font-semibold sm:text-2xl tracking-tight tabular">{value}</p>
      {(change || hint) && (
        <p className="mt-1 flex flex-wrap items-center gap-x-1.5 text-sm text-ink-soft">
          {change && <Change trend={trend}>{change}</Change>}
          {hint}
        </p>
      )}
      {chart && <div className="mt-auto pt-3">{chart}</div>}
    </div>
  );
}

function Change({ trend, children }: { trend: "up" | "down" | "flat"; children: ReactNode }) {
  const Icon = trend === "up" ? TrendingUp : TrendingDown;
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1 font-medium tabular",
        trend === "up" && "text-success-text",
        trend === "down" && "text-danger-text",
      )}
    >
      {trend !== "flat" && <Icon aria-hidden className="size-4" />}
      {children}
    </span>
  );
}

/** Figures beside each other: two on a phone, four on a desk. */
export function StatGrid({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cn("grid grid-cols-2 gap-3 sm:gap-4 xl:grid-cols-4", className)}>{children}</div>;
}
