import type { ReactNode } from "react";
import { cn } from "./cn";

export interface CardProps {
  title?: ReactNode;
  description?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  footer?: ReactNode;
  /** No padding around the content: tables, lists. */
  flush?: boolean;
  as?: "section" | "article" | "div";
  className?: string;
  children?: ReactNode;
}

/** A group of things that belong together. */
export function Card({
  title,
  description,
  actions,
  footer,
  flush = false,
  as: Element = "section",
  className,
  children,
}: CardProps) {
  const headed = title !== undefined || actions !== undefined;
  return (
    <Element className={cn("min-w-0 rounded-xl border border-line bg-surface shadow-xs", className)}>
      {headed && (
        <header className="flex items-start justify-between max-sm:flex-wrap gap-x-4 gap-y-2 px-5 pt-4.5">
          <div className="min-w-0">
            <h2 className="font-semibold">{title}</h2>
            {description && <p className="mt-0.5 text-sm text-ink-soft">{description}</p>}
          </div>
          {actions && <div className="-my-1 flex shrink-0 flex-wrap items-center gap-2">{actions}</div>}
        </header>
      )}
      {children !== undefined && (
        <div className={cn(!flush && "px-5 py-4.5", flush && headed && "pt-3")}>{children}</div>
      )}
      {footer && (
        <footer className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-5 py-3 text-sm text-ink-soft">
          {footer}
        </footer>
      )}
    </Element>
  );
}
