import { z } from "zod";
import { countField, emailField, orNull } from "@/lib/chile/fields";
import { numberedPage } from "@/lib/paging";
import { chileanZones } from "@/lib/time";
import { subscriptionStates, tierCodes } from "./vocabulary";

const reason = z.string().trim().min(5).max(500);

/** What staff enter to make an organization by hand. */
export const newOrganization = z.object({
  name: z.string().trim().min(2).max(120),
  branch: z.string().trim().min(2).max(80),
  timeZone: z.enum(chileanZones),
  ownerEmail: emailField,
  tier: z.enum(tierCodes),
  /** Days without payment; none means that the shop pays first. */
  trialDays: countField(0, 90),
});
export type NewOrganization = z.infer<typeof newOrganization>;

export const statusChange = z.object({
  organizationId: z.uuid(),
  status: z.enum(["active", "suspended"]),
  reason,
});
export type StatusChange = z.infer<typeof statusChange>;

const metrics = ["branches", "users", "customers", "products"] as const;

/** Another maximum for one organization; an empty one takes the agreement back. */
export const limitChange = z.object({
  organizationId: z.uuid(),
  metric: z.enum(metrics),
  max: orNull(countField(1, 1_000_000)),
  reason,
});
export type LimitChange = z.infer<typeof limitChange>;

export const ownerInvitation = z.object({
  organizationId: z.uuid(),
  email: emailField,
});
export type OwnerInvitation = z.infer<typeof ownerInvitation>;

const organizationSorts = ["newest", "oldest", "name", "mrr"] as const;

/** The state of the list as its address has it; anything unknown falls back. */
export const organizationFilter = z.object({
  q: z.string().trim().max(120).catch(""),
  status: z.enum(subscriptionStates).nullable().catch(null),
  tier: z.enum(tierCodes).nullable().catch(null),
  sort: z.enum(organizationSorts).catch("newest"),
  ...numberedPage,
});
export type OrganizationFilter = z.infer<typeof organizationFilter>;
