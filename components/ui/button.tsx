import { cva, type VariantProps } from "class-variance-authority";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";

export const buttonVariants = cva(
  "relative inline-flex shrink-0 items-center justify-center gap-2 whitespace-nowrap rounded-md font-medium transition-colors duration-100 select-none disabled:pointer-events-none aria-disabled:pointer-events-none disabled:opacity-55 aria-disabled:opacity-55",
  {
    variants: {
      variant: {
        primary: "bg-brand text-on-brand shadow-xs hover:bg-brand-hover",
        secondary: "border border-line bg-surface text-ink shadow-xs hover:bg-sunken",
        ghost: "text-ink-soft hover:bg-hover hover:text-ink",
        danger: "bg-danger-solid text-on-danger shadow-xs hover:bg-danger-hover",
        quietDanger: "text-danger-text hover:bg-danger-soft",
      },
      size: {
        sm: "h-(--control-sm) px-3 text-sm",
        md: "h-(--control) px-4 text-base",
        lg: "h-12 px-5 text-lg",
        touch: "h-14 px-6 text-lg",
      },
      block: { true: "w-full" },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

type Look = VariantProps<typeof buttonVariants>;

interface Content {
  /** Icon before the text. */
  icon?: ReactNode;
  /** Keyboard shortcut shown after the text, for example `<Kbd>F9</Kbd>`. */
  shortcut?: ReactNode;
}

export interface ButtonProps extends ComponentProps<"button">, Look, Content {
  /** Work goes on: shows a spinner in place of the text, keeps the width, takes no second click. */
  pending?: boolean;
}

/** A button; `type="button"` unless told otherwise. */
export function Button({
  variant,
  size,
  block,
  icon,
  shortcut,
  pending = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled || pending}
      aria-busy={pending || undefined}
      className={cn(buttonVariants({ variant, size, block }), className)}
    >
      {pending && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      )}
      <span className={cn("inline-flex items-center gap-2", pending && "opacity-0")}>
        {icon}
        {children}
        {shortcut}
      </span>
    </button>
  );
}

export interface ButtonLinkProps extends ComponentProps<typeof Link>, Look, Content {}

/** A link that looks like a button, for going somewhere. Fetches nothing beforehand unless `prefetch` says so. */
export function ButtonLink({
  variant,
  size,
  block,
  icon,
  shortcut,
  className,
  children,
  ...rest
}: ButtonLinkProps) {
  return (
    <Link prefetch={false} {...rest} className={cn(buttonVariants({ variant, size, block }), className)}>
      {icon}
      {children}
      {shortcut}
    </Link>
  );
}
