import { cn } from "./cn";

/** How a heading and the values under it stand. */
export interface Aligned {
  /** Figures stand at the right, in digits of one width. */
  numeric?: boolean;
  /** Left out where the screen is narrow: `md` below 768 px, `lg` below 1024 px. */
  hideBelow?: "md" | "lg";
}

/** The attributes of a cell or a heading; its look stands in app/globals.css (`.data-table`). */
export function cellLook({ numeric, hideBelow }: Aligned, className: string | undefined) {
  const hidden = hideBelow === "md" ? "max-md:hidden" : hideBelow === "lg" ? "max-lg:hidden" : undefined;
  return {
    "data-numeric": numeric ? "" : undefined,
    className: hidden || className ? cn(hidden, className) : undefined,
  };
}
