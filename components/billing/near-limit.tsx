import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import type { metrics } from "./names";
import { PlansLink } from "./plans-link";

/** From this share of a limit on people are told. */
const NEAR = 0.9;

export interface NearLimitProps {
  metric: (typeof metrics)[number];
  usage: { readonly used: number; readonly max: number | null };
  /** May see the plans. */
  mayUpgrade: boolean;
  /** In a dialog, which stays open behind the plans. */
  newTab?: boolean;
  className?: string;
}

/** Tells how close the shop is to a limit of its plan, "498 de 500", before a form is refused. */
export function NearLimit({
  metric,
  usage: { used, max },
  mayUpgrade,
  newTab = false,
  className = "mb-6",
}: NearLimitProps) {
  const t = useTranslations("billing.limits");
  if (max === null || used < max * NEAR) return null;
  const state = used > max ? "over" : used === max ? "full" : "near";
  return (
    <Alert
      tone={state === "near" ? "info" : "warning"}
      title={t("used", { metric, used, max })}
      className={className}
    >
      {t(state, { metric, left: max - used })}{" "}
      {mayUpgrade ? <PlansLink label={t("plans")} newTab={newTab} /> : state !== "near" && t("askOwner")}
    </Alert>
  );
}
