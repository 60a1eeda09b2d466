import { Money } from "@/components/ui/money";
import type { Barcode } from "@/lib/receipts";

export interface LabelSheetProps {
  count: number;
  name: string;
  /** Whole pesos, IVA included. */
  price: number;
  shop: string;
  /** Null for a code that no scanner reads. */
  barcode: Barcode | null;
}

/** Labels under one another; on paper each is a page of its own. */
export function LabelSheet({ count, ...label }: LabelSheetProps) {
  return (
    <div data-labels className="mt-5 flex flex-wrap gap-3 print:m-0 print:block">
      {Array.from({ length: count }, (_, index) => (
        <Label key={index} {...label} hidden={index > 0} />
      ))}
    </div>
  );
}

/** Sizes in millimetres: this is paper. Bars stay black on white in both themes. */
function Label({ name, price, shop, barcode, hidden }: Omit<LabelSheetProps, "count"> & { hidden: boolean }) {
  return (
    <article
      // The same words again: one of them is enough to be read aloud.
      aria-hidden={hidden}
      data-scheme="light"
      className="flex h-[25mm] w-[40mm] break-inside-avoid flex-col overflow-hidden rounded-xs border border-line bg-surface px-[1.5mm] py-[1mm] text-ink print:break-after-page print:rounded-none print:border-0 print:text-black"
    >
      <p className="line-clamp-2 text-[2.6mm]/[3mm] font-medium">{name}</p>
      {barcode && (
        <>
          <svg
            viewBox={`0 0 ${barcode.width} 1`}
            preserveAspectRatio="none"
            shapeRendering="crispEdges"
            aria-hidden="true"
            className="mt-[0.6mm] block min-h-0 w-full flex-1 text-ink print:text-black"
          >
            <path d={barcode.path} fill="currentColor" />
          </svg>
          <p className="text-center text-[2.2mm]/[2.8mm] tracking-wider tabular">{barcode.text}</p>
        </>
      )}
      <p className="mt-auto flex items-baseline justify-between gap-[1mm]">
        <span className="truncate text-[2mm]/[3mm]">{shop}</span>
        <span className="text-[3.6mm]/[4mm] font-bold">
          <Money minor={price} />
        </span>
      </p>
    </article>
  );
}
