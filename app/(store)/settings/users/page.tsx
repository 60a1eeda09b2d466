import type { Metadata } from "next";
import { InvitationList } from "@/components/members/invitation-list";
import { InviteForm } from "@/components/members/invite-form";
import { MemberTable } from "@/components/members/member-table";
import { RemovedList } from "@/components/members/removed-list";
import { RoleTable } from "@/components/members/role-table";
import { LimitCard } from "@/components/settings/limit-card";
import { Card } from "@/components/ui/card";
import { DialogButton } from "@/components/ui/dialog";
import { UserPlus } from "@/components/ui/icons";
import { getTranslations } from "@/lib/i18n";
import {
  type Colleague,
  couldGiveAll,
  type Givable,
  listInvitations,
  listMembers,
  listRoles,
  mayGiveRole,
  type PendingInvitation,
  reaches,
  reachOf,
} from "@/lib/members";
import { type Branch, getUsage, listBranches, type Usage } from "@/lib/organizations";
import { type Member, requireMember } from "@/lib/security/member";
import {
  inviteMemberAction,
  removeMemberAction,
  resendInvitationAction,
  restoreMemberAction,
  revokeInvitationAction,
  suspendMemberAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("tabs.users") };
}

export default async function UsersPage() {
  const member = await requireMember("users.read");
  const [members, invitations, roles, branches, usage, t] = await Promise.all([
    listMembers(member),
    listInvitations(member),
    listRoles(member),
    listBranches(member),
    getUsage(member, "users"),
    getTranslations("members"),
  ]);
  const mayManage = member.can("users.manage");
  const mayUpgrade = member.can("billing.read");
  const waiting = invitations.filter(({ expired }) => !expired).length;
  const givable: Givable = {
    roles: roles.filter((role) => mayGiveRole(member, role)).map(({ role }) => role),
    reach: reachOf(
      member,
      members.find(({ id }) => id === member.memberId),
    ),
    archived: branches.filter(({ archivedAt }) => archivedAt !== null).map(({ id }) => id),
  };
  return (
    <>
      <LimitCard
        label={t("usage")}
        usage={usage}
        full={t("full")}
        mayUpgrade={mayUpgrade}
        note={waiting > 0 && t("promised", { count: waiting })}
      />
      <Card
        flush
        title={t("caption")}
        actions={
          mayManage && (
            <Invite
              member={member}
              givable={givable}
              branches={branches}
              usage={{ used: usage.used + waiting, max: usage.max }}
            />
          )
        }
      >
        <MemberTable
          members={members
            .filter(({ status }) => status !== "removed")
            .map((colleague) => listed(colleague, member, givable, branches))}
          actions={{
            suspend: suspendMemberAction,
            remove: removeMemberAction,
            restore: restoreMemberAction,
            mayUpgrade,
          }}
        />
      </Card>
      <InvitationList
        invitations={invitations.map((invitation) => offered(invitation, givable))}
        timeZone={member.branch?.timeZone ?? "America/Santiago"}
        actions={mayManage ? { resend: resendInvitationAction, revoke: revokeInvitationAction } : null}
      />
      <RemovedList
        members={members
          .filter(({ status }) => status === "removed")
          .map((person) => ({ ...person, restorable: couldGiveAll(member, givable, person) }))}
        restore={mayManage ? restoreMemberAction : null}
        mayUpgrade={mayUpgrade}
      />
      <RoleTable roles={roles} />
    </>
  );
}

interface InviteProps {
  member: Member;
  givable: Givable;
  branches: readonly Branch[];
  usage: Usage;
}

async function Invite({ member, givable: { roles, reach }, branches, usage }: InviteProps) {
  const t = await getTranslations("members");
  return (
    <DialogButton
      label={t("invite")}
      icon={<UserPlus aria-hidden />}
      variant="primary"
      buttonSize="sm"
      title={t("inviteTitle")}
      description={t("inviteDescription")}
    >
      <InviteForm
        roles={roles}
        branches={branches.filter(
          ({ id, archivedAt }) =>
            archivedAt === null && reaches(reach, { allBranches: false, branchIds: [id] }),
        )}
        offersAll={reach.allBranches}
        action={inviteMemberAction}
        usage={usage}
        mayUpgrade={member.can("billing.read")}
      />
    </DialogButton>
  );
}

function offered(invitation: PendingInvitation, { roles, reach }: Givable) {
  const revocable = roles.includes(invitation.role);
  return { ...invitation, revocable, resendable: revocable && reaches(reach, invitation) };
}

function listed(colleague: Colleague, reader: Member, givable: Givable, branches: readonly Branch[]) {
  const names = branches.filter(
    ({ id, archivedAt }) => archivedAt === null && colleague.branchIds.includes(id),
  );
  const isSelf = colleague.id === reader.memberId;
  const mayManage = reader.can("users.manage");
  return {
    ...colleague,
    branchNames: colleague.allBranches ? null : names.map(({ name }) => name),
    isSelf,
    editable: mayManage && (colleague.role !== "owner" || reader.role === "owner"),
    movable: mayManage && !isSelf && couldGiveAll(reader, givable, colleague),
  };
}
