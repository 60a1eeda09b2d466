"use client";

import { useTranslations } from "next-intl";
import { isUndone, orUnanswered } from "./form-outcome";
import { toast } from "./toast";

/**
 * Runs a server action that takes no values; a refusal or a lost connection is told by a toast, and the page stays.
 *
 * @returns a runner that answers whether it was done
 */
export function useRun(): (action: () => Promise<unknown>) => Promise<boolean> {
  const t = useTranslations("ui.failure");

  return async function run(action) {
    const answer = await orUnanswered(action);
    if (!isUndone(answer)) return true;
    const { problem, failure } = answer;
    if (problem) toast.danger(problem.detail);
    else toast.danger(t(failure === "offline" ? "undoneOffline" : failure === "stale" ? "stale" : "undone"));
    return false;
  };
}
