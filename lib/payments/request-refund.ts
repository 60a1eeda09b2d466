import "server-only";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { Caller } from "@/lib/security/session";
import type { Gateways } from "./factory";
import type { Gateway, Reference, RefundState } from "./gateway";
import type { Outcome } from "./outcome";
import type { NewRefund } from "./schema";

export interface RefundView {
  readonly refundId: string;
  readonly paymentId: string;
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

interface RefundRow {
  id: string;
  organization_id: string;
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
 * about later and never sent again.
 *
 * @param staff platform staff in a session that has stepped up; the database checks both
 * @throws AppError `payment.not_found`, `payment.not_refundable`, `payment.gateway_off`, `idempotency.key_reused`
 */
export async function requestRefund(
  staff: Pick<Caller, "transaction">,
  paymentId: string,
  input: NewRefund,
  key: string,
  setting: { readonly gateways: Gateways; readonly appUrl: string },
): Promise<RefundView> {
  const { refund, gateway } = await reserve(staff, paymentId, input, key, setting.gateways);
  const view = { refundId: refund.id, paymentId, amount: refund.amount, currency: refund.currency };
  if (!refund.is_new) return { ...view, status: refund.status };
  const outcome = await gateway.refund({
    refundId: refund.id,
    idempotencyKey: refund.id,
    reference: refund.reference,
    payment: refund.names,
    money: { amountMinor: refund.amount, currency: refund.currency },
    payer: { email: refund.payer_email },
    notifyUrl: `${setting.appUrl}/api/webhooks/${gateway.id}`,
  });
  const state = stateAfter(outcome);
  await asService(async (db) => {
    await sql`select private.apply_refund_state(${refund.organization_id}, ${refund.id}, ${JSON.stringify(state)}::jsonb, now(), '{}')`.execute(
      db,
    );
  });
  if (!outcome.ok) log.error({ refundId: refund.id, failure: outcome.failure }, "a refund was not taken up");
  return { ...view, status: state.normalized };
}

async function reserve(
  staff: Pick<Caller, "transaction">,
  paymentId: string,
  input: NewRefund,
  key: string,
  gateways: Gateways,
) {
  if (!UUID.test(paymentId)) throw new AppError("payment.not_found");
  return staff.transaction(async (db) => {
    const { rows } = await sql<RefundRow>`
      select * from private.console_request_refund(${key}, ${paymentId}, ${input.amount ?? null}, ${input.reason})`.execute(
      db,
    );
    const [refund] = rows;
    if (!refund) throw new Error("console_request_refund answered nothing");
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
