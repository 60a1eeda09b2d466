import "server-only";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";

export interface PaymentFacts {
  readonly organization: string;
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  readonly refunded: number;
  readonly tier: string;
  readonly gateway: string;
  /** Through when the subscription is paid; null before any payment. */
  readonly paidUntil: Date | null;
}

/** What a mail about a payment tells; null when there is no such payment. */
export function paymentFacts(organizationId: string, paymentId: string): Promise<PaymentFacts | null> {
  return asService(async (db) => {
    const { rows } = await sql<PaymentFacts>`
      select o.name as organization, p.status, p.amount, p.currency, p.refunded_amount as refunded, p.tier_code as tier, p.gateway,
             s.current_period_end as "paidUntil"
      from public.payments p
      join public.organizations o on o.id = p.organization_id
      left join public.subscriptions s on s.organization_id = p.organization_id and s.status <> 'cancelled'
      where p.organization_id = ${organizationId} and p.id = ${paymentId}`.execute(db);
    return rows[0] ?? null;
  });
}

/** A shop's name; null when it is gone. */
export function organizationName(organizationId: string): Promise<string | null> {
  return asService(async (db) => {
    const { rows } = await sql<{
      name: string;
    }>`select name from public.organizations where id = ${organizationId}`.execute(db);
    return rows[0]?.name ?? null;
  });
}

/** The role of an invitation that can still be accepted; null otherwise. */
export function openInvitation(
  organizationId: string,
  invitationId: string,
): Promise<{ role: string } | null> {
  return asService(async (db) => {
    const { rows } = await sql<{ role: string }>`
      select role from public.invitations
      where organization_id = ${organizationId} and id = ${invitationId}
        and accepted_at is null and revoked_at is null and expires_at > now()`.execute(db);
    return rows[0] ?? null;
  });
}
