import Link from "next/link";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/ui/alert";
import type { SubscriptionNews } from "@/lib/subscriptions";

interface SubscriptionBannerProps {
  news: SubscriptionNews;
  /** Only some may go and do something about it. */
  mayPay: boolean;
}

const tones = {
  trial: "info",
  readOnly: "warning",
  pastDue: "warning",
  grace: "danger",
  suspended: "danger",
} as const;

/** A strip above the page: what is up with the subscription, and where to settle it. */
export function SubscriptionBanner({ news, mayPay }: SubscriptionBannerProps) {
  const t = useTranslations("identity.banner");
  const link = (
    <Link
      href="/billing"
      className="inline-flex min-h-6 items-center font-semibold underline underline-offset-4"
    >
      {t(news.kind === "trial" ? "choosePlan" : "pay")}
    </Link>
  );
  return (
    <Banner tone={tones[news.kind]} actions={mayPay && link}>
      {news.kind === "trial" ? t("trial", { days: news.days }) : t(news.kind)}
    </Banner>
  );
}
