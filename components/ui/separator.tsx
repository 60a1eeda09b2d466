import { cn } from "./cn";

/** A thin line between things. */
export function Separator({ vertical = false, className }: { vertical?: boolean; className?: string }) {
  return vertical ? (
    <span aria-hidden className={cn("w-px self-stretch bg-line", className)} />
  ) : (
    <hr className={cn("border-line", className)} />
  );
}
