import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { isNear } from "@/components/billing/near-limit";
import { PlansLink } from "@/components/billing/plans-link";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { UsageMeter } from "@/components/ui/usage-meter";

export interface LimitCardProps {
  label: string;
  usage: { readonly used: number; readonly max: number | null };
  /** Said when nothing is left. */
  full: string;
  /** May see the plans. */
  mayUpgrade: boolean;
  /** What else counts, for example invitations. */
  note?: ReactNode;
}

/** How much of a limit of the plan is used, before it bites: "2 de 3". */
export function LimitCard({ label, usage, full, mayUpgrade, note }: LimitCardProps) {
  const t = useTranslations("settings");
  const { used, max } = usage;
  const reached = max !== null && used >= max;
  return (
    <Card className="mb-6">
      <UsageMeter label={label} used={used} max={max} />
      {note && <p className="mt-2 text-sm text-ink-soft">{note}</p>}
      {reached && (
        <Alert tone="warning" className="mt-4">
          {full} {mayUpgrade && <PlansLink label={t("seePlans")} />}
        </Alert>
      )}
      {isNear(usage) && !reached && mayUpgrade && (
        <p className="mt-2 text-sm">
          <PlansLink label={t("seePlans")} className="text-brand-text" />
        </p>
      )}
    </Card>
  );
}
