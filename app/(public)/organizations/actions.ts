"use server";

import { redirect } from "next/navigation";
import { chooseOrganization } from "@/lib/identity";
import { chosenOrganization } from "@/lib/identity/schema";
import { publicAction } from "@/lib/security/action";
import { safePath } from "@/lib/security/safe-path";
import { requireCaller } from "@/lib/security/session";
import { currentVisitor } from "@/lib/security/visitor";

export const chooseOrganizationAction = publicAction(
  chosenOrganization,
  async ({ id, next }): Promise<void> => {
    const goingTo = safePath(next, "") || null;
    redirect(await chooseOrganization(await currentVisitor(), await requireCaller(), id, goingTo));
  },
);
