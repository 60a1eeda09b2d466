"use client";

import { useTranslations } from "next-intl";
import { type FormAction, sendAction } from "@/components/ui/form-outcome";
import { MapPin } from "@/components/ui/icons";
import { MenuChoice } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";

export interface ShellBranch {
  id: string;
  name: string;
}

/** Goes to work at one branch; says so when it is not to be had any more. */
export function BranchChoice({
  branch,
  checked,
  switchBranch,
}: {
  branch: ShellBranch;
  checked: boolean;
  switchBranch: FormAction<void>;
}) {
  const t = useTranslations("ui.failure");
  async function choose() {
    const data = new FormData();
    data.set("id", branch.id);
    const outcome = await sendAction(switchBranch, null, data);
    if (outcome.ok) return;
    const reason =
      "failure" in outcome
        ? t(outcome.failure === "unknown" ? "detail" : outcome.failure)
        : outcome.problem.detail;
    toast.danger(reason);
  }
  return (
    <MenuChoice checked={checked} icon={<MapPin aria-hidden className="size-4" />} action={choose}>
      {branch.name}
    </MenuChoice>
  );
}
