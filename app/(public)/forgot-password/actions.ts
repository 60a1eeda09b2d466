"use server";

import { redirect } from "next/navigation";
import { requestRecovery } from "@/lib/identity";
import { codeRequestInput } from "@/lib/identity/schema";
import { publicAction } from "@/lib/security/action";
import { currentVisitor } from "@/lib/security/visitor";

export const requestRecoveryAction = publicAction(codeRequestInput, async (input): Promise<void> => {
  await requestRecovery(await currentVisitor(), input);
  redirect("/forgot-password/code");
});
