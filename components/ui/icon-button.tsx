import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";

export const iconButtonVariants = cva(
  "inline-grid shrink-0 place-items-center rounded-md transition-colors duration-100 disabled:pointer-events-none disabled:opacity-55",
  {
    variants: {
      variant: {
        ghost: "text-ink-soft hover:bg-hover hover:text-ink",
        outline: "border border-line bg-surface text-ink-soft shadow-xs hover:bg-sunken hover:text-ink",
        danger: "text-ink-soft hover:bg-danger-soft hover:text-danger-text",
      },
      size: { sm: "size-(--control-sm)", md: "size-(--control)", lg: "size-12" },
    },
    defaultVariants: { variant: "ghost", size: "md" },
  },
);

type Look = VariantProps<typeof iconButtonVariants>;

interface Named {
  /** What it does: the accessible name and the tip on hover. */
  label: string;
  icon: ReactNode;
}

export interface IconButtonProps extends Omit<ComponentProps<"button">, "children">, Look, Named {
  pending?: boolean;
}

/** A button that is only an icon. */
export function IconButton({
  label,
  icon,
  variant,
  size,
  pending = false,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      data-tip={label}
      {...rest}
      aria-label={label}
      disabled={rest.disabled || pending}
      aria-busy={pending || undefined}
      className={cn(iconButtonVariants({ variant, size }), className)}
    >
      {pending ? <Spinner /> : icon}
    </button>
  );
}
