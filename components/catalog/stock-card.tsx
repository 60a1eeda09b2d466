import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { StockCount } from "./stock-count";

export interface StockCardProps {
  branches: readonly { readonly id: string; readonly name: string }[];
  /** Units by branch id; a branch that never kept it is missing. Archived ones, which may be there, do not count. */
  levels: ReadonlyMap<string, number>;
  lowStockAt: number | null;
  tracksStock: boolean;
  actions?: ReactNode;
}

/** Where the units of a product stand. */
export function StockCard({ branches, levels, lowStockAt, tracksStock, actions }: StockCardProps) {
  const t = useTranslations("products.stockCard");
  const format = useFormatter();
  const total = branches.reduce((sum, { id }) => sum + (levels.get(id) ?? 0), 0);
  return (
    <Card title={t("title")} actions={tracksStock && actions}>
      {!tracksStock && <p className="text-ink-soft">{t("none")}</p>}
      {tracksStock && (
        <dl>
          {branches.map(({ id, name }) => (
            <div
              key={id}
              className="flex items-baseline justify-between gap-4 border-b border-line py-2.5 last:border-0"
            >
              <dt className="min-w-0 truncate">{name}</dt>
              <dd>
                {levels.has(id) ? (
                  <StockCount units={levels.get(id) ?? 0} lowAt={lowStockAt} />
                ) : (
                  <span className="text-sm text-ink-faint">{t("never")}</span>
                )}
              </dd>
            </div>
          ))}
          {branches.length > 1 && (
            <div className="flex items-baseline justify-between gap-4 pt-2.5 font-semibold">
              <dt>{t("total")}</dt>
              <dd className="tabular">{format.number(total)}</dd>
            </div>
          )}
        </dl>
      )}
    </Card>
  );
}
