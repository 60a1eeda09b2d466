import { useTranslations } from "next-intl";
import type { FormAction } from "@/components/ui/form-outcome";
import { ChevronsUpDown } from "@/components/ui/icons";
import { Menu, MenuLabel } from "@/components/ui/menu";
import { BranchChoice, type ShellBranch } from "./branch-choice";

export interface BranchMenuProps {
  organizationName: string;
  branches: readonly ShellBranch[];
  current: ShellBranch | null;
  switchBranch: FormAction<void>;
}

/** The shop and the branch at which the person works; a menu when there is more than one. */
export function BranchMenu({ organizationName, branches, current, switchBranch }: BranchMenuProps) {
  const t = useTranslations("shell");
  const text = (
    <span className="flex min-w-0 flex-col items-start leading-tight">
      <span className="max-w-full truncate text-xs text-ink-faint">{organizationName}</span>
      <span className="max-w-full truncate text-sm font-medium text-ink">{current?.name ?? t("branch")}</span>
    </span>
  );
  if (branches.length < 2) return <div className="flex min-w-0 items-center px-1">{text}</div>;
  return (
    <Menu
      align="start"
      label={t("switchBranch")}
      trigger={
        <>
          {text}
          <span className="sr-only">, {t("switchBranch")}</span>
          <ChevronsUpDown aria-hidden className="size-4 text-ink-faint" />
        </>
      }
      triggerClassName="flex h-11 min-w-0 items-center gap-2 rounded-md px-2.5 text-left transition-colors hover:bg-hover aria-expanded:bg-hover"
    >
      <MenuLabel>{t("branch")}</MenuLabel>
      {branches.map((branch) => (
        <BranchChoice
          key={branch.id}
          branch={branch}
          checked={branch.id === current?.id}
          switchBranch={switchBranch}
        />
      ))}
    </Menu>
  );
}
