"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import {
  beginTwoFactor,
  changeOwnName,
  changePassword,
  removeTwoFactor,
  replaceRecoveryCodes,
  setApprovalCode,
} from "@/lib/identity";
import {
  approvalCodeInput,
  factorChangeInput,
  nameInput,
  passwordChangeInput,
  passwordProofInput,
} from "@/lib/identity/schema";
import { memberAction } from "@/lib/security/action";
import { endEverySession } from "@/lib/security/session-end";
import { currentVisitor } from "@/lib/security/visitor";

const nothing = z.object({});
const anywhere = { suspended: "allowed" } as const;

export const changeNameAction = memberAction(nameInput, async (member, { fullName }): Promise<void> => {
  await changeOwnName(member, fullName);
  revalidatePath("/", "layout");
});

export const changePasswordAction = memberAction(
  passwordChangeInput,
  async (member, input) => changePassword(await currentVisitor(), member, input),
  anywhere,
);

export const beginTwoFactorAction = memberAction(
  passwordProofInput,
  async (member, { currentPassword }): Promise<void> => {
    await beginTwoFactor(await currentVisitor(), member, currentPassword);
    redirect("/two-factor?next=/profile");
  },
  anywhere,
);

export const removeTwoFactorAction = memberAction(
  factorChangeInput,
  async (member, input): Promise<void> => {
    await removeTwoFactor(await currentVisitor(), member, input);
    revalidatePath("/profile");
  },
  anywhere,
);

export const replaceRecoveryCodesAction = memberAction(
  factorChangeInput,
  async (member, input) => replaceRecoveryCodes(await currentVisitor(), member, input),
  anywhere,
);

export const setApprovalCodeAction = memberAction(
  approvalCodeInput,
  async (member, { pin }): Promise<void> => {
    await setApprovalCode(member, pin);
    revalidatePath("/profile");
  },
  { permission: "discounts.approve" },
);

export const signOutEverywhereAction = memberAction(
  nothing,
  async (member): Promise<void> => {
    await endEverySession(member, (await currentVisitor()).cookies);
    redirect("/login");
  },
  anywhere,
);
