"use server";
import { revalidatePath } from "next/cache";
import { publishTier, tierForm } from "@/lib/console";
import { platformAction } from "@/lib/security/action";

export const publishTierAction = platformAction(tierForm, async (staff, input) => {
  await publishTier(staff, input);
  revalidatePath("/admin/saas-management/tiers");
});
