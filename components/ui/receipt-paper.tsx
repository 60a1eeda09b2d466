import type { ReactNode } from "react";
import { cn } from "./cn";

/** A receipt as wide as the roll (80 mm, 72 printable); on paper nothing else of the page is printed. */
export function ReceiptPaper({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <article
      data-paper="80mm"
      data-scheme="light"
      className={cn(
        "w-[80mm] max-w-full bg-surface px-[4mm] py-[5mm] text-[12px]/[1.45] text-ink shadow-md tabular print:text-black",
        className,
      )}
    >
      {children}
    </article>
  );
}
