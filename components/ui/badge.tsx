import { cva, type VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";
import { cn } from "./cn";

const badgeVariants = cva(
  "inline-flex max-w-full items-center gap-1.5 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap",
  {
    variants: {
      tone: {
        neutral: "bg-neutral-soft text-neutral-text",
        success: "bg-success-soft text-success-text",
        warning: "bg-warning-soft text-warning-text",
        danger: "bg-danger-soft text-danger-text",
        info: "bg-info-soft text-info-text",
        accent: "bg-accent-soft text-accent-text",
        brand: "bg-brand-soft text-brand-text",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export type Tone = NonNullable<VariantProps<typeof badgeVariants>["tone"]>;

const dots: Record<Tone, string> = {
  neutral: "bg-neutral-solid",
  success: "bg-success-solid",
  warning: "bg-warning-solid",
  danger: "bg-danger-solid",
  info: "bg-info-solid",
  accent: "bg-accent-solid",
  brand: "bg-brand",
};

export interface BadgeProps {
  tone?: Tone;
  /** A coloured dot before the text, for states. */
  dot?: boolean;
  icon?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A small mark with a word. */
export function Badge({ tone = "neutral", dot = false, icon, className, children }: BadgeProps) {
  return (
    <span className={cn(badgeVariants({ tone }), "[&_.lucide]:size-3.5", className)}>
      {dot && <span aria-hidden className={cn("size-1.5 shrink-0 rounded-full", dots[tone])} />}
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}
