import type { ReactNode } from "react";
import { cn } from "./cn";

/** A key. On a touch screen there are none, so it is left out. */
export function Kbd({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <kbd
      className={cn(
        "inline-grid h-5 min-w-5 place-items-center rounded-xs border border-current/25 px-1 font-sans text-[0.6875rem] leading-none font-medium pointer-coarse:hidden",
        className,
      )}
    >
      {children}
    </kbd>
  );
}
