import type { ReactNode } from "react";
import { cn } from "./cn";

/** The buttons that end a form: at the right on a desk, over the whole width on a phone. */
export function FormActions({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div
      className={cn(
        "mt-6 flex flex-wrap justify-end gap-3 max-sm:flex-col-reverse max-sm:*:w-full",
        className,
      )}
    >
      {children}
    </div>
  );
}

/** Fields beside each other: one column on a phone, two or three on a desk. */
export function FieldGrid({
  columns = 2,
  className,
  children,
}: {
  columns?: 2 | 3;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div className={cn("grid gap-x-4 gap-y-5 sm:grid-cols-2", columns === 3 && "lg:grid-cols-3", className)}>
      {children}
    </div>
  );
}
