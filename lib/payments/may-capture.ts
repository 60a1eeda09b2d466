import "server-only";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";

/**
 * Whether a payment that the payer agreed to may still be taken: it waits here, at a price that holds. Read afresh each
 * time, because its owner may have been told meanwhile that nothing is charged.
 */
export function mayCapture(organizationId: string | null, paymentId: string | null): Promise<boolean> {
  return asService(async (db) => {
    const { rows } = await sql<{ may: boolean }>`
      select exists (
        select from public.payments p
        where p.organization_id = ${organizationId} and p.id = ${paymentId} and p.status in ('creating', 'pending', 'processing')
          and not exists (select from private.payment_quotes q
                          where q.organization_id = p.organization_id and q.payment_id = p.id and q.withdrawn_at is not null)) as may`.execute(
      db,
    );
    return rows[0]?.may ?? false;
  });
}
