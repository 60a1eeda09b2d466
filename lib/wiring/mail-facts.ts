import "server-only";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import type { MailFacts, PaymentFacts } from "@/lib/notifications";

/** Reads what mails tell. The worker belongs to no shop: every statement names the organization itself. */
export const mailFacts: MailFacts = {
  payment: (organizationId, paymentId) =>
    asService(async (db) => {
      const { rows } = await sql<PaymentFacts>`
        select o.name as organization, p.amount, p.currency, p.refunded_amount as refunded, p.tier_code as tier,
               s.current_period_end as "paidUntil"
        from public.payments p
        join public.organizations o on o.id = p.organization_id
        left join public.subscriptions s on s.organization_id = p.organization_id and s.status <> 'cancelled'
        where p.organization_id = ${organizationId} and p.id = ${paymentId}`.execute(db);
      return rows[0] ?? null;
    }),

  organizationName: (organizationId) =>
    asService(async (db) => {
      const { rows } = await sql<{ name: string }>`
        select name from public.organizations where id = ${organizationId}`.execute(db);
      return rows[0]?.name ?? null;
    }),

  openInvitation: (organizationId, invitationId) =>
    asService(async (db) => {
      const { rows } = await sql<{ role: string }>`
        select role from public.invitations
        where organization_id = ${organizationId} and id = ${invitationId}
          and accepted_at is null and revoked_at is null and expires_at > now()`.execute(db);
      return rows[0] ?? null;
    }),
};
