import { z } from "zod";
import type { AutoRenewalState, Money, PaymentState, ReportedStatus } from "../gateway";
import { approvalLinkOf, dateOf, paypalReference } from "./map";
import { minorOf, paypalMoney } from "./money";

const subscriptionStatuses: Readonly<Record<string, AutoRenewalState["normalized"]>> = {
  APPROVAL_PENDING: "pending",
  APPROVED: "pending",
  ACTIVE: "active",
  SUSPENDED: "past_due",
  CANCELLED: "cancelled",
  EXPIRED: "expired",
};

const chargeStatuses: Readonly<Record<string, ReportedStatus>> = {
  COMPLETED: "succeeded",
  PENDING: "processing",
  DECLINED: "failed",
  FAILED: "failed",
  PARTIALLY_REFUNDED: "partially_refunded",
  REFUNDED: "refunded",
};

const plan = z.object({
  id: z.string().nullish(),
  billing_cycles: z
    .array(
      z.object({
        tenure_type: z.string(),
        frequency: z.object({ interval_unit: z.string() }).nullish(),
        pricing_scheme: z.object({ fixed_price: paypalMoney.nullish() }).nullish(),
      }),
    )
    .nullish(),
});
const happened = z.object({ time: z.string().nullish() }).nullish();

const subscriptionAnswer = z.object({
  id: z.string().min(1),
  status: z.string(),
  plan_id: z.string().nullish(),
  custom_id: z.string().nullish(),
  plan: plan.nullish(),
  subscriber: z.object({ email_address: z.string().nullish() }).nullish(),
  billing_info: z
    .object({
      next_billing_time: z.string().nullish(),
      last_payment: happened,
      last_failed_payment: happened,
    })
    .nullish(),
});

const transactionsAnswer = z.object({
  transactions: z
    .array(
      z.object({
        id: z.string().min(1),
        status: z.string(),
        amount_with_breakdown: z.object({ gross_amount: paypalMoney.nullish() }).nullish(),
      }),
    )
    .nullish(),
});

/** A subscription, and what else is worth knowing of it. */
export interface SubscriptionRead {
  readonly state: AutoRenewalState;
  readonly planId: string | null;
  /** When PayPal last tried to charge, by PayPal's clock. */
  readonly lastChargeAt: Date | null;
}

/** A subscription of `GET /v1/billing/subscriptions/{id}?fields=plan`, or null when it is not of PayPal's form. */
export function toSubscription(answer: unknown): SubscriptionRead | null {
  const parsed = subscriptionAnswer.safeParse(answer);
  if (!parsed.success) return null;
  const { id, status, billing_info, custom_id, plan_id } = parsed.data;
  const price = toPlanPrice(parsed.data.plan);
  const charges = [billing_info?.last_payment?.time, billing_info?.last_failed_payment?.time]
    .map(dateOf)
    .filter((date) => date !== null);
  return {
    state: {
      normalized: subscriptionStatuses[status] ?? "pending",
      rawStatus: status,
      reference: custom_id ?? null,
      amountMinor: price?.amountMinor ?? null,
      currency: price?.currency ?? null,
      nextChargeAt: dateOf(billing_info?.next_billing_time),
      methodLabel: labelOf(parsed.data.subscriber?.email_address),
      objection: null,
      references: [{ kind: paypalReference.subscription, value: id }],
    },
    planId: plan_id ?? null,
    lastChargeAt: charges.toSorted((one, other) => other.getTime() - one.getTime())[0] ?? null,
  };
}

/** What a plan collects each period, or null where it does not say. */
export function toPlanPrice(answer: unknown): Money | null {
  const price = regularCycle(answer)?.pricing_scheme?.fixed_price;
  const amountMinor = minorOf(price);
  return price && amountMinor !== null ? { amountMinor, currency: price.currency_code } : null;
}

/** How often a plan collects. */
export function toInterval(answer: unknown): "month" | "year" {
  return regularCycle(answer)?.frequency?.interval_unit === "YEAR" ? "year" : "month";
}

function regularCycle(answer: unknown) {
  const parsed = plan.safeParse(answer);
  return parsed.data?.billing_cycles?.find(({ tenure_type }) => tenure_type === "REGULAR");
}

/** Where the payer agrees to a revised subscription; null where nobody has to. */
export function toRevision(answer: unknown): string | null {
  const parsed = z
    .object({ links: z.array(z.object({ href: z.string(), rel: z.string() })).nullish() })
    .safeParse(answer);
  return parsed.success ? approvalLinkOf(parsed.data.links) : null;
}

/**
 * The charges of a subscription, or null when the answer is not of PayPal's form.
 *
 * @param reference the renewal's, which every charge carries for us
 */
export function toCharges(answer: unknown, reference: string | null): PaymentState[] | null {
  const parsed = transactionsAnswer.safeParse(answer);
  if (!parsed.success) return null;
  return (parsed.data.transactions ?? []).map(({ id, status, amount_with_breakdown }) => {
    const gross = amount_with_breakdown?.gross_amount;
    const normalized = chargeStatuses[status] ?? "pending";
    const amount = minorOf(gross);
    const holdsMoney = ["succeeded", "partially_refunded", "refunded"].includes(normalized);
    return {
      normalized,
      rawStatus: status,
      reference,
      amountExpectedMinor: amount,
      amountPaidMinor: holdsMoney ? amount : 0,
      amountRefundedMinor: normalized === "refunded" ? (amount ?? 0) : 0,
      currency: gross?.currency_code ?? null,
      underpaid: false,
      reason: null,
      updatedAt: null, // `time` is the charge's own and stays when it is refunded
      objection: null,
      references: [{ kind: paypalReference.capture, value: id }],
    };
  });
}

/** `PayPal · a···@example.com`: enough to recognise, too little to write to. */
function labelOf(email: string | null | undefined): string | null {
  const [name = "", domain] = email?.split("@") ?? [];
  return domain ? `PayPal · ${name.slice(0, 1)}···@${domain}`.slice(0, 60) : null;
}
