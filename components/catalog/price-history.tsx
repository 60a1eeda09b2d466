import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { ArrowRight } from "@/components/ui/icons";
import { Moment } from "@/components/ui/moment";
import { Money } from "@/components/ui/money";
import type { PriceChange } from "@/lib/catalog";

/** How a price changed, the newest first. */
export function PriceHistory({ changes, timeZone }: { changes: readonly PriceChange[]; timeZone: string }) {
  const t = useTranslations("products.prices");
  return (
    <Card title={t("title")}>
      {changes.length === 0 && <p className="text-ink-soft">{t("empty")}</p>}
      <ol className="-my-1">
        {changes.map(({ id, at, actorName, before, after }) => (
          <li
            key={id}
            className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line py-2.5 last:border-0"
          >
            <span className="inline-flex items-baseline gap-2">
              <Money minor={before} className="text-ink-soft line-through decoration-1" />
              <ArrowRight aria-hidden className="size-3.5 self-center text-ink-faint" />
              <Money minor={after} className="font-medium" />
            </span>
            <span className="text-sm text-ink-soft">
              {actorName} · <Moment value={at} timeZone={timeZone} as="day" />
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
