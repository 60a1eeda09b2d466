import type { Reference, RefundRequest, RefundState } from "../gateway";
import { failed, type Outcome, succeeded } from "../outcome";
import { isNotFound } from "./answers";
import type { PaypalClient } from "./client";
import { paypalReference, toOrderState, toRefundState, valueOf } from "./map";
import { toPaypal } from "./money";

/** Refunds one capture, wholly or in part; the same key answers with the first result for 45 days. */
export async function refund(client: PaypalClient, request: RefundRequest): Promise<Outcome<RefundState>> {
  const found = await captureOf(client, request.payment);
  if (!found.ok) return found;
  const captureId = found.value;
  if (!captureId) return failed("invalid", "no-capture", "nothing was captured that could be refunded");
  const answer = await client.viaSdk("refund", ({ payments }) =>
    payments.refundCapturedPayment({
      captureId,
      paypalRequestId: request.idempotencyKey,
      prefer: "return=representation",
      body: { amount: toPaypal(request.money), customId: request.reference },
    }),
  );
  if (!answer.ok) return answer;
  const state = toRefundState(answer.value);
  return state ? succeeded(state) : failed("unknown-outcome", "malformed", "a refund in no known form");
}

async function captureOf(
  client: PaypalClient,
  references: readonly Reference[],
): Promise<Outcome<string | null>> {
  const captureId = valueOf(references, paypalReference.capture);
  const order = valueOf(references, paypalReference.paypalOrder);
  if (captureId || !order) return succeeded(captureId ?? null);
  const answer = await client.viaSdk("state", ({ orders }) => orders.getOrder({ id: order }));
  if (!answer.ok) return isNotFound(answer.failure) ? succeeded(null) : answer;
  return succeeded(valueOf(toOrderState(answer.value)?.references ?? [], paypalReference.capture) ?? null);
}

/** A refund by PayPal's id alone: PayPal has no search by ours. Its notice brings the id where the answer was lost. */
export async function fetchRefund(
  client: PaypalClient,
  references: readonly Reference[],
): Promise<Outcome<RefundState | null>> {
  const refundId = valueOf(references, paypalReference.refund);
  if (!refundId) return failed("unsupported", "no-id", "PayPal finds a refund by its own id alone");
  const answer = await readRefund(client, refundId);
  if (!answer.ok || answer.value === null) return answer.ok ? succeeded(null) : answer;
  const state = toRefundState(answer.value);
  return state ? succeeded(state) : failed("unavailable", "malformed", "a refund in no known form");
}

/** A refund as PayPal answers it, or null where it knows none of that name. */
export async function readRefund(client: PaypalClient, refundId: string): Promise<Outcome<unknown>> {
  const answer = await client.viaSdk("state", ({ payments }) => payments.getRefund({ refundId }));
  return !answer.ok && isNotFound(answer.failure) ? succeeded(null) : answer;
}
