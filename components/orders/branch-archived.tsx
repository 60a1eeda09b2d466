import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";

interface BranchArchivedProps {
  branchName: string;
  mayManageBranches: boolean;
}

/** Why a sale cannot be voided where nobody can take its goods up any more, and what has to come first. */
export function BranchArchived({ branchName, mayManageBranches }: BranchArchivedProps) {
  const t = useTranslations("orders.void");
  const way = mayManageBranches && (
    <ButtonLink href="/settings/branches" size="sm">
      {t("seeBranches")}
    </ButtonLink>
  );
  return (
    <Alert tone="info" actions={way} className="mb-6">
      {t("branchArchived", { branch: branchName })}
    </Alert>
  );
}
