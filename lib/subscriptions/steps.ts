/** States of a subscription, as the database keeps them. */
export const subscriptionStatuses = [
  "pending_payment",
  "trialing",
  "active",
  "past_due",
  "grace",
  "suspended",
  "cancelled",
  "expired",
] as const;
export type SubscriptionStatus = (typeof subscriptionStatuses)[number];

/** What can happen to a subscription. */
export const lifeEvents = [
  "clock",
  "paid",
  "charge_failed",
  "cancel",
  "resume",
  "upgrade",
  "downgrade",
  "chargeback",
  "dispute_won",
  "refund",
  "extend",
] as const;
export type LifeEventKind = (typeof lifeEvents)[number];

type Steps = Partial<Record<SubscriptionStatus, readonly SubscriptionStatus[]>>;

const toActive = ["active"] as const;

/**
 * Where each event may lead from each state, apart from nowhere: an event may always leave a state as it is, and
 * nothing leads out of `cancelled` (who pays again gets a new subscription). `private.step_is_legal` is the same
 * table in the database; a test compares the two.
 */
const steps: Record<LifeEventKind, Steps> = {
  clock: {
    trialing: ["expired", "cancelled"],
    active: ["past_due", "cancelled"],
    past_due: ["grace"],
    grace: ["suspended", "cancelled"],
    suspended: ["cancelled"],
  },
  paid: {
    pending_payment: toActive,
    trialing: toActive,
    past_due: toActive,
    grace: toActive,
    suspended: toActive,
    expired: toActive,
  },
  charge_failed: {},
  cancel: {
    pending_payment: ["cancelled"],
    past_due: ["cancelled"],
    grace: ["cancelled"],
    suspended: ["cancelled"],
    expired: ["cancelled"],
  },
  resume: {},
  upgrade: {},
  downgrade: {},
  chargeback: { trialing: ["grace"], active: ["grace"], past_due: ["grace"] },
  dispute_won: { grace: ["active", "trialing", "past_due"], suspended: toActive, expired: toActive },
  refund: { active: ["grace", "trialing"], trialing: ["grace"], grace: ["active", "trialing"] },
  extend: {
    pending_payment: ["trialing"],
    expired: ["trialing"],
    past_due: toActive,
    grace: toActive,
    suspended: toActive,
  },
};

/** Whether an event may lead from one state to another. */
export function isLegalStep(from: SubscriptionStatus, event: LifeEventKind, to: SubscriptionStatus): boolean {
  return from === to || (steps[event][from]?.includes(to) ?? false);
}
