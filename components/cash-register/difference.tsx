import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { formatMoney } from "@/lib/money";

/** Counted less expected, in words: a minus sign is too easily overlooked. */
export function Difference({ pesos }: { pesos: number }) {
  const t = useTranslations("cashRegister.report");
  const locale = useLocale();
  const amount = formatMoney(Math.abs(pesos), "CLP", locale);
  if (pesos === 0) return <Badge tone="success">{t("exact")}</Badge>;
  return <Badge tone={pesos < 0 ? "danger" : "warning"}>{t(pesos < 0 ? "short" : "over", { amount })}</Badge>;
}
