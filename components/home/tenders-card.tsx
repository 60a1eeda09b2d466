import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
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
              <svg
                viewBox="0 0 100 6"
                preserveAspectRatio="none"
                aria-hidden="true"
                className="mt-1.5 block h-1.5 w-full overflow-hidden rounded-full bg-neutral-soft text-brand"
              >
                <rect width={Math.max(0, (amounts[tender] / most) * 100)} height="6" fill="currentColor" />
              </svg>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
