import { z } from "zod";

/** An order to pay for one period of a tier. Prices are not in it: the server knows them. */
export const newPayment = z.strictObject({
  gateway: z.string().min(1).max(32),
  tier: z.string().min(1).max(32),
  interval: z.enum(["month", "year"]),
});
export type NewPayment = z.infer<typeof newPayment>;

/** An order to give money back; without an amount, all that is left. */
export const newRefund = z.strictObject({
  amount: z.int().positive().optional(),
  reason: z.string().trim().min(1).max(500),
});
export type NewRefund = z.infer<typeof newRefund>;
