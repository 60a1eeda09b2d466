"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import {
  changedOrganization,
  changeLogo,
  newLogo,
  removeLogo,
  updateOrganization,
} from "@/lib/organizations";
import { memberAction } from "@/lib/security/action";

const permission = "organization.manage" as const;

export const updateOrganizationAction = memberAction(
  changedOrganization,
  async (member, details) => {
    await updateOrganization(member, details);
    revalidatePath("/", "layout"); // the name stands in the navigation
  },
  { permission },
);

export const changeLogoAction = memberAction(
  newLogo,
  async (member, input) => {
    await changeLogo(member, input);
    revalidatePath("/settings");
  },
  { permission },
);

export const removeLogoAction = memberAction(
  z.object({}),
  async (member) => {
    await removeLogo(member);
    revalidatePath("/settings");
  },
  { permission },
);
