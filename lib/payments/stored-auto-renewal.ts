import "server-only";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import { AppError } from "@/lib/errors";
import type { AutoRenewalRequest, Reference } from "./gateway";

/** An automatic renewal as it stands here, with all that a gateway is asked about it. */
export interface StoredAutoRenewal {
  readonly organizationId: string;
  readonly id: string;
  readonly gateway: string;
  readonly status: string;
  readonly isCancelWanted: boolean;
  /** A price that was asked for and not confirmed yet, in minor units. */
  readonly nextAmountMinor: number | null;
  readonly createdAt: Date;
  /** When it was read, by the database's clock: a question asked now is as old as this. */
  readonly readAt: Date;
  /** Charges before this are known already. */
  readonly chargesSince: Date;
  readonly request: AutoRenewalRequest;
  readonly names: readonly Reference[];
}

interface Row {
  gateway: string;
  status: string;
  is_cancel_wanted: boolean;
  next_amount: number | null;
  created_at: Date;
  read_at: Date;
  charges_since: Date;
  reference: string;
  amount: number;
  currency: string;
  billing_interval: "month" | "year";
  first_charge_at: Date | null;
  subject: string;
  payer_email: string;
  payer_name: string;
  return_url: string;
  notify_url: string;
  names: Reference[];
}

/**
 * Reads a renewal outside the wall: whoever calls has found the organization by the gateway's name or by a member's claims.
 *
 * @throws AppError `auto_renewal.not_found`
 */
export async function readAutoRenewal(organizationId: string, id: string): Promise<StoredAutoRenewal> {
  const row = await asService(async (db) => {
    const { rows } = await sql<Row>`
      select a.*, a.cancel_requested_at is not null as is_cancel_wanted, clock_timestamp() as read_at,
             least(now() - interval '35 days', coalesce(a.checked_at, a.created_at) - interval '3 days') as charges_since,
             (select n.reference from private.payment_references n
              where n.organization_id = a.organization_id and n.auto_renewal_id = a.id and n.kind = 'order') as reference,
             (select jsonb_agg(jsonb_build_object('kind', n.kind, 'value', n.reference) order by n.created_at) from private.payment_references n
              where n.organization_id = a.organization_id and n.auto_renewal_id = a.id) as names
      from public.auto_renewals a where a.organization_id = ${organizationId} and a.id = ${id}`.execute(db);
    return rows[0];
  });
  if (!row) throw new AppError("auto_renewal.not_found");
  return {
    organizationId,
    id,
    gateway: row.gateway,
    status: row.status,
    isCancelWanted: row.is_cancel_wanted,
    nextAmountMinor: row.next_amount,
    createdAt: row.created_at,
    readAt: row.read_at,
    chargesSince: row.charges_since,
    request: requestOf(id, row),
    names: row.names,
  };
}

function requestOf(id: string, row: Row): AutoRenewalRequest {
  return {
    autoRenewalId: id,
    reference: row.reference,
    idempotencyKey: id,
    money: { amountMinor: row.amount, currency: row.currency },
    interval: row.billing_interval,
    firstChargeAt: row.first_charge_at,
    subject: row.subject,
    payer: { email: row.payer_email, name: row.payer_name },
    returnUrl: row.return_url,
    notifyUrl: row.notify_url,
  };
}
