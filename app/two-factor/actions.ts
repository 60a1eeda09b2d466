"use server";

import { redirect } from "next/navigation";
import { beginTwoFactor, confirmTwoFactor, destinationOf, standingOf, stepUp } from "@/lib/identity";
import { beginInput, stepUpInput } from "@/lib/identity/schema";
import { publicAction } from "@/lib/security/action";
import { safePath } from "@/lib/security/safe-path";
import { requireCaller } from "@/lib/security/session";
import { currentVisitor } from "@/lib/security/visitor";

export const stepUpAction = publicAction(stepUpInput, async ({ code, next }): Promise<void> => {
  const caller = await requireCaller();
  await stepUp(await currentVisitor(), caller, code);
  const standing = await standingOf(caller);
  redirect(standing ? destinationOf(standing, safePath(next, "") || null) : "/login");
});

export const beginAction = publicAction(beginInput, async ({ currentPassword, next }): Promise<void> => {
  await beginTwoFactor(await currentVisitor(), await requireCaller(), currentPassword);
  const goingTo = safePath(next, "");
  redirect(goingTo ? `/two-factor?next=${encodeURIComponent(goingTo)}` : "/two-factor");
});

export const confirmAction = publicAction(stepUpInput, async ({ code }) =>
  confirmTwoFactor(await currentVisitor(), await requireCaller(), code),
);
