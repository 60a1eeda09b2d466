"use client";

import type { ReactNode } from "react";
import { ActionForm, type FormAction, SubmitButton } from "@/components/ui/form";

interface ConfirmPlanProps {
  action: FormAction<unknown>;
  tier: string;
  interval: string;
  /** The person was shown what exceeds the plan's limits. */
  acceptsExcess: boolean;
  label: ReactNode;
  /** What the toast says afterwards. */
  done: string;
  variant?: "primary" | "secondary";
}

/** Notes the plan of the next period, and goes back to the subscription. */
export function ConfirmPlan({
  action,
  tier,
  interval,
  acceptsExcess,
  label,
  done,
  variant = "primary",
}: ConfirmPlanProps) {
  return (
    <ActionForm action={action} successMessage={done} redirectTo="/billing">
      <input type="hidden" name="tier" value={tier} />
      <input type="hidden" name="interval" value={interval} />
      <input type="hidden" name="acceptsExcess" value={String(acceptsExcess)} />
      <SubmitButton variant={variant}>{label}</SubmitButton>
    </ActionForm>
  );
}
