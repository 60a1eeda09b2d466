"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "@/lib/i18n";
import {
  changeAccess,
  getInvitation,
  invitation,
  invitationReference,
  inviteMember,
  memberAccess,
  memberReference,
  removeMember,
  resendInvitation,
  resetSecondFactor,
  restoreMember,
  revokeInvitation,
  suspendMember,
} from "@/lib/members";
import { memberAction } from "@/lib/security/action";
import type { Member } from "@/lib/security/member";
import { limit } from "@/lib/security/rate-limit";

const permission = "users.manage" as const;
const HOUR_SECONDS = 3_600;

/** Invitations are mails to strangers in our name: so many an hour from one shop, and fewer to one address. */
async function limitInvitations(member: Member, to: string): Promise<void> {
  const guard = { perSeconds: HOUR_SECONDS, kind: "guard" } as const;
  await limit({ name: "invitation.organization", key: member.organization.id, max: 30, ...guard });
  await limit({ name: "invitation.address", key: `${member.organization.id} ${to}`, max: 5, ...guard });
}

export const inviteMemberAction = memberAction(
  invitation,
  async (member, input) => {
    await limitInvitations(member, input.email);
    await inviteMember(member, input);
    revalidatePath("/settings/users");
  },
  { permission },
);

export const resendInvitationAction = memberAction(
  invitationReference,
  async (member, { id }) => {
    // Each mail is another invitation under another id; the mailbox is one.
    await limitInvitations(member, (await getInvitation(member, id)).email);
    await resendInvitation(member, id);
  },
  { permission },
);

export const revokeInvitationAction = memberAction(
  invitationReference,
  (member, { id }) => revokeInvitation(member, id),
  { permission },
);

export const changeAccessAction = memberAction(memberAccess, changeAccess, { permission });

/** What a toast adds to it, where invitations went with the person. */
async function withdrawnNote(count: number): Promise<{ note?: string }> {
  if (count === 0) return {};
  return { note: (await getTranslations("members"))("withdrawn", { count }) };
}

export const suspendMemberAction = memberAction(
  memberReference,
  async (member, { id }) => withdrawnNote(await suspendMember(member, id)),
  { permission },
);

export const removeMemberAction = memberAction(
  memberReference,
  async (member, { id }) => withdrawnNote(await removeMember(member, id)),
  { permission },
);

export const restoreMemberAction = memberAction(
  memberReference,
  (member, { id }) => restoreMember(member, id),
  {
    permission,
  },
);

export const resetSecondFactorAction = memberAction(
  memberReference,
  async (member, { id }) => {
    await resetSecondFactor(member, id);
    revalidatePath("/settings/users", "layout");
  },
  { permission },
);
