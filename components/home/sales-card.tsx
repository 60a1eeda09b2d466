import Link from "next/link";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Moment } from "@/components/ui/moment";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import type { LastSale } from "@/lib/analytics";

/** The newest sales of some branches. */
export function SalesCard({ sales, showsBranch }: { sales: readonly LastSale[]; showsBranch: boolean }) {
  const t = useTranslations("home.sales");
  return (
    <Card
      flush
      title={t("title")}
      actions={
        <ButtonLink href="/orders" size="sm" variant="ghost">
          {t("all")}
        </ButtonLink>
      }
    >
      {sales.length === 0 && <p className="px-5 pb-5 text-ink-soft">{t("empty")}</p>}
      <ul className="pb-2">
        {sales.map((sale) => (
          <li key={sale.id} className="border-t border-line first:border-0">
            <Link
              href={`/orders/${sale.id}`}
              prefetch={false}
              className="flex min-h-14 items-center justify-between gap-4 px-5 py-2 -outline-offset-2 hover:bg-sunken"
            >
              <span className="min-w-0">
                <span className="flex items-center gap-2">
                  <span className="truncate">{sale.customerName ?? t("anonymous")}</span>
                  {sale.status === "voided" && <StatusBadge status="voided" />}
                </span>
                <span className="block truncate text-sm text-ink-soft">
                  {t("number", { number: String(sale.receiptNumber) })}
                  {" · "}
                  {showsBranch ? sale.branchName : sale.soldByName}
                </span>
              </span>
              <span className="shrink-0 text-right">
                <Money minor={sale.total} className="block font-medium" />
                <Moment
                  value={sale.at}
                  timeZone={sale.timeZone}
                  as="time"
                  className="text-sm text-ink-soft tabular"
                />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
