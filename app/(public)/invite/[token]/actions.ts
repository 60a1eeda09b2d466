"use server";

import { redirect } from "next/navigation";
import type { ActionResult } from "@/lib/errors";
import { acceptInvitation, joinShop, sendInvitationCode } from "@/lib/identity";
import { acceptInvitationInput, invitationInput, joinInput } from "@/lib/identity/schema";
import { publicAction } from "@/lib/security/action";
import { requireCaller } from "@/lib/security/session";
import { endSession } from "@/lib/security/session-end";
import { callerAt, currentVisitor } from "@/lib/security/visitor";

export const sendInvitationCodeAction = publicAction(invitationInput, async (input): Promise<void> => {
  await sendInvitationCode(await currentVisitor(), input);
  redirect(`/invite/${input.token}?step=code`);
});

const resend = publicAction(invitationInput, async (input) =>
  sendInvitationCode(await currentVisitor(), input),
);

export async function resendInvitationCodeAction(token: string): Promise<ActionResult<void>> {
  return resend(null, { token });
}

export const acceptInvitationAction = publicAction(acceptInvitationInput, async (input): Promise<void> => {
  redirect(await acceptInvitation(await currentVisitor(), input));
});

/** For the invited person, signed in already. */
export const joinAction = publicAction(joinInput, async (input): Promise<void> => {
  redirect(await joinShop(await currentVisitor(), await requireCaller(), input));
});

/** Somebody else is signed in at this browser. */
export async function leaveAction(token: string): Promise<void> {
  const visitor = await currentVisitor();
  await endSession(await callerAt(visitor), visitor.cookies);
  redirect(`/invite/${encodeURIComponent(token)}`);
}
