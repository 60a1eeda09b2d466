import type { Pool } from "pg";
import type { ChaosGateway } from "./gateways";
import type { Fate } from "./payer";

/** What a bad afternoon has left behind; all but `settled` must be 0. */
export interface Verdict {
  readonly settled: number;
  /** The gateway holds the money, and we do not say so. */
  readonly lost: number;
  /** Granted here, and the gateway holds no such money. */
  readonly forged: number;
  /** Periods, postings or mails that one payment caused twice. */
  readonly doubled: number;
  /** Undecided here, or in review for no reason of the story; and notices of ours that nobody works any more. */
  readonly stuck: number;
  /** Payments whose ledger is not what the gateway holds, and invariants that do not hold. */
  readonly unbalanced: number;
  /** Shops whose access does not follow from what was paid. */
  readonly wrongAccess: number;
  readonly brokenAudits: number;
  /** The first few that are not as they should be, for people. */
  readonly examples: readonly string[];
}

interface Row {
  readonly id: string;
  readonly gateway: string;
  readonly status: string;
  readonly reason: string | null;
  readonly reference: string;
  readonly periods: number;
  readonly postings: number;
  readonly mails: number;
  /** What the ledger says that the gateway holds of it, and how much of that is for nothing yet. */
  readonly held: number;
  readonly unapplied: number;
}

const PAYMENTS = `
  select p.id, p.gateway, p.status, p.reason, r.reference,
         (select count(*)::int from private.payment_ledger l where l.payment_id = p.id and l.effect_kind = 'activated') as periods,
         (select count(*)::int from private.ledger_transactions t where t.payment_id = p.id and t.kind in ('payment', 'payment_in_review')) as postings,
         (select count(*)::int from mails m where m.payment_id = p.id) as mails,
         private.ledger_of_payment(p.organization_id, p.id, 'gateway:' || p.gateway)::float8 as held,
         private.ledger_of_payment(p.organization_id, p.id, 'unapplied')::float8 as unapplied
  from public.payments p
  join private.payment_references r on r.payment_id = p.id and r.kind = 'order'
  where p.idempotency_key like 'chaos-%'`;

/** Mails about money that came in: still in the outbox, or handed over to the queue. */
const MAILS = `
  select (o.payload ->> 'paymentId')::uuid as payment_id, o.payload ->> 'kind' as kind
  from private.outbox o where o.name = 'mail.payment' and o.done_at is null
  union all
  select (j.data ->> 'paymentId')::uuid, j.data ->> 'kind' from pgboss.job j where j.name = 'mail.payment'`;
const GRANTING = "('activated', 'reactivated', 'upgraded', 'received')";

/** Sides of the story that must hold whatever was paid. */
const invariants = `select count(*)::int as n from private.invariant_violations()
  where name in ('subscription_covered', 'one_subscription', 'ledger_balanced', 'payments_posted', 'payments_equal_ledger',
                 'accounts_not_overdrawn', 'credits_equal_ledger')`;
const abandoned = `select count(*)::int as n from private.webhook_events e where e.status in ('received', 'dead') and exists (
  select from private.payment_references r where r.gateway = e.gateway and r.reference = e.reference)`;
/** Periods of one shop that overlap, and shops that paid and may not work, or may work and have not paid. */
const wrongAccess = `select count(distinct s.organization_id)::int as n from public.subscriptions s
  where exists (select from public.payments p where p.organization_id = s.organization_id and p.idempotency_key like 'chaos-%')
    and ((s.status = 'active') <> exists (select from public.payments p where p.organization_id = s.organization_id and p.status = 'succeeded')
      or exists (select from private.payment_ledger a join private.payment_ledger b on b.organization_id = a.organization_id
                   and b.payment_id <> a.payment_id and b.period_start < a.period_end and a.period_start < b.period_end
                 where a.organization_id = s.organization_id))`;
const brokenAudits = `select count(*)::int as n from public.organizations o where private.first_broken_audit(o.id) is not null`;

/** Compares our books with the gateways' own, and with what the payers did. */
export async function judge(
  owner: Pool,
  sandboxUrl: string,
  gateways: readonly ChaosGateway[],
  fates: ReadonlyMap<string, Fate>,
): Promise<Verdict> {
  const paid = new Map<string, ReadonlyMap<string, number>>();
  for (const gateway of gateways) paid.set(gateway.id, await gateway.paid(sandboxUrl));
  const { rows } = await owner.query<Row>(
    `with mails as materialized (select * from (${MAILS}) m where m.kind in ${GRANTING}) ${PAYMENTS}`,
  );
  const atGateway = (row: Row) => paid.get(row.gateway)?.get(row.reference) ?? 0;
  const isShort = ({ id }: Row) => fates.get(id) === "short";
  const examples: string[] = [];
  const count = (what: string, isWrong: (row: Row) => boolean) => {
    const wrong = rows.filter(isWrong);
    for (const { id, gateway, status, reason } of wrong.slice(0, 5))
      examples.push(`${what}: ${gateway} ${fates.get(id) ?? "no page"} ${status} ${reason ?? ""} ${id}`);
    return wrong.length;
  };
  const payments = {
    lost: count("lost", (row) =>
      isShort(row) ? row.status !== "review" : atGateway(row) > 0 && row.status !== "succeeded",
    ),
    forged: count(
      "granted without money",
      (row) => (isShort(row) || atGateway(row) === 0) && (row.status === "succeeded" || row.periods > 0),
    ),
    doubled: count("doubled", ({ periods, postings, mails }) => periods > 1 || postings > 1 || mails > 1),
    stuck: count(
      "stuck",
      (row) =>
        ["creating", "pending", "processing"].includes(row.status) ||
        (row.status === "review" && !isShort(row)),
    ),
    unbalanced: count("unbalanced", (row) =>
      isShort(row) ? row.held !== -row.unapplied : row.held !== atGateway(row) || row.unapplied !== 0,
    ),
  };
  // Money of ours that no payment of ours explains.
  const known = new Set(rows.map(({ reference }) => reference));
  const unknown = [...paid.values()]
    .flatMap((one) => [...one.keys()])
    .filter((reference) => !known.has(reference));
  return {
    settled: rows.length,
    ...payments,
    lost: payments.lost + unknown.length,
    stuck: payments.stuck + (await number(owner, abandoned)),
    unbalanced: payments.unbalanced + (await number(owner, invariants)),
    wrongAccess: await number(owner, wrongAccess),
    brokenAudits: await number(owner, brokenAudits),
    examples,
  };
}

async function number(owner: Pool, text: string): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(text);
  return rows[0]?.n ?? Number.NaN;
}
