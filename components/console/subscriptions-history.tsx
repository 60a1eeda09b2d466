import { useTranslations } from "next-intl";
import { ActivityTable } from "@/components/activity/activity-table";
import { Card } from "@/components/ui/card";
import type { ToldEntry } from "@/lib/audit";
import { CONSOLE_ZONE } from "./organizations-table";

/** Who did what with a subscription, when and why. */
export function SubscriptionsHistory({ entries }: { entries: readonly ToldEntry[] }) {
  const t = useTranslations("consoleSubscriptions.history");
  return (
    <Card title={t("title")} description={t("description")} flush>
      {entries.length === 0 ? (
        <p className="px-5 pb-4.5 text-ink-soft">{t("none")}</p>
      ) : (
        <ActivityTable entries={entries} timeZone={CONSOLE_ZONE} />
      )}
    </Card>
  );
}
