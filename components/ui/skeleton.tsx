import { cn } from "./cn";

/** A grey place for something that is on its way; give it the size of the real thing. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden className={cn("block h-4 animate-breathe rounded-sm bg-neutral-soft", className)} />
  );
}

function times(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** The head of a page on its way. */
export function PageHeaderSkeleton() {
  return (
    <div className="mb-6 flex items-center justify-between gap-4">
      <div>
        <Skeleton className="h-7.5 w-48" />
        <Skeleton className="mt-2 h-4.5 w-72 max-w-full" />
      </div>
      <Skeleton className="h-(--control) w-36 rounded-md max-sm:hidden" />
    </div>
  );
}

/** A table on its way, in the shape of the real one. */
export function TableSkeleton({ rows = 8, columns = 5 }: { rows?: number; columns?: number }) {
  return (
    <div aria-hidden>
      <div className="flex gap-2.5 px-5 py-4">
        <Skeleton className="h-(--control) w-72 max-w-full rounded-md" />
        <Skeleton className="h-(--control) w-32 rounded-md max-sm:hidden" />
      </div>
      <div className="h-10 border-b border-line" />
      {times(rows).map((row) => (
        <div
          key={row}
          className="flex h-12 items-center gap-6 border-b border-line px-5 last:border-b-0 max-sm:h-19"
        >
          {times(columns).map((column) => (
            <Skeleton
              key={column}
              className={cn("flex-1", column === 0 && "flex-2", column > 1 && "max-sm:hidden")}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

/** Figures on their way. */
export function StatGridSkeleton({ count = 4 }: { count?: number }) {
  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 xl:grid-cols-4">
      {times(count).map((index) => (
        <div key={index} className="rounded-xl border border-line bg-surface px-4 py-3.5 sm:px-5 sm:py-4.5">
          <Skeleton className="w-24" />
          <Skeleton className="mt-3 h-7 w-32 max-w-full" />
          <Skeleton className="mt-3 w-28" />
        </div>
      ))}
    </div>
  );
}
