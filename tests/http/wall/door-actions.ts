import { caller, type Entry, everybody, name, proof, token } from "./entry";

const shop = () => ({
  shopName: name("Óptica"),
  branchName: "Centro",
  fullName: "Ana Rojas",
  timeZone: "America/Santiago",
});

/** What is done before a session, and by whoever has one. */
export const doors: Record<string, Entry> = {
  "app/(public)/forgot-password/actions.ts#requestRecoveryAction": everybody(
    "whoever forgot the password has no session; limited, and answers alike for every address",
    () => [null, { email: "" }],
  ),
  "app/(public)/forgot-password/code/actions.ts#recoverPasswordAction": everybody(
    "the mailed code is the proof; limited",
    () => [null, proof],
  ),
  "app/(public)/forgot-password/code/actions.ts#resendRecoveryCodeAction": everybody(
    "sends only to the address that the sealed cookie names; limited",
    () => [],
  ),
  "app/(public)/invite/[token]/actions.ts#sendInvitationCodeAction": everybody(
    "the invitation's secret is the proof; limited",
    () => [null, { token: token() }],
  ),
  "app/(public)/invite/[token]/actions.ts#resendInvitationCodeAction": everybody(
    "the invitation's secret is the proof; limited",
    () => [token()],
  ),
  "app/(public)/invite/[token]/actions.ts#acceptInvitationAction": everybody(
    "the invitation's secret and the mailed code are the proof; limited",
    () => [null, { token: token(), fullName: "Ana Rojas", ...proof }],
  ),
  "app/(public)/invite/[token]/actions.ts#leaveAction": everybody(
    "ends the session of the browser that asks, if there is one",
    () => [token()],
  ),
  "app/(public)/login/actions.ts#signInAction": everybody("is how a session begins; limited", () => [
    null,
    { email: "", password: "" },
  ]),
  "app/(public)/signup/actions.ts#requestSignUpAction": everybody("is how a shop begins; limited", () => [
    null,
    { ...shop(), email: "" },
  ]),
  "app/(public)/signup/code/actions.ts#completeSignUpAction": everybody(
    "the mailed code is the proof; limited",
    () => [null, proof],
  ),
  "app/(public)/signup/code/actions.ts#resendSignUpCodeAction": everybody(
    "sends only to the address that the sealed cookie names; limited",
    () => [],
  ),
  "lib/i18n/actions.ts#setLocale": everybody("remembers a language in the browser that asks", () => ["en"]),
  "lib/identity/actions.ts#signOut": everybody("ends the session of the browser that asks, if any", () => []),
};

/** What is done by whoever is signed in, member or not. */
export const callers: Record<string, Entry> = {
  "app/(public)/organizations/actions.ts#chooseOrganizationAction": caller(({ organization }) => ({
    id: organization,
  })),
  "app/(public)/invite/[token]/actions.ts#joinAction": {
    ...caller(() => ({ token: token(), fullName: "Ana Rojas" })),
    shutBecause: "only the invited person has the secret; tests/http/identity-joining lets them in",
  },
  // One name, because a person opens a few shops in a day: sent again, the same form makes no other.
  "app/(public)/signup/actions.ts#openShopAction": caller(() => ({ ...shop(), shopName: "Óptica Nueva" })),
  "app/two-factor/actions.ts#beginAction": caller(() => ({})),
  "app/two-factor/actions.ts#confirmAction": caller(() => ({ code: "000000" })),
  "app/two-factor/actions.ts#stepUpAction": caller(() => ({ code: "000000" })),
};
