import { z } from "zod";
import type { PaymentState } from "../gateway";
import { failed, type Outcome, succeeded } from "../outcome";
import type { PaypalClient } from "./client";
import { paypalReference, valueOf } from "./map";

const answerOfDisputes = z.object({ items: z.array(z.object({ status: z.string() })).nullish() });

/** The state with what PayPal tells of disputes: orders and captures do not, and nor do lists of charges. */
export async function withDispute(client: PaypalClient, state: PaymentState): Promise<Outcome<PaymentState>> {
  const captureId = valueOf(state.references, paypalReference.capture);
  if (!captureId || !["succeeded", "partially_refunded"].includes(state.normalized)) return succeeded(state);
  const disputed = await hasOpenDispute(client, captureId);
  if (!disputed.ok) return disputed;
  return succeeded(disputed.value ? { ...state, normalized: "disputed", reason: "dispute" } : state);
}

/**
 * Whether a payer disputes a transaction and PayPal has not decided yet. An account that may not read disputes,
 * or a stand-in without them, has none that we could know of.
 *
 * @see https://developer.paypal.com/docs/api/customer-disputes/v1/ (read 2026-11-24); not in the official package
 */
async function hasOpenDispute(client: PaypalClient, transaction: string): Promise<Outcome<boolean>> {
  const answer = await client.send({
    operation: "state",
    method: "GET",
    path: "v1/customer/disputes",
    query: new URLSearchParams({ disputed_transaction_id: transaction }),
  });
  if (!answer.ok) {
    const isRefusal = ["auth", "invalid", "unsupported"].includes(answer.failure.kind);
    return isRefusal || answer.failure.code === "404" ? succeeded(false) : answer;
  }
  const parsed = answerOfDisputes.safeParse(answer.value);
  if (!parsed.success) return failed("unavailable", "malformed", "disputes in no known form");
  return succeeded((parsed.data.items ?? []).some(({ status }) => status !== "RESOLVED"));
}
