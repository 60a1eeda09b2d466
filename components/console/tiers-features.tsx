import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { TierFeature } from "@/lib/security/features";

const words = {
  pos: true,
  appointments: true,
  quotes: true,
  work_orders: true,
  assistant: true,
  advanced_analytics: true,
  api_access: true,
  custom_branding: true,
} as const satisfies Record<TierFeature, true>;

function isKnown(feature: string): feature is TierFeature {
  return Object.hasOwn(words, feature);
}

/** The name of what a tier includes; one that the texts do not know shows as it is stored. */
export function useFeatureName(): (feature: string) => string {
  const t = useTranslations("consoleTiers.features");
  return (feature) => (isKnown(feature) ? t(feature) : feature);
}

interface TierFeaturesProps {
  features: readonly string[];
  /** Not in the version before. */
  added: readonly string[];
  /** Only in the version before. */
  removed: readonly string[];
}

/** What a version includes, in words; what came and what went is marked. */
export function TierFeatures({ features, added, removed }: TierFeaturesProps) {
  const t = useTranslations("consoleTiers");
  const name = useFeatureName();
  const same = features.filter((feature) => !added.includes(feature));
  if (features.length + removed.length === 0) return <>{t("nothing")}</>;
  return (
    <div className="flex max-w-72 min-w-28 flex-col items-start gap-1">
      {same.length > 0 && <span>{same.map(name).join(", ")}</span>}
      {added.map((feature) => (
        <Badge key={feature} tone="warning">
          {t("with", { feature: name(feature) })}
        </Badge>
      ))}
      {removed.map((feature) => (
        <Badge key={feature} tone="warning">
          {t("without", { feature: name(feature) })}
        </Badge>
      ))}
    </div>
  );
}
