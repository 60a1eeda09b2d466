"use server";
import { revalidatePath } from "next/cache";
import { gatewayReference, noticeReference } from "@/lib/console";
import { replayDeadNotices, replayNotice } from "@/lib/payments";
import { platformAction } from "@/lib/security/action";

const PATH = "/admin/saas-management/webhooks";

export const replayNoticeAction = platformAction(noticeReference, async (staff, { id }) => {
  await replayNotice(staff, id);
  revalidatePath(PATH, "layout");
});

export const replayDeadAction = platformAction(gatewayReference, async (staff, { id }) => {
  await replayDeadNotices(staff, id);
  revalidatePath(PATH, "layout");
});
