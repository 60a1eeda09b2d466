import { Skeleton } from "@/components/ui/skeleton";

/** The till on its way, in its own shape. */
export default function PointOfSaleLoading() {
  return (
    <div
      aria-hidden
      className="grid flex-1 md:grid-cols-[minmax(0,1fr)_21rem] lg:grid-cols-[minmax(0,1fr)_25rem] xl:grid-cols-[minmax(0,1fr)_28rem]"
    >
      <div className="flex flex-col gap-4 px-4 pt-4 sm:px-6">
        <Skeleton className="h-12 rounded-md" />
        <div className="flex gap-2 overflow-hidden">
          {[0, 1, 2, 3, 4].map((chip) => (
            <Skeleton key={chip} className="h-11 w-28 shrink-0 rounded-full" />
          ))}
        </div>
        <Skeleton className="mt-1 h-5 w-32" />
        <div className="grid grid-cols-2 gap-2.5 sm:grid-cols-3 md:grid-cols-2 lg:grid-cols-3 2xl:grid-cols-4">
          {Array.from({ length: 12 }, (_, tile) => (
            <Skeleton key={tile} className="h-24 rounded-lg" />
          ))}
        </div>
      </div>
      <div className="flex flex-col justify-end border-l border-line bg-surface p-4 max-md:hidden">
        <Skeleton className="mb-3 h-8" />
        <Skeleton className="h-14 rounded-md" />
      </div>
    </div>
  );
}
