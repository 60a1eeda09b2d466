import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { UsageMeter } from "@/components/ui/usage-meter";
import type { UsedLimit } from "@/lib/analytics";

interface LimitsCardProps {
  limits: readonly UsedLimit[];
  /** May see the plans. */
  mayUpgrade: boolean;
}

/** Limits of the plan that are nearly used, before a form is refused. */
export function LimitsCard({ limits, mayUpgrade }: LimitsCardProps) {
  const t = useTranslations("home.limits");
  return (
    <Card
      title={t("title")}
      actions={
        mayUpgrade && (
          <ButtonLink href="/billing" size="sm" variant="ghost">
            {t("action")}
          </ButtonLink>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {limits.map(({ metric, used, max }) => (
          <UsageMeter key={metric} label={t(metric)} used={used} max={max} />
        ))}
      </div>
    </Card>
  );
}
