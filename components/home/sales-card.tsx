import { useLocale, useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import type { LastSale } from "@/lib/analytics";
import { formatMoney } from "@/lib/money";
import { formatInstant } from "@/lib/time";
import { SalesRows } from "./sales-rows";

/** The newest sales of some branches. */
export function SalesCard({ sales, showsBranch }: { sales: readonly LastSale[]; showsBranch: boolean }) {
  const t = useTranslations("home.sales");
  const locale = useLocale();
  const rows = sales.map((sale) => ({
    id: sale.id,
    customer: sale.customerName ?? t("anonymous"),
    detail: `${t("number", { number: String(sale.receiptNumber) })} · ${showsBranch ? sale.branchName : sale.soldByName}`,
    total: formatMoney(sale.total, "CLP", locale),
    at: sale.at,
    time: formatInstant(new Date(sale.at), sale.timeZone, locale, "time"),
    tip: formatInstant(new Date(sale.at), sale.timeZone, locale),
    mark: sale.status === "voided" && <StatusBadge status="voided" />,
  }));
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
      {rows.length === 0 ? (
        <p className="px-5 pb-5 text-ink-soft">{t("empty")}</p>
      ) : (
        <SalesRows rows={rows} />
      )}
    </Card>
  );
}
