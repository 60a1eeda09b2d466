import "server-only";
import type { RawBuilder } from "kysely";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { Caller } from "@/lib/security/session";
import type { Gateways } from "./factory";
import type { Gateway, Reference, RefundState } from "./gateway";
import type { Outcome } from "./outcome";
import type { Approval, NewRefund } from "./schema";

export interface RefundView {
  readonly refundId: string;
  readonly paymentId: string;
  /** `awaiting_approval`: above the limit; the gateway hears of it when another one of the staff approves. */
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

type Staff = Pick<Caller, "transaction">;

interface RefundSetting {
  readonly gateways: Gateways;
  readonly appUrl: string;
}

interface RefundRow {
  id: string;
  payment_id: string;
  organization_id: string;
  /** Whether the gateway is to hear of it now. */
  is_new: boolean;
  /** Less than the whole payment. */
  is_partial: boolean;
  gateway: string;
  status: string;
  amount: number;
  currency: string;
  reference: string;
  payer_email: string;
  names: Reference[];
}

/**
 * Orders a refund. The money is reserved and committed before the gateway hears of it; a lost answer is asked
 * about later and never sent again. Above the limit it waits for another person's word (`approveRefund`).
 *
 * @param staff platform staff in a session that has stepped up; the database checks both
 * @throws AppError `payment.not_found`, `payment.not_refundable` (at the amount, where less could go back), `payment.gateway_off`, `idempotency.key_reused`
 */
export async function requestRefund(
  staff: Staff,
  paymentId: string,
  input: NewRefund,
  key: string,
  setting: RefundSetting,
): Promise<RefundView> {
  if (!UUID.test(paymentId)) throw new AppError("payment.not_found");
  const order = sql<RefundRow>`
    select * from private.console_request_refund(${key}, ${paymentId}, ${input.amount ?? null}, ${input.reason})`;
  try {
    return await carryOut(staff, order, setting);
  } catch (error) {
    throw asksForTooMuch(error, input)
      ? AppError.forField(error.code, "/amount", "payments.moreThanLeft")
      : error;
  }
}

/** Whether less could go back: then it is the amount that is wrong, not the payment. */
function asksForTooMuch(error: unknown, { amount }: NewRefund): error is AppError {
  return (
    error instanceof AppError &&
    error.code === "payment.not_refundable" &&
    amount !== undefined &&
    Number(error.details["available"] ?? 0) > 0
  );
}

/**
 * Says yes or no to a refund above the limit that another one of the staff ordered. Only a yes makes the gateway
 * hear of it; the same answer given twice is one.
 *
 * @throws AppError `not_found`, `approval.not_pending`, `approval.same_person`, `payment.not_refundable`,
 *   `payment.gateway_off`
 */
export async function approveRefund(
  staff: Staff,
  refundId: string,
  { approve, reason }: Approval,
  setting: RefundSetting,
): Promise<RefundView> {
  if (!UUID.test(refundId)) throw new AppError("not_found");
  const order = sql<RefundRow>`
    select * from private.console_approve_refund(${refundId}, ${approve}, ${reason ?? null})`;
  return carryOut(staff, order, setting);
}

async function carryOut(
  staff: Staff,
  order: RawBuilder<RefundRow>,
  setting: RefundSetting,
): Promise<RefundView> {
  const { refund, gateway } = await reserve(staff, order, setting.gateways);
  const { id, payment_id: paymentId, amount, currency } = refund;
  const status = refund.is_new ? await send(refund, gateway, setting.appUrl) : refund.status;
  return { refundId: id, paymentId, status, amount, currency };
}

/** Tells the gateway, and us what it answered. */
async function send(refund: RefundRow, gateway: Gateway, appUrl: string): Promise<string> {
  const outcome = await gateway.refund({
    refundId: refund.id,
    idempotencyKey: refund.id,
    reference: refund.reference,
    payment: refund.names,
    money: { amountMinor: refund.amount, currency: refund.currency },
    payer: { email: refund.payer_email },
    notifyUrl: `${appUrl}/api/webhooks/${gateway.id}`,
  });
  const state = stateAfter(outcome);
  await asService(async (db) => {
    await sql`select private.apply_refund_state(${refund.organization_id}, ${refund.id}, ${JSON.stringify(state)}::jsonb, now(), '{}')`.execute(
      db,
    );
  });
  if (!outcome.ok) log.error({ refundId: refund.id, failure: outcome.failure }, "a refund was not taken up");
  return state.normalized;
}

async function reserve(staff: Staff, order: RawBuilder<RefundRow>, gateways: Gateways) {
  return staff.transaction(async (db) => {
    const { rows } = await order.execute(db);
    const [refund] = rows;
    if (!refund) throw new Error("a refund was ordered without an answer");
    // Thrown inside the transaction: what was reserved is given up again.
    return { refund, gateway: refundingGateway(gateways, refund) };
  });
}

function refundingGateway(gateways: Gateways, refund: RefundRow): Gateway {
  const found = gateways.find(refund.gateway);
  if (found.state !== "on") throw new AppError("payment.gateway_off", { gateway: refund.gateway });
  const { refunds, partialRefund } = found.gateway.capabilities;
  if (refunds === "none" || (refund.is_partial && !partialRefund)) {
    throw new AppError("payment.not_refundable", { gateway: refund.gateway });
  }
  return found.gateway;
}

type RecordedState = Omit<RefundState, "normalized"> & {
  readonly normalized: RefundState["normalized"] | "unknown";
};

/** A refusal ends the refund; silence leaves it open. */
function stateAfter(outcome: Outcome<RefundState>): RecordedState {
  if (outcome.ok) return outcome.value;
  const { kind, code } = outcome.failure;
  const normalized = kind === "unknown-outcome" ? "unknown" : "failed";
  return { normalized, rawStatus: `${kind}: ${code}`, amountMinor: null, references: [] };
}
