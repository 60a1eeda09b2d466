import { useTranslations } from "next-intl";
import { Money } from "@/components/ui/money";

const kinds = ["price", "coupon", "proration", "credit"] as const;
type Kind = (typeof kinds)[number];

interface QuoteLinesProps {
  lines: readonly { kind: string; amount: number }[];
  total: number;
  currency: "CLP" | "USD";
}

/** How a price comes about, line by line, and what remains to be paid. */
export function QuoteLines({ lines, total, currency }: QuoteLinesProps) {
  const t = useTranslations("billing.lines");
  return (
    <dl className="flex flex-col gap-2">
      {lines.map((line) => (
        <div key={line.kind} className="flex items-baseline justify-between gap-4">
          <dt className="text-ink-soft">{t(kindOf(line.kind))}</dt>
          <dd>
            <Money minor={line.amount} currency={currency} />
          </dd>
        </div>
      ))}
      <div className="flex items-baseline justify-between gap-4 border-t border-line pt-2 text-lg font-semibold">
        <dt>{t("total")}</dt>
        <dd>
          <Money minor={total} currency={currency} />
        </dd>
      </div>
    </dl>
  );
}

function kindOf(text: string): Kind {
  return kinds.find((known) => known === text) ?? "price";
}
