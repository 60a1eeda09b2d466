"use server";

import { memberAction } from "@/lib/security/action";
import { removeView, saveView, viewInput, viewReference } from "@/lib/views";

export const saveViewAction = memberAction(viewInput, saveView);

export const removeViewAction = memberAction(viewReference, async (member, { id }): Promise<void> => {
  await removeView(member, id);
});
