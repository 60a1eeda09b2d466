"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormAction, sendAction } from "./form-outcome";
import type { Problem } from "./problem";
import { toast } from "./toast";

/** Where to go when something was refused. */
export interface WayOut {
  href: string;
  label: string;
}

/** By the code of a refusal, the way out of it. */
export type WaysOut = Readonly<Partial<Record<Problem["code"], WayOut>>>;

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
    ways: WaysOut = {},
  ): Promise<{ readonly data: T } | null> {
    const form = new FormData();
    for (const [name, value] of Object.entries(values)) form.set(name, value);
    const outcome = await sendAction(action, null, form);
    if (outcome.ok) return outcome;
    if ("failure" in outcome) {
      toast.danger(t(outcome.failure === "unknown" ? "detail" : outcome.failure));
    } else {
      const way = ways[outcome.problem.code];
      toast.danger(
        outcome.problem.detail,
        way ? { action: { label: way.label, run: () => router.push(way.href) } } : {},
      );
    }
    return null;
  };
}
