import type { Reference } from "../gateway";
import { failed, type Outcome, succeeded } from "../outcome";
import { type FlowClient, isNotFound } from "./client";
import { flowReference, toPaymentState } from "./map";

/** What Flow calls the orders of a subscription: `<subscriptionId>_<invoiceId>_<date>`, seen in its sandbox in July 2026. */
const OF_SUBSCRIPTION = /^(sus_[A-Za-z0-9]{1,60})_\d+(?:_|$)/;

/** Whose a token is that only a callback brought: ours by its `commerceOrder`, or the subscription's that made the order. */
export async function identify(client: FlowClient, reference: Reference): Promise<Outcome<Reference | null>> {
  if (reference.kind !== flowReference.token) return succeeded(null);
  const answer = await client.get("payment/getStatus", { token: reference.value });
  if (!answer.ok) return isNotFound(answer.failure) ? succeeded(null) : answer;
  const order = toPaymentState(answer.value)?.reference;
  if (!order) return failed("unavailable", "malformed", "getStatus answered in no known form");
  const subscription = OF_SUBSCRIPTION.exec(order)?.[1];
  return succeeded(
    subscription
      ? { kind: flowReference.subscription, value: subscription }
      : { kind: flowReference.order, value: order },
  );
}
