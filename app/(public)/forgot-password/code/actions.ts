"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import type { ActionResult } from "@/lib/errors";
import { pendingRecovery, recoverPassword, requestRecovery } from "@/lib/identity";
import { proofInput } from "@/lib/identity/schema";
import { publicAction } from "@/lib/security/action";
import { currentVisitor } from "@/lib/security/visitor";

export const recoverPasswordAction = publicAction(proofInput, async (proof): Promise<void> => {
  redirect(await recoverPassword(await currentVisitor(), proof));
});

const resend = publicAction(z.object({}), async () => {
  const visitor = await currentVisitor();
  const email = pendingRecovery(visitor);
  if (email) await requestRecovery(visitor, { email });
});

export async function resendRecoveryCodeAction(): Promise<ActionResult<void>> {
  return resend(null, {});
}
