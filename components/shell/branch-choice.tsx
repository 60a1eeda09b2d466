"use client";

import type { FormAction } from "@/components/ui/form-outcome";
import { MapPin } from "@/components/ui/icons";
import { MenuChoice } from "@/components/ui/menu";
import { useSend } from "@/components/ui/use-send";

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
  const send = useSend();
  return (
    <MenuChoice
      checked={checked}
      icon={<MapPin aria-hidden className="size-4" />}
      action={() => send(switchBranch, { id: branch.id })}
    >
      {branch.name}
    </MenuChoice>
  );
}
