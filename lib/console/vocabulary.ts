/** The plans that there are, from the smallest. */
export const tierCodes = ["basic", "pro", "premium"] as const;

/** Every state that a subscription can be in. */
export const subscriptionStates = [
  "trialing",
  "active",
  "past_due",
  "grace",
  "suspended",
  "expired",
  "pending_payment",
  "cancelled",
] as const;
