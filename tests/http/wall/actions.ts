import { callers, doors } from "./door-actions";
import { type Entry, mail, name, platform } from "./entry";
import { memberActions } from "./member-actions";
import { moneyActions } from "./money-actions";

const why = "acuerdo comercial";

/** What platform staff do. */
const staffActions: Record<string, Entry> = {
  "app/admin/saas-management/actions.ts#createOrganizationAction": platform(() => ({
    name: name("Óptica"),
    branch: "Centro",
    timeZone: "America/Santiago",
    ownerEmail: mail(),
    tier: "pro",
    trialDays: 14,
  })),
  "app/admin/saas-management/actions.ts#setStatusAction": platform(({ organization }) => ({
    organizationId: organization,
    status: "suspended",
    reason: why,
  })),
  "app/admin/saas-management/actions.ts#setLimitAction": platform(({ organization }) => ({
    organizationId: organization,
    metric: "customers",
    max: 900,
    reason: why,
  })),
  "app/admin/saas-management/actions.ts#inviteOwnerAction": platform(({ organization }) => ({
    organizationId: organization,
    email: mail(),
  })),
};

/** Every function that a browser can call. A new one that is not written down here fails the suite. */
export const actions: Record<string, Entry> = {
  ...doors,
  ...callers,
  ...memberActions,
  ...staffActions,
  ...moneyActions,
};
