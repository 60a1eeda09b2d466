import { notFound } from "next/navigation";
import { AccessFields } from "@/components/members/access-fields";
import { BranchChoice } from "@/components/members/branch-choice";
import { permissionGroups } from "@/components/members/permission-words";
import { Alert } from "@/components/ui/alert";
import { ConfirmButton } from "@/components/ui/alert-dialog";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ActionForm, FormActions, SubmitButton } from "@/components/ui/form";
import { getTranslations } from "@/lib/i18n";
import { type Colleague, findColleague, listRoles, mayGive, memberReference, type Role } from "@/lib/members";
import { listBranches } from "@/lib/organizations";
import { type Member, requireMember } from "@/lib/security/member";
import { changeAccessAction, resetSecondFactorAction } from "../actions";

export default async function MemberPage({ params }: PageProps<"/settings/users/[memberId]">) {
  const member = await requireMember("users.manage");
  const { memberId: id } = await params;
  if (!memberReference.safeParse({ id }).success) notFound();
  const [colleague, roles, branches, t] = await Promise.all([
    findColleague(member, id),
    listRoles(member),
    listBranches(member),
    getTranslations("members"),
  ]);
  if (!colleague || colleague.status === "removed") notFound();
  const isSelf = colleague.id === member.memberId;
  if (colleague.role === "owner" && member.role !== "owner")
    return <Alert tone="info">{t("ownerNotice")}</Alert>;
  return (
    <div className="flex max-w-4xl flex-col gap-6">
      <Card title={t("editTitle", { name: colleague.fullName })} description={colleague.email}>
        {isSelf && (
          <Alert tone="info" className="mb-5">
            {t("selfNotice")}
          </Alert>
        )}
        <AccessForm
          member={member}
          colleague={colleague}
          roles={roles}
          branches={branches.filter(({ archivedAt }) => !archivedAt)}
        />
      </Card>
      {member.role === "owner" && colleague.secondFactor && !isSelf && <ResetFactor colleague={colleague} />}
    </div>
  );
}

interface AccessFormProps {
  member: Member;
  colleague: Colleague;
  roles: readonly Role[];
  branches: readonly { readonly id: string; readonly name: string }[];
}

async function AccessForm({ member, colleague, roles, branches }: AccessFormProps) {
  const [t, common] = await Promise.all([getTranslations("members"), getTranslations("common.actions")]);
  const givable = roles.filter(({ role }) => role !== "owner" || member.role === "owner");
  const ofRole = roles.find(({ role }) => role === colleague.role)?.permissions ?? [];
  const held = [...ofRole, ...colleague.granted].filter(
    (permission) => !colleague.revoked.includes(permission),
  );
  return (
    <ActionForm action={changeAccessAction} successMessage={t("saved")} redirectTo="/settings/users">
      <input type="hidden" name="id" value={colleague.id} />
      <div className="flex flex-col gap-6">
        <BranchChoice branches={branches} all={colleague.allBranches} chosen={colleague.branchIds} />
        <AccessFields
          role={colleague.role}
          held={held}
          roles={givable.map(({ role, permissions }) => ({ role, label: t(`roles.${role}`), permissions }))}
          groups={permissionGroups(t, roles).map(({ title, permissions }) => ({
            title,
            permissions: permissions.map(({ name, label }) => ({
              name,
              label,
              givable: mayGive(member, name),
            })),
          }))}
          texts={{
            role: t("role"),
            title: t("permissionsTitle"),
            hint: t("permissionsHint"),
            owner: t("permissionsOwner"),
            reset: t("resetToRole"),
          }}
        />
      </div>
      <FormActions>
        <ButtonLink href="/settings/users">{common("cancel")}</ButtonLink>
        <SubmitButton>{t("save")}</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

async function ResetFactor({ colleague: { id, fullName: name } }: { colleague: Colleague }) {
  const t = await getTranslations("members");
  return (
    <Card title={t("columns.secondFactor")} description={t("secondFactorOn")}>
      <ConfirmButton
        label={t("resetFactor")}
        title={t("resetFactorTitle", { name })}
        description={t("resetFactorDescription")}
        confirmLabel={t("resetFactor")}
        action={resetSecondFactorAction}
        values={{ id }}
        successMessage={t("resetFactorDone")}
      />
    </Card>
  );
}
