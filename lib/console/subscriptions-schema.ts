import { z } from "zod";
import { countField } from "@/lib/chile/fields";
import { numberedPage } from "@/lib/paging";
import { dayBounds } from "@/lib/time";
import { subscriptionStates, tierCodes } from "./vocabulary";

export const billingIntervals = ["month", "year"] as const;
/** How many days ahead something is due. */
export const dueWithin = ["7", "30"] as const;
export const subscriptionSorts = ["newest", "due", "name", "value"] as const;

const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values).nullable().catch(null).default(null);
const flag = choice(["yes"]);

/** Which subscriptions a list shows, as its address has it; anything unknown falls back. */
export const subscriptionFilter = z.object({
  q: z.string().trim().max(200).catch("").default(""),
  status: choice(subscriptionStates),
  tier: choice(tierCodes),
  version: z.coerce.number().int().min(1).max(10_000).nullable().catch(null).default(null),
  interval: choice(billingIntervals),
  days: choice(dueWithin),
  clock: flag,
  ending: flag,
  sort: z.enum(subscriptionSorts).catch("newest").default("newest"),
  ...numberedPage,
});
export type SubscriptionFilter = z.output<typeof subscriptionFilter>;

const organizationId = z.uuid();
const reason = z.string().trim().min(5).max(500);
const when = z.enum(["now", "period_end"]);

/** More time. `from` is the end that was on the screen: the same form sent twice gives the days once. */
export const extensionForm = z.object({
  organizationId,
  from: z.iso.datetime({ offset: true }),
  days: countField(1, 365),
  reason,
});
export type Extension = z.output<typeof extensionForm>;

export const planForm = z.object({
  organizationId,
  tier: z.enum(tierCodes),
  interval: z.enum(billingIntervals),
  when,
  reason,
});
export type PlanByStaff = z.output<typeof planForm>;

export const endForm = z.object({ organizationId, when, reason });
export type EndByStaff = z.output<typeof endForm>;

/** An end that staff ordered is taken back. */
export const resumeForm = z.object({ organizationId, reason });
export type ResumeByStaff = z.output<typeof resumeForm>;

/** A test clock goes on by days; zero starts it. */
export const clockDays = z.object({ organizationId, days: countField(0, 3_650) });

/** A test clock plays to the end of a day in Santiago. */
export const clockUntil = z.object({
  organizationId,
  until: z.iso.date().transform((day) => dayBounds(day, "America/Santiago").endsAt),
});

export const subscriptionReference = z.object({ id: organizationId });
