"use server";
import { revalidatePath } from "next/cache";
import {
  approvalForm,
  askGateway,
  parseAmount,
  paymentReference,
  refundForm,
  reviewForm,
} from "@/lib/console";
import { env } from "@/lib/env";
import { AppError, refusedAt } from "@/lib/errors";
import { approveRefund, approveReview, requestRefund, resolveReview } from "@/lib/payments";
import { platformAction } from "@/lib/security/action";
import { gateways } from "@/lib/wiring/gateways";

const PATH = "/admin/saas-management/payments";
const setting = () => ({ gateways, appUrl: env.APP_URL });

/** What was done, for the toast: money that waits for a second person has not moved. */
interface Done {
  readonly status: string;
}

export const refundAction = platformAction(refundForm, async (staff, input): Promise<Done> => {
  const { paymentId, key, reason } = input;
  const amount = input.amount === "" ? undefined : amountOf(input.amount, input.currency, "/amount");
  const { status } = await requestRefund(
    staff,
    paymentId,
    { reason, ...(amount === undefined ? {} : { amount }) },
    key,
    setting(),
  );
  revalidatePath(`${PATH}/${paymentId}`);
  return { status };
});

export const approveAction = platformAction(approvalForm, async (staff, input): Promise<Done> => {
  const { id, kind, approve, reason } = input;
  const word = { approve, ...(reason === "" ? {} : { reason }) };
  const { status } =
    kind === "refund"
      ? await approveRefund(staff, id, word, setting())
      : await approveReview(staff, id, word);
  revalidatePath(PATH, "layout");
  return { status };
});

export const resolveReviewAction = platformAction(reviewForm, async (staff, input): Promise<Done> => {
  const { paymentId, decision, reason } = input;
  const order =
    decision === "accept"
      ? { decision, reason, receivedMinor: amountOf(input.received, input.currency, "/received") }
      : { decision, reason };
  const { status } = await refusedAt(
    { "payment.received_differs": ["/received", "payments.receivedDiffers"] },
    resolveReview(staff, paymentId, order, paymentId, setting()),
  );
  revalidatePath(`${PATH}/${paymentId}`);
  return { status };
});

export const askGatewayAction = platformAction(paymentReference, async (staff, { id }) => {
  await askGateway(staff, id);
  revalidatePath(`${PATH}/${id}`);
});

function amountOf(text: string, currency: string, pointer: string): number {
  const minor = parseAmount(text, currency);
  if (minor === null)
    throw AppError.forField("input.invalid", pointer, currency === "CLP" ? "amount.CLP" : "amount.USD");
  return minor;
}
