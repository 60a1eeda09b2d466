import "server-only";
import { AppError } from "@/lib/errors";
import { createTurns } from "@/lib/security/turns";

/** Half of the calls that a process makes to a gateway at once (`http-policy.ts`): the other shops always have the other half. */
const MOST_AT_ONCE = 10;
const RETRY_AFTER_SECONDS = 5;

const takeTurn = createTurns(MOST_AT_ONCE);

/**
 * Opens a checkout while the same shop has fewer than ten others on their way: the calls to a gateway that this process
 * makes at once are shared by all shops, and a gateway that hangs must not give one shop all of them.
 *
 * @throws AppError `payment.checkout_busy` with `retryAfterSeconds`, before anything is opened
 */
export async function openingFew<T>(organizationId: string, open: () => Promise<T>): Promise<T> {
  const giveBack = takeTurn(organizationId);
  if (!giveBack) throw new AppError("payment.checkout_busy", { retryAfterSeconds: RETRY_AFTER_SECONDS });
  try {
    return await open();
  } finally {
    giveBack();
  }
}
