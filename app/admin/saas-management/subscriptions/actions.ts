"use server";
import { revalidatePath } from "next/cache";
import {
  changePlanByStaff,
  clockDays,
  clockUntil,
  type Excess,
  endForm,
  endSubscription,
  extendSubscription,
  extensionForm,
  planForm,
  removeTestClock,
  resumeForm,
  subscriptionReference,
  takeBackEnd,
} from "@/lib/console";
import { platformAction } from "@/lib/security/action";
import { moveTestClock } from "@/lib/wiring/test-clock";

const PATH = "/admin/saas-management/subscriptions";

/** Whether something was done at once or waits for the end of what runs. */
interface Done {
  readonly when: "now" | "period_end";
}

export const extendAction = platformAction(extensionForm, async (staff, input) => {
  await extendSubscription(staff, input);
  revalidatePath(`${PATH}/${input.organizationId}`);
  return { days: input.days };
});

export const changePlanAction = platformAction(
  planForm,
  async (staff, input): Promise<Done & { excess: readonly Excess[] }> => {
    const excess = await changePlanByStaff(staff, input);
    revalidatePath(`${PATH}/${input.organizationId}`);
    return { when: input.when, excess };
  },
);

export const endAction = platformAction(endForm, async (staff, input): Promise<Done> => {
  await endSubscription(staff, input);
  revalidatePath(`${PATH}/${input.organizationId}`);
  return { when: input.when };
});

export const resumeAction = platformAction(resumeForm, async (staff, input) => {
  await takeBackEnd(staff, input);
  revalidatePath(`${PATH}/${input.organizationId}`);
});

export const moveClockAction = platformAction(clockDays, async (staff, { organizationId, days }) => {
  const { held } = await moveTestClock(staff, organizationId, { days });
  revalidatePath(`${PATH}/${organizationId}`);
  return { held };
});

export const playClockAction = platformAction(clockUntil, async (staff, { organizationId, until }) => {
  const { held } = await moveTestClock(staff, organizationId, until);
  revalidatePath(`${PATH}/${organizationId}`);
  return { held };
});

export const removeClockAction = platformAction(subscriptionReference, async (staff, { id }) => {
  await removeTestClock(staff, id);
  revalidatePath(`${PATH}/${id}`);
});
