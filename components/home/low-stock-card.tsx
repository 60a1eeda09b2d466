import Link from "next/link";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { Desk } from "@/lib/analytics";

/** What runs out at the branch. */
export function LowStockCard({ low }: { low: NonNullable<Desk["low"]> }) {
  const t = useTranslations("home.low");
  const more = low.count - low.products.length;
  return (
    <Card
      flush
      title={t("title")}
      actions={
        <ButtonLink href="/inventory?stock=low" size="sm" variant="ghost">
          {t("all")}
        </ButtonLink>
      }
    >
      {low.count === 0 && <p className="px-5 pb-5 text-ink-soft">{t("empty")}</p>}
      <ul className="pb-2">
        {low.products.map(({ id, name, quantity }) => (
          <li key={id} className="border-t border-line first:border-0">
            <Link
              href={`/products/${id}`}
              prefetch={false}
              className="flex min-h-11 items-center justify-between gap-4 px-5 py-1.5 -outline-offset-2 hover:bg-sunken"
            >
              <span className="truncate">{name}</span>
              <Badge tone={quantity <= 0 ? "danger" : "warning"} className="shrink-0">
                {t("left", { count: Math.max(0, quantity) })}
              </Badge>
            </Link>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="px-5 pb-4 text-sm text-ink-soft">{t("more", { count: more })}</p>}
    </Card>
  );
}
