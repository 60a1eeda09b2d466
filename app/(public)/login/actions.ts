"use server";

import { redirect } from "next/navigation";
import { signIn } from "@/lib/identity";
import { signInInput } from "@/lib/identity/schema";
import { publicAction } from "@/lib/security/action";
import { currentVisitor } from "@/lib/security/visitor";

export const signInAction = publicAction(signInInput, async (input): Promise<void> => {
  redirect(await signIn(await currentVisitor(), input));
});
