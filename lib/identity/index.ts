export { signOut } from "./actions";
export { destinationOf, type Standing, standingOf } from "./context";
export { typedName } from "./enter-with-code";
export {
  acceptInvitation,
  findInvitation,
  type Invitation,
  joinShop,
  sendInvitationCode,
} from "./invitations";
export { chooseOrganization, listOrganizations, type OwnOrganization, switchBranch } from "./organizations";
export { changeOwnName, changePassword, setApprovalCode } from "./profile";
export { pendingRecovery, recoverPassword, requestRecovery } from "./recover-password";
export { signIn } from "./sign-in";
export { completeSignUp, openShop, pendingSignUp, requestSignUp, resendSignUpCode } from "./sign-up";
export {
  beginTwoFactor,
  confirmTwoFactor,
  mayConfirmAgain,
  mayEnrolWithoutPassword,
  removeTwoFactor,
  replaceRecoveryCodes,
  stepUp,
  type TwoFactor,
  twoFactorOf,
} from "./two-factor";
