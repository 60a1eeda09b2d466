"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import type { ActionResult } from "@/lib/errors";
import { completeSignUp, resendSignUpCode } from "@/lib/identity";
import { proofInput } from "@/lib/identity/schema";
import { publicAction } from "@/lib/security/action";
import { currentVisitor } from "@/lib/security/visitor";

export const completeSignUpAction = publicAction(proofInput, async (proof): Promise<void> => {
  redirect(await completeSignUp(await currentVisitor(), proof));
});

const resend = publicAction(z.object({}), async () => resendSignUpCode(await currentVisitor()));

export async function resendSignUpCodeAction(): Promise<ActionResult<void>> {
  return resend(null, {});
}
