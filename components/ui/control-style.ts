import { cva } from "class-variance-authority";

/** The look that every control to type or choose in shares. 16 px for fingers: iOS zooms in below that. */
export const controlStyle = cva(
  "w-full min-w-0 rounded-md border border-line-strong bg-surface text-base text-ink shadow-xs transition-[border-color,box-shadow] duration-100 outline-none hover:border-ink-faint focus:border-focus focus:ring-3 focus:ring-focus/25 aria-invalid:border-danger-solid aria-invalid:ring-danger-solid/20 [&[readonly]]:bg-sunken disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-faint pointer-coarse:text-[1rem]",
  {
    variants: {
      size: {
        sm: "h-(--control-sm) px-2.5 text-sm",
        md: "h-(--control) px-3",
        lg: "h-12 px-3.5 text-lg",
      },
    },
    defaultVariants: { size: "md" },
  },
);
