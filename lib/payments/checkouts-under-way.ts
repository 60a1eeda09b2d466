import "server-only";
import { AppError } from "@/lib/errors";

/** Half of the calls that a process makes to a gateway at once (`http-policy.ts`): the other shops always have the other half. */
const MOST_AT_ONCE = 10;
const RETRY_AFTER_SECONDS = 5;

const underWay = new Map<string, number>();

/**
 * Opens a checkout while the same shop has fewer than ten others on their way: the calls to a gateway that this process
 * makes at once are shared by all shops, and a gateway that hangs must not give one shop all of them.
 *
 * @throws AppError `payment.checkout_busy` with `retryAfterSeconds`, before anything is opened
 */
export async function openingFew<T>(organizationId: string, open: () => Promise<T>): Promise<T> {
  const others = underWay.get(organizationId) ?? 0;
  if (others >= MOST_AT_ONCE)
    throw new AppError("payment.checkout_busy", { retryAfterSeconds: RETRY_AFTER_SECONDS });
  underWay.set(organizationId, others + 1);
  try {
    return await open();
  } finally {
    const left = (underWay.get(organizationId) ?? 1) - 1;
    if (left > 0) underWay.set(organizationId, left);
    else underWay.delete(organizationId);
  }
}
