import type { Reference } from "../gateway";
import { type Outcome, succeeded } from "../outcome";
import { isNotFound } from "./answers";
import type { PaypalClient } from "./client";
import { ownerOfRefund, paypalReference, toOrderState } from "./map";
import { readCapture } from "./payments";
import { readRefund } from "./refunds";
import { readSubscription } from "./subscriptions";

/** Whom a name is about that only a notice brought: `custom_id` is our own name for it. */
export async function identify(
  client: PaypalClient,
  { kind, value }: Reference,
): Promise<Outcome<Reference | null>> {
  if (kind === paypalReference.refund) {
    const answer = await readRefund(client, value);
    return answer.ok ? succeeded(ownerOfRefund(answer.value)) : answer;
  }
  const reference = await ownReferenceOf(client, kind, value);
  if (!reference.ok) return reference;
  return succeeded(reference.value ? { kind: paypalReference.order, value: reference.value } : null);
}

async function ownReferenceOf(
  client: PaypalClient,
  kind: string,
  value: string,
): Promise<Outcome<string | null>> {
  if (kind === paypalReference.capture) {
    const found = await readCapture(client, value);
    return found.ok ? succeeded(found.value?.state.reference ?? null) : found;
  }
  if (kind === paypalReference.paypalOrder) {
    const answer = await client.viaSdk("state", ({ orders }) => orders.getOrder({ id: value }));
    if (!answer.ok) return isNotFound(answer.failure) ? succeeded(null) : answer;
    return succeeded(toOrderState(answer.value)?.reference ?? null);
  }
  if (kind === paypalReference.subscription) {
    const found = await readSubscription(client, value);
    return found.ok ? succeeded(found.value?.state.reference ?? null) : found;
  }
  return succeeded(null);
}
