import type { Metadata } from "next";
import { LimitOffer } from "@/components/billing/limit-offer";
import { NearLimit } from "@/components/billing/near-limit";
import { BranchFields } from "@/components/settings/branch-fields";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ActionForm, FormActions, SubmitButton } from "@/components/ui/form";
import { getTranslations } from "@/lib/i18n";
import { getUsage } from "@/lib/organizations";
import { requireMember } from "@/lib/security/member";
import { createBranchAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("branches.newTitle") };
}

export default async function NewBranchPage() {
  const member = await requireMember("branches.manage");
  const [usage, t, common] = await Promise.all([
    getUsage(member, "branches"),
    getTranslations("settings.branches"),
    getTranslations("common.actions"),
  ]);
  const mayUpgrade = member.can("billing.read");
  return (
    <Card title={t("newTitle")} className="max-w-3xl">
      <NearLimit metric="branches" usage={usage} mayUpgrade={mayUpgrade} />
      <ActionForm action={createBranchAction} successMessage={t("created")} redirectTo="/settings/branches">
        <LimitOffer scope={member.memberId} mayUpgrade={mayUpgrade} />
        <BranchFields />
        <FormActions>
          <ButtonLink href="/settings/branches">{common("cancel")}</ButtonLink>
          <SubmitButton>{t("create")}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Card>
  );
}
