import { cn } from "@/components/ui/cn";

/** The mark: two lenses whose overlap is an eye. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cn("size-8 shrink-0", className)}>
      <rect width="32" height="32" rx="8.5" className="fill-[oklch(0.46_0.08_212)]" />
      <g fill="none" stroke="white" strokeOpacity="0.55" strokeWidth="1.5">
        <circle cx="16" cy="11.4" r="8.3" />
        <circle cx="16" cy="20.6" r="8.3" />
      </g>
      <path d="M9.09 16A8.3 8.3 0 0 1 22.91 16A8.3 8.3 0 0 1 9.09 16Z" fill="white" />
      <circle cx="16" cy="16" r="2.15" className="fill-[oklch(0.46_0.08_212)]" />
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
