import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { ChoiceGroup } from "./choice-group";

export interface BranchOption {
  readonly id: string;
  readonly name: string;
  /** Stays as it is: it is told, and sent along. */
  readonly fixed?: boolean;
}

export interface BranchChoiceProps {
  branches: readonly BranchOption[];
  all: boolean;
  chosen: readonly string[];
  /** Offers all branches, those of later included; who works in some alone cannot give that. */
  offersAll?: boolean;
}

/** Where somebody works: everywhere, or in the branches that are ticked. */
export function BranchChoice({ branches, all, chosen, offersAll = true }: BranchChoiceProps) {
  const t = useTranslations("members");
  return (
    <ChoiceGroup name="branchIds" legend={t("branchesLabel")} className="group/branches">
      {offersAll && (
        <Checkbox
          name="allBranches"
          label={t("allBranches")}
          hint={t("allBranchesHint")}
          defaultChecked={all}
        />
      )}
      <div className="grid gap-x-4 group-has-[[name=allBranches]:checked]/branches:hidden sm:grid-cols-2">
        {branches.map(({ id, name, fixed = false }) => (
          <div key={id}>
            <Checkbox
              name="branchIds[]"
              value={id}
              label={name}
              defaultChecked={chosen.includes(id)}
              disabled={fixed}
            />
            {/* A box that is disabled sends nothing. */}
            {fixed && chosen.includes(id) && <input type="hidden" name="branchIds[]" value={id} />}
          </div>
        ))}
      </div>
    </ChoiceGroup>
  );
}

/** The same for who may not change it: it is told, and sent as it is. */
export function FixedBranches({ branches, all, chosen }: Omit<BranchChoiceProps, "offersAll">) {
  const t = useTranslations("members");
  const places = branches.filter(({ id }) => chosen.includes(id));
  return (
    <ChoiceGroup name="branchIds" legend={t("branchesLabel")}>
      <p className="py-2">
        {all ? t("allBranches") : places.map(({ name }) => name).join(", ") || t("noBranches")}
      </p>
      {all && <input type="hidden" name="allBranches" value="on" />}
      {!all && places.map(({ id }) => <input key={id} type="hidden" name="branchIds[]" value={id} />)}
    </ChoiceGroup>
  );
}
