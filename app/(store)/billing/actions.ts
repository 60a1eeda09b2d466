"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { cancelAutoRenewal } from "@/lib/payments";
import { memberAction } from "@/lib/security/action";
import {
  cancellation,
  cancelSubscription,
  planChange,
  planDowngrade,
  resumeSubscription,
} from "@/lib/subscriptions";
import { gateways } from "@/lib/wiring/gateways";

const billing = { permission: "billing.manage", suspended: "allowed" } as const;

export const cancelSubscriptionAction = memberAction(
  cancellation,
  async (member, input) => {
    await cancelSubscription(member, input);
    revalidatePath("/billing");
    return null;
  },
  billing,
);

export const resumeSubscriptionAction = memberAction(
  z.object({}),
  async (member) => {
    await resumeSubscription(member);
    return null;
  },
  billing,
);

/** A smaller plan from the next period on; the present one takes that back. */
export const planDowngradeAction = memberAction(
  planChange.extend({ acceptsExcess: z.stringbool().default(false) }),
  async (member, input) => {
    await planDowngrade(member, input);
    return null;
  },
  billing,
);

export const cancelAutoRenewalAction = memberAction(
  z.strictObject({ id: z.string().max(64) }),
  async (member, { id }) => {
    await cancelAutoRenewal(member, id, gateways);
    revalidatePath("/billing");
    return null;
  },
  billing,
);
