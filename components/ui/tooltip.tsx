import type { ReactNode } from "react";

/** A tip on hover for plain content; a button takes `data-tip` itself (IconButton does so by its label). */
export function Tooltip({ text, children }: { text: string; children: ReactNode }) {
  return (
    <span data-tip={text} className="inline-flex">
      {children}
      <span className="sr-only"> ({text})</span>
    </span>
  );
}
