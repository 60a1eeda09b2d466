import { z } from "zod";

/** What is bought, and through whom. Prices are not in it: the server knows them. */
const period = {
  gateway: z.string().min(1).max(32),
  tier: z.string().min(1).max(32),
  interval: z.enum(["month", "year"]),
};

/** An order to pay for one period of a tier. */
export const newPayment = z.strictObject({
  ...period,
  coupon: z.string().trim().max(40).optional(),
});
export type NewPayment = z.infer<typeof newPayment>;

/** An order to let the gateway collect every period of a tier by itself. */
export const newAutoRenewal = z.strictObject(period);
export type NewAutoRenewal = z.infer<typeof newAutoRenewal>;

/** An order to give money back; without an amount, all that is left. */
export const newRefund = z.strictObject({
  amount: z.int().positive().optional(),
  reason: z.string().trim().min(1).max(500),
});
export type NewRefund = z.infer<typeof newRefund>;

/** The second person's word about a refund or an acceptance above the limit. */
export interface Approval {
  readonly approve: boolean;
  /** At most 500 characters. */
  readonly reason?: string | undefined;
}

/**
 * What becomes of a payment in review. `accept`: the money as received (minor units, as the person read it at the
 * gateway) pays for what was bought. `reject`: it pays for nothing and stays unapplied. `refund`: it goes back.
 */
export const reviewDecision = z.discriminatedUnion("decision", [
  z.strictObject({
    decision: z.literal("accept"),
    receivedMinor: z.int().positive(),
    reason: z.string().trim().min(5).max(500),
  }),
  z.strictObject({ decision: z.literal("reject"), reason: z.string().trim().min(5).max(500) }),
  z.strictObject({ decision: z.literal("refund"), reason: z.string().trim().min(5).max(500) }),
]);
export type ReviewDecision = z.infer<typeof reviewDecision>;
