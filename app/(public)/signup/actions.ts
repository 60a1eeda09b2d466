"use server";

import { redirect } from "next/navigation";
import { openShop, requestSignUp } from "@/lib/identity";
import { shopInput, signUpInput } from "@/lib/identity/schema";
import { publicAction } from "@/lib/security/action";
import { requireCaller } from "@/lib/security/session";
import { currentVisitor } from "@/lib/security/visitor";

export const requestSignUpAction = publicAction(signUpInput, async (input): Promise<void> => {
  await requestSignUp(await currentVisitor(), input);
  redirect("/signup/code");
});

/** For somebody who is signed in already. */
export const openShopAction = publicAction(shopInput, async (input): Promise<void> => {
  redirect(await openShop(await currentVisitor(), await requireCaller(), input));
});
