import { z } from "zod";

const tier = z.string().min(1).max(32);
const interval = z.enum(["month", "year"]);

/**
 * The states of an automatic renewal in which its gateway collects, or will again. One in review does: something of what
 * the gateway tells differs from what was agreed, and people look at it.
 */
export const collecting: readonly string[] = ["active", "paused", "past_due", "review"];

/** The plan of the next period. `acceptsExcess`: the person was shown what exceeds the new limits. */
export const planChange = z.strictObject({ tier, interval, acceptsExcess: z.boolean().default(false) });
export type PlanChange = z.infer<typeof planChange>;

export const cancellation = z.strictObject({ reason: z.string().trim().max(500).optional() });
export type Cancellation = z.infer<typeof cancellation>;
