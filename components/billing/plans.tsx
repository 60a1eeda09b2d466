import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Check } from "@/components/ui/icons";
import { Money } from "@/components/ui/money";
import { checkoutHref, features, metrics, tierCode } from "./names";

interface PlansProps {
  tiers: readonly {
    code: string;
    monthly: number;
    yearly: number;
    limits: Readonly<Record<(typeof metrics)[number], number | null>>;
    agreed: readonly string[];
    features: readonly string[];
  }[];
  current: { tier: string; status: string } | null;
  usage: readonly { metric: string; used: number }[];
  /** Some gateway of this installation is on. */
  canPay: boolean;
  mayPay: boolean;
}

/** The plans beside each other, with the way to pay. What a plan is too small for is said before anybody pays. */
export function Plans({ tiers, current, usage, canPay, mayPay }: PlansProps) {
  const t = useTranslations("billing");
  return (
    <section aria-labelledby="plans">
      <h2 id="plans" className="mb-3 text-lg font-semibold">
        {t("plans")}
      </h2>
      {!canPay && <Alert tone="warning" title={t("noGateway")} className="mb-4" />}
      {!mayPay && <Alert tone="neutral" title={t("ownerPays")} className="mb-4" />}
      <ul className="grid gap-4 lg:grid-cols-3">
        {tiers.map((tier) => {
          const tooSmall = metrics.filter(
            (metric) =>
              (usage.find((one) => one.metric === metric)?.used ?? 0) > (tier.limits[metric] ?? Infinity),
          );
          const isCurrent = current?.tier === tier.code;
          return (
            <li key={tier.code} className="flex">
              <Card
                className="flex w-full flex-col"
                title={t(`tiers.${tierCode(tier.code)}`)}
                actions={isCurrent && <Badge tone="brand">{t("yours")}</Badge>}
              >
                <p className="text-2xl font-semibold tracking-tight">
                  <Money minor={tier.monthly} />{" "}
                  <span className="text-sm font-normal text-ink-soft">{t("perMonth")}</span>
                </p>
                <p className="mt-1 text-sm text-ink-soft">
                  <Money minor={tier.yearly} /> {t("perYear")}
                </p>
                <ul className="mt-4 mb-5 flex flex-col gap-1.5 text-sm">
                  {metrics.map((metric) => (
                    <Included key={metric}>
                      {t("limit", { metric, max: tier.limits[metric] ?? 0 })}{" "}
                      {tier.agreed.includes(metric) && <span className="text-ink-soft">{t("agreed")}</span>}
                    </Included>
                  ))}
                  {features
                    .filter((feature) => tier.features.includes(feature))
                    .map((feature) => (
                      <Included key={feature}>{t(`features.${feature}`)}</Included>
                    ))}
                </ul>
                {!isCurrent && tooSmall.length > 0 && (
                  <p className="mb-3 text-sm text-warning-text">
                    {t("tooSmall", { metrics: tooSmall.map((metric) => t(`metrics.${metric}`)).join(", ") })}
                  </p>
                )}
                {canPay && mayPay && (
                  <div className="mt-auto flex flex-col gap-2">
                    <ButtonLink
                      block
                      variant={isCurrent ? "secondary" : "primary"}
                      href={checkoutHref(tier.code, "month")}
                    >
                      {t(isCurrent && current.status !== "trialing" ? "renewMonth" : "buyMonth")}
                    </ButtonLink>
                    <ButtonLink block href={checkoutHref(tier.code, "year")}>
                      {t("buyYear")}
                    </ButtonLink>
                  </div>
                )}
              </Card>
            </li>
          );
        })}
      </ul>
      <p className="mt-3 text-sm text-ink-soft">{t("pricesHint")}</p>
    </section>
  );
}

function Included({ children }: { children: ReactNode }) {
  return (
    <li className="flex items-start gap-2">
      <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-success-text" />
      <span>{children}</span>
    </li>
  );
}
