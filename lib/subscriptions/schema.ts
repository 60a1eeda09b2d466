import { z } from "zod";

const tier = z.string().min(1).max(32);
const interval = z.enum(["month", "year"]);

/** What somebody thinks of buying; the price is the server's. */
export const priceQuestion = z.strictObject({
  tier,
  interval,
  currency: z.string().regex(/^[A-Z]{3}$/),
  coupon: z.string().trim().max(40).optional(),
});
export type PriceQuestion = z.infer<typeof priceQuestion>;

/** The plan of the next period. `acceptsExcess`: the person was shown what exceeds the new limits. */
export const planChange = z.strictObject({ tier, interval, acceptsExcess: z.boolean().default(false) });
export type PlanChange = z.infer<typeof planChange>;

export const cancellation = z.strictObject({ reason: z.string().trim().max(500).optional() });
export type Cancellation = z.infer<typeof cancellation>;
