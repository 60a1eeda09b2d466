import { BranchFields } from "@/components/settings/branch-fields";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ActionForm, FormActions, SubmitButton } from "@/components/ui/form";
import { ProblemLink } from "@/components/ui/problem-link";
import { getTranslations } from "@/lib/i18n";
import { requireMember } from "@/lib/security/member";
import { createBranchAction } from "../actions";

export default async function NewBranchPage() {
  await requireMember("branches.manage");
  const [t, common] = await Promise.all([
    getTranslations("settings.branches"),
    getTranslations("common.actions"),
  ]);
  return (
    <Card title={t("newTitle")} className="max-w-3xl">
      <ActionForm action={createBranchAction} successMessage={t("created")} redirectTo="/settings/branches">
        <ProblemLink code="tier.limit_exceeded" href="/billing" label={t("plans")} />
        <BranchFields />
        <FormActions>
          <ButtonLink href="/settings/branches">{common("cancel")}</ButtonLink>
          <SubmitButton>{t("create")}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Card>
  );
}
