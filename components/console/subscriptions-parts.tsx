import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { tierCode } from "@/components/billing/names";
import { Badge } from "@/components/ui/badge";
import { Clock } from "@/components/ui/icons";
import { getPlainTranslator } from "@/lib/i18n";
import { wordOr } from "@/lib/i18n/word-or";
import { formatInstant } from "@/lib/time";
import { CONSOLE_ZONE } from "./organizations-table";

interface Plan {
  tier: string;
  version: number;
  interval: "month" | "year";
}

/** A plan by its name, its version and how often it is paid. */
export function PlanName({ tier, version, interval }: Plan) {
  const t = useTranslations("consoleSubscriptions");
  const tiers = useTranslations("console.tiers");
  return t("planValue", { tier: tiers(tierCode(tier)), version, interval });
}

/** Says that a shop is for trying, and by which hour it lives where that is its own. */
export function TestShopBadges({ isTest, clockAt }: { isTest: boolean; clockAt: Date | string | null }) {
  const t = useTranslations("consoleSubscriptions");
  const locale = useLocale();
  return (
    <>
      {isTest && (
        <span className="inline-flex" data-tip={t("testHint")}>
          <Badge tone="accent">{t("test")}</Badge>
        </span>
      )}
      {clockAt && (
        <span
          className="inline-flex"
          data-tip={t("clockHint", { at: formatInstant(new Date(clockAt), CONSOLE_ZONE, locale) })}
        >
          <Badge tone="accent" icon={<Clock aria-hidden />}>
            {t("onClock")}
          </Badge>
        </span>
      )}
    </>
  );
}

/** Why a step towards suspension waits, in words. */
export async function HeldBecause({ because }: { because: string }) {
  const words = await getPlainTranslator();
  const other = words("consoleSubscriptions.held.other", { because });
  return wordOr(words, `consoleSubscriptions.held.${because}`, other);
}

/** The way to a payment; the label says which, as many of them stand under one another. */
export function PaymentLink({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <Link
      href={`/admin/saas-management/payments/${id}`}
      prefetch={false}
      aria-label={label}
      className="text-brand-text underline underline-offset-2"
    >
      {children}
    </Link>
  );
}
