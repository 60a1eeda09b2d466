import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AccessFields } from "@/components/members/access-fields";
import { BranchChoice, FixedBranches } from "@/components/members/branch-choice";
import { permissionGroups } from "@/components/members/permission-words";
import { Alert } from "@/components/ui/alert";
import { ConfirmButton } from "@/components/ui/alert-dialog";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ActionForm, FormActions, SubmitButton } from "@/components/ui/form";
import { ProblemLink } from "@/components/ui/problem-link";
import { getTranslations } from "@/lib/i18n";
import {
  type Colleague,
  listMembers,
  listRoles,
  mayGive,
  memberReference,
  type Place,
  type Role,
  reaches,
  reachOf,
  rolesOffered,
} from "@/lib/members";
import { listBranches } from "@/lib/organizations";
import { type Member, requireMember } from "@/lib/security/member";
import { changeAccessAction, resetSecondFactorAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("members"))("edit") };
}

export default async function MemberPage({ params }: PageProps<"/settings/users/[memberId]">) {
  const member = await requireMember("users.manage");
  const { memberId: id } = await params;
  if (!memberReference.safeParse({ id }).success) notFound();
  const [everybody, roles, branches, t] = await Promise.all([
    listMembers(member),
    listRoles(member),
    listBranches(member),
    getTranslations("members"),
  ]);
  const colleague = everybody.find((person) => person.id === id);
  if (!colleague || colleague.status === "removed") notFound();
  const isSelf = colleague.id === member.memberId;
  if (colleague.role === "owner" && member.role !== "owner")
    return <Alert tone="info">{t("ownerNotice")}</Alert>;
  return (
    <div className="flex max-w-4xl flex-col gap-6">
      <Card title={t("editTitle", { name: colleague.fullName })} description={colleague.email}>
        {isSelf && (
          <Alert tone="info" className="mb-5">
            {t(member.role === "owner" ? "selfNotice" : "selfPlaceNotice")}
          </Alert>
        )}
        <AccessForm
          member={member}
          colleague={colleague}
          roles={roles}
          branches={branches.filter(({ archivedAt }) => !archivedAt)}
          reach={reachOf(
            member,
            everybody.find((person) => person.id === member.memberId),
          )}
        />
      </Card>
      {member.role === "owner" && colleague.secondFactor && !isSelf && <ResetFactor colleague={colleague} />}
    </div>
  );
}

interface AccessFormProps extends PlaceFieldsProps {
  roles: readonly Role[];
}

async function AccessForm({ member, colleague, roles, ...place }: AccessFormProps) {
  const [t, common] = await Promise.all([getTranslations("members"), getTranslations("common.actions")]);
  const ofRole = roles.find(({ role }) => role === colleague.role)?.permissions ?? [];
  const held = [...ofRole, ...colleague.granted].filter(
    (permission) => !colleague.revoked.includes(permission),
  );
  return (
    <ActionForm action={changeAccessAction} successMessage={t("saved")} redirectTo="/settings/users">
      <ProblemLink code="conflict" href={`/settings/users/${colleague.id}`} label={t("seeCurrent")} newTab />
      <input type="hidden" name="id" value={colleague.id} />
      <input type="hidden" name="updatedAt" value={colleague.updatedAt} />
      <div className="flex flex-col gap-6">
        <PlaceFields member={member} colleague={colleague} {...place} />
        <AccessFields
          role={colleague.role}
          held={held}
          roles={rolesOffered(member, colleague, roles).map(({ role, permissions }) => ({
            role,
            label: t(`roles.${role}`),
            permissions,
          }))}
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

interface PlaceFieldsProps {
  member: Member;
  colleague: Colleague;
  branches: readonly { readonly id: string; readonly name: string }[];
  /** Where the editor may let others work. */
  reach: Place;
}

/** Where the person works. What the editor does not hold is not offered, and stays where the person has it. */
function PlaceFields({ member, colleague, branches, reach }: PlaceFieldsProps) {
  const place = { all: colleague.allBranches, chosen: colleague.branchIds };
  const isOwn = colleague.id === member.memberId && member.role !== "owner";
  if (isOwn || (colleague.allBranches && !reach.allBranches))
    return <FixedBranches branches={branches} {...place} />;
  const offered = branches
    .map((branch) => ({ ...branch, fixed: !reaches(reach, { allBranches: false, branchIds: [branch.id] }) }))
    .filter(({ id, fixed }) => !fixed || colleague.branchIds.includes(id));
  return <BranchChoice branches={offered} {...place} offersAll={reach.allBranches} />;
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
