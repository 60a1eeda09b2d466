import { cn } from "@/components/ui/cn";
import { ICON_SPRITE } from "@/components/ui/icon-sprite";

/** The mark: two lenses whose overlap is an eye. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" className={cn("size-8 shrink-0", className)}>
      <use href={`${ICON_SPRITE}#opttius`} />
    </svg>
  );
}

/** Mark and name. */
export function Logo({ className, tag }: { className?: string; tag?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2.5", className)}>
      <LogoMark />
      <span className="text-lg font-semibold tracking-tight">Opttius</span>
      {tag && (
        <span className="rounded-full border border-current/30 px-2 text-xs font-medium opacity-80">
          {tag}
        </span>
      )}
    </span>
  );
}
