import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";

/** What each figure of the dashboard counts and what it leaves out; the same as in docs/glossary.md. */
export function FiguresCard() {
  const t = useTranslations("console");
  return (
    <Card title={t("figures.title")}>
      <DescriptionList
        columns={3}
        items={[
          { label: t("dashboard.active"), value: t("figures.active") },
          { label: t("dashboard.mrr"), value: t("figures.mrr") },
          { label: t("dashboard.conversion"), value: t("figures.conversion") },
          { label: t("figures.lost"), value: t("figures.lostMeaning") },
          { label: t("dashboard.engagement"), value: t("figures.engagement") },
          { label: t("dashboard.revenueByMonth"), value: t("figures.revenue") },
        ]}
      />
    </Card>
  );
}
