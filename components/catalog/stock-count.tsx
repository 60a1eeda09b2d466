import { useFormatter, useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";

export interface StockCountProps {
  /** Units; null for what keeps no stock. */
  units: number | null;
  lowAt: number | null;
  className?: string;
}

/** Units on a shelf: amber when they run out, red when none is left, never by colour alone. */
export function StockCount({ units, lowAt, className }: StockCountProps) {
  const t = useTranslations("products");
  const format = useFormatter();
  if (units === null) {
    return (
      <span data-tip={t("noStock")} className="text-ink-faint">
        <span aria-hidden>—</span>
        <span className="sr-only">{t("noStock")}</span>
      </span>
    );
  }
  const state = units <= 0 ? "out" : lowAt !== null && units <= lowAt ? "low" : null;
  return (
    <span
      data-tip={state ? t(state) : undefined}
      className={cn(
        "tabular",
        state && "inline-flex items-center gap-1.5 font-medium",
        state === "low" && "text-warning-text",
        state === "out" && "text-danger-text",
        className,
      )}
    >
      {state && (
        <span
          aria-hidden
          className={cn("size-1.5 rounded-full", state === "out" ? "bg-danger-solid" : "bg-warning-solid")}
        />
      )}
      {format.number(units)}
      {state && <span className="sr-only">, {t(state)}</span>}
    </span>
  );
}
