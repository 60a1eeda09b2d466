"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormAction, sendAction } from "./form-outcome";
import { toast } from "./toast";

/** Where to go when a limit of the plan refuses something. */
export interface PlansOffer {
  href: string;
  label: string;
}

/**
 * Sends values to a server action outside of a form; a refusal or a lost connection is told by a toast.
 *
 * @returns a sender that answers what the action gave, or null when nothing was done or nobody knows
 */
export function useSend() {
  const t = useTranslations("ui.failure");
  const router = useRouter();

  return async function send<T>(
    action: FormAction<T>,
    values: Readonly<Record<string, string>>,
    plans?: PlansOffer,
  ): Promise<{ readonly data: T } | null> {
    const form = new FormData();
    for (const [name, value] of Object.entries(values)) form.set(name, value);
    const outcome = await sendAction(action, null, form);
    if (outcome.ok) return outcome;
    if ("failure" in outcome) {
      toast.danger(t(outcome.failure === "unknown" ? "detail" : outcome.failure));
    } else {
      const offer = plans && outcome.problem.code === "tier.limit_exceeded";
      toast.danger(
        outcome.problem.detail,
        offer ? { action: { label: plans.label, run: () => router.push(plans.href) } } : {},
      );
    }
    return null;
  };
}
