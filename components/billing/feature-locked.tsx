import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Lock } from "@/components/ui/icons";
import type { features } from "./names";

interface FeatureLockedProps {
  feature: (typeof features)[number];
  /** May see the plans. */
  mayUpgrade: boolean;
}

/** In place of a page that the plan does not include: what it would be for, and the way to a plan that has it. */
export function FeatureLocked({ feature, mayUpgrade }: FeatureLockedProps) {
  const t = useTranslations("billing");
  return (
    <Card>
      <EmptyState
        icon={<Lock aria-hidden />}
        title={t("locked.title", { feature: t(`features.${feature}`) })}
        description={`${t(`locked.${feature}`)} ${mayUpgrade ? "" : t("limits.askOwner")}`.trim()}
        actions={
          mayUpgrade && (
            <ButtonLink href="/billing" variant="primary">
              {t("limits.plans")}
            </ButtonLink>
          )
        }
      />
    </Card>
  );
}
