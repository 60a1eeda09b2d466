import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { ShareBar } from "@/components/ui/share-bar";
import type { Day, Tender } from "@/lib/analytics";

const tenders: readonly Tender[] = ["cash", "debit", "credit", "transfer"];

/** How people paid today. */
export function TendersCard({ amounts }: { amounts: Day["tenders"] }) {
  const t = useTranslations("home.tenders");
  const most = Math.max(...Object.values(amounts));
  return (
    <Card title={t("title")}>
      {most <= 0 && <p className="text-ink-soft">{t("empty")}</p>}
      {most > 0 && (
        <ul className="flex flex-col gap-3">
          {tenders.map((tender) => (
            <li key={tender}>
              <div className="flex items-baseline justify-between gap-4 text-sm">
                <span className="text-ink-soft">{t(tender)}</span>
                <Money minor={amounts[tender]} className="font-medium" />
              </div>
              <ShareBar share={amounts[tender] / most} className="mt-1.5 text-brand" />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
