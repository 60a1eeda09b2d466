import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import type { metrics } from "./names";
import { PlansLink } from "./plans-link";

interface Usage {
  readonly used: number;
  readonly max: number | null;
}

/** Whether so much of a limit is used that people are told of it: nine tenths, or all. */
export function isNear({ used, max }: Usage): boolean {
  return max !== null && used >= max * 0.9;
}

export interface NearLimitProps {
  metric: (typeof metrics)[number];
  usage: Usage;
  /** May see the plans. */
  mayUpgrade: boolean;
  /** In a dialog, which stays open behind the plans. */
  newTab?: boolean;
  className?: string;
}

/** Tells how close the shop is to a limit of its plan, "498 de 500", before a form is refused. */
export function NearLimit({ metric, usage, mayUpgrade, newTab = false, className = "mb-6" }: NearLimitProps) {
  const t = useTranslations("billing.limits");
  const { used, max } = usage;
  if (max === null || !isNear(usage)) return null;
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
