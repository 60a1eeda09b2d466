export { changeAccess } from "./change-access";
export { removeMember, restoreMember, suspendMember } from "./change-status";
export { inviteMember } from "./invite-member";
export { getInvitation, listInvitations, type PendingInvitation } from "./list-invitations";
export { type Colleague, findColleague, listMembers } from "./list-members";
export { listRoles, type Role } from "./list-roles";
export {
  couldGiveAll,
  type Givable,
  mayGive,
  mayGiveRole,
  type Place,
  reaches,
  reachOf,
  rolesOffered,
} from "./may-give";
export { resendInvitation } from "./resend-invitation";
export { resetSecondFactor } from "./reset-second-factor";
export { revokeInvitation } from "./revoke-invitation";
export {
  type Invitation,
  invitation,
  invitationReference,
  type MemberAccess,
  memberAccess,
  memberReference,
} from "./schema";
