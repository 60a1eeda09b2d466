import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { ChoiceGroup } from "./choice-group";

export interface BranchChoiceProps {
  branches: readonly { readonly id: string; readonly name: string }[];
  all: boolean;
  chosen: readonly string[];
}

/** Where somebody works: everywhere, or in the branches that are ticked. */
export function BranchChoice({ branches, all, chosen }: BranchChoiceProps) {
  const t = useTranslations("members");
  return (
    <ChoiceGroup name="branchIds" legend={t("branchesLabel")} className="group/branches">
      <Checkbox
        name="allBranches"
        label={t("allBranches")}
        hint={t("allBranchesHint")}
        defaultChecked={all}
      />
      <div className="grid gap-x-4 group-has-[[name=allBranches]:checked]/branches:hidden sm:grid-cols-2">
        {branches.map(({ id, name }) => (
          <Checkbox
            key={id}
            name="branchIds[]"
            value={id}
            label={name}
            defaultChecked={chosen.includes(id)}
          />
        ))}
      </div>
    </ChoiceGroup>
  );
}
