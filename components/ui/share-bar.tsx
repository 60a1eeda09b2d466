import type { CSSProperties } from "react";
import { cn } from "./cn";

/** A share from 0 to 1, as the style sheet reads it. */
export function shareStyle(share: number): CSSProperties {
  return { "--share": Math.max(0, share).toFixed(4) } as CSSProperties;
}

/** A bar filled in part, in the colour of its text. A picture only: the figure stands beside it in words. */
export function ShareBar({ share, className }: { share: number; className?: string }) {
  return <span aria-hidden className={cn("share-bar", className)} style={shareStyle(share)} />;
}
