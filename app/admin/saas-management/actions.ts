"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { createOrganization, inviteOwner, setOrganizationLimit, setOrganizationStatus } from "@/lib/console";
import { limitChange, newOrganization, ownerInvitation, statusChange } from "@/lib/console/schema";
import { platformAction } from "@/lib/security/action";

const PATH = "/admin/saas-management/organizations";

export const createOrganizationAction = platformAction(newOrganization, async (staff, input) => {
  redirect(`${PATH}/${await createOrganization(staff, input)}`);
});

export const setStatusAction = platformAction(statusChange, async (staff, input) => {
  await setOrganizationStatus(staff, input);
  revalidatePath(`${PATH}/${input.organizationId}`);
});

export const setLimitAction = platformAction(limitChange, async (staff, input) => {
  await setOrganizationLimit(staff, input);
  revalidatePath(`${PATH}/${input.organizationId}`);
});

export const inviteOwnerAction = platformAction(ownerInvitation, async (staff, input) => {
  await inviteOwner(staff, input);
  revalidatePath(`${PATH}/${input.organizationId}`);
});
