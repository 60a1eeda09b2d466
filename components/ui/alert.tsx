import type { ReactNode } from "react";
import { cn } from "./cn";
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "./icons";

export type AlertTone = "info" | "success" | "warning" | "danger" | "neutral";

const tones = {
  info: { icon: Info, look: "bg-info-soft text-info-text" },
  success: { icon: CircleCheck, look: "bg-success-soft text-success-text" },
  warning: { icon: TriangleAlert, look: "bg-warning-soft text-warning-text" },
  danger: { icon: CircleAlert, look: "bg-danger-soft text-danger-text" },
  neutral: { icon: Info, look: "bg-neutral-soft text-neutral-text" },
} as const satisfies Record<AlertTone, unknown>;

export interface AlertProps {
  tone?: AlertTone;
  title?: ReactNode;
  /** Buttons or links, at the end. */
  actions?: ReactNode;
  /** Read aloud at once; for news that appears after the page. */
  live?: boolean;
  className?: string;
  children?: ReactNode;
}

/** A notice inside a page or a form. */
export function Alert({ tone = "info", title, actions, live = false, className, children }: AlertProps) {
  const { icon: Icon, look } = tones[tone];
  return (
    <div
      role={live ? "alert" : undefined}
      className={cn("flex gap-3 rounded-lg px-4 py-3 text-sm", look, className)}
    >
      <Icon aria-hidden className="mt-px" />
      <div className="min-w-0 flex-1">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className={cn(title && "mt-0.5")}>{children}</div>}
      </div>
      {actions && <div className="flex shrink-0 items-center gap-2 self-center">{actions}</div>}
    </div>
  );
}

/** A strip over the whole width, above the page: trial ending, payment due. */
export function Banner({
  tone = "info",
  actions,
  children,
}: Pick<AlertProps, "tone" | "actions" | "children">) {
  const { icon: Icon, look } = tones[tone];
  return (
    <div
      data-chrome
      className={cn(
        "flex flex-wrap items-center justify-center gap-x-4 gap-y-1 px-4 py-2 text-center text-sm",
        look,
      )}
    >
      <span className="inline-flex items-center gap-2">
        <Icon aria-hidden className="size-4 max-sm:hidden" />
        {children}
      </span>
      {actions}
    </div>
  );
}
