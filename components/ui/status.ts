import type { Tone } from "./badge";

/**
 * Every state that the program shows, with its colour: the one map, so that a state looks alike in a list,
 * on a page and in the console. The word stands in the messages `common.status`.
 */
export const statusTones = {
  // people and records
  active: "success",
  inactive: "neutral",
  archived: "neutral",
  invited: "info",
  suspended: "danger",
  removed: "neutral",
  draft: "neutral",
  // till
  open: "success",
  closed: "neutral",
  parked: "info",
  completed: "success",
  voided: "danger",
  // payments
  creating: "neutral",
  pending: "warning",
  processing: "info",
  succeeded: "success",
  failed: "danger",
  cancelled: "neutral",
  expired: "neutral",
  review: "accent",
  partially_refunded: "info",
  refunded: "neutral",
  disputed: "danger",
  awaiting_approval: "warning",
  unknown: "accent",
  // subscriptions
  pending_payment: "warning",
  trialing: "info",
  past_due: "warning",
  grace: "danger",
  paused: "info",
} as const satisfies Record<string, Tone>;

export type Status = keyof typeof statusTones;

/** Whether a text from the database is a state with a word and a colour. */
export function isStatus(text: string): text is Status {
  return Object.hasOwn(statusTones, text);
}
