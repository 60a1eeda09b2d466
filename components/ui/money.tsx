import { useLocale } from "next-intl";
import { type Currency, formatMoney } from "@/lib/money";
import { cn } from "./cn";

export interface MoneyProps {
  /** Integer in minor units; pesos have none. */
  minor: number;
  currency?: Currency;
  className?: string;
}

/** An amount: $12.990. */
export function Money({ minor, currency = "CLP", className }: MoneyProps) {
  return (
    <span className={cn("whitespace-nowrap tabular", className)}>
      {formatMoney(minor, currency, useLocale())}
    </span>
  );
}
