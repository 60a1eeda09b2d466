import "server-only";
import { type DB, type Kysely, sql } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Member } from "@/lib/security/member";
import type { PriceLine } from "./quote-payment";

/** An invoice of the subscription: no tax document. Amounts in minor units of `currency`. */
export interface Invoice {
  readonly id: string;
  /** Counts within the organization, without gaps. */
  readonly number: number;
  readonly status: "open" | "paid" | "void" | "refunded";
  readonly tier: string;
  readonly interval: "month" | "year";
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly currency: string;
  readonly lines: readonly PriceLine[];
  readonly total: number;
  /** IVA that the total includes. */
  readonly tax: number;
  readonly issuedAt: Date;
  readonly paidAt: Date | null;
  readonly paymentId: string | null;
}

const NEWEST = 120;

const columns =
  sql.raw(`id, number, status, tier_code as tier, billing_interval as interval, period_start as "periodStart",
  period_end as "periodEnd", currency, lines, total, tax, issued_at as "issuedAt", paid_at as "paidAt", payment_id as "paymentId"`);

/** The newest invoices of a shop. */
export async function readInvoices(db: Kysely<DB>, organizationId: string): Promise<readonly Invoice[]> {
  const { rows } = await sql<Invoice>`
    select ${columns} from public.invoices where organization_id = ${organizationId}
    order by number desc limit ${NEWEST}`.execute(db);
  return rows;
}

/** @throws AppError `not_found` for an invoice that is not this shop's */
export function getInvoice(
  member: Pick<Member, "transaction" | "organization">,
  id: string,
): Promise<Invoice> {
  return member.transaction(async (db) => {
    const { rows } = await sql<Invoice>`
      select ${columns} from public.invoices
      where organization_id = ${member.organization.id} and id::text = ${id}`.execute(db);
    const [invoice] = rows;
    if (!invoice) throw new AppError("not_found");
    return invoice;
  });
}
