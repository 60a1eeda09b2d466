import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BranchFields } from "@/components/settings/branch-fields";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ActionForm, FormActions, SubmitButton } from "@/components/ui/form";
import { ProblemLink } from "@/components/ui/problem-link";
import { formatPhone } from "@/lib/chile/phone";
import { getTranslations } from "@/lib/i18n";
import { findBranch } from "@/lib/organizations";
import { requireMember } from "@/lib/security/member";
import { updateBranchAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("branches.editTitle") };
}

export default async function BranchPage({ params }: PageProps<"/settings/branches/[branchId]">) {
  const member = await requireMember("branches.manage");
  const branch = await findBranch(member, (await params).branchId);
  if (!branch) notFound();
  const [t, common] = await Promise.all([
    getTranslations("settings.branches"),
    getTranslations("common.actions"),
  ]);
  return (
    <Card title={t("editTitle")} className="max-w-3xl">
      <ActionForm action={updateBranchAction} successMessage={t("saved")} redirectTo="/settings/branches">
        <ProblemLink
          code="conflict"
          href={`/settings/branches/${branch.id}`}
          label={t("seeCurrent")}
          newTab
        />
        <input type="hidden" name="id" value={branch.id} />
        <input type="hidden" name="version" value={branch.version} />
        <BranchFields branch={branch} phone={branch.phone ? formatPhone(branch.phone) : ""} />
        <FormActions>
          <ButtonLink href="/settings/branches">{common("cancel")}</ButtonLink>
          <SubmitButton>{t("save")}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Card>
  );
}
