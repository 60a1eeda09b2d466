-- What must always be true of money, subscriptions, limits, queues and the audit trail, asked every ten minutes.

create table private.invariants (
  name       text primary key,
  violations bigint not null,
  sample     text,
  checked_at timestamptz not null,
  alerted_at timestamptz,
  alerted_n  bigint not null default 0
);
comment on table private.invariants is 'The last look at each invariant; the alert''s own figures keep one violation from alarming every ten minutes.';

-- How far each organization's audit chain was verified, and when: the longest unverified go first.
create table private.audit_verifications (
  organization_id uuid primary key references public.organizations on delete cascade,
  verified_at     timestamptz not null,
  broken_at       bigint
);

-- Verifies chains up to their heads: those verified longest ago first, until about p_entries entries are read (at least one chain).
create function private.verify_audit_chains(p_entries bigint) returns void
language sql volatile set search_path = '' as $$
  insert into private.audit_verifications (organization_id, verified_at, broken_at)
  select h.organization_id, clock_timestamp(), private.first_broken_audit(h.organization_id)
  from (select a.organization_id, sum(a.seq) over (order by v.verified_at nulls first, a.organization_id) - a.seq as before
        from private.audit_heads a left join private.audit_verifications v using (organization_id)) h
  where h.before < p_entries
  on conflict (organization_id) do update set verified_at = excluded.verified_at, broken_at = excluded.broken_at
$$;

-- What the counters should say.
create function private.usage_now() returns table (organization_id uuid, metric text, n bigint)
language sql stable set search_path = '' as $$
  select b.organization_id, 'branches', count(*) from public.branches b where b.archived_at is null group by 1
  union all
  select m.organization_id, 'users', count(*) from public.admin_users m where m.status <> 'removed' group by 1
  union all
  select c.organization_id, 'customers', count(*) from public.customers c where c.archived_at is null group by 1
  union all
  select p.organization_id, 'products', count(*) from public.products p where p.archived_at is null group by 1
$$;

-- Each invariant with what breaks it: the offending row's organization or id, for people to look at.
create function private.invariant_violations() returns table (name text, offender text)
language sql stable set search_path = '' as $$
  -- A day of grace: the job that moves subscriptions runs each minute, and waits for gateways that do not answer.
  select 'subscription_covered', s.organization_id::text from public.subscriptions s
  where s.status = 'active' and s.current_period_end < private.clock(s.organization_id) - interval '1 day'
  union all
  select 'one_subscription', s.organization_id::text from public.subscriptions s
  where s.status <> 'cancelled' group by s.organization_id having count(*) > 1
  union all
  select 'ledger_balanced', e.transaction_id::text from private.ledger_entries e
  group by e.transaction_id having sum(e.amount) <> 0 or count(distinct e.currency) > 1
  union all
  select 'payments_posted', p.id::text from public.payments p
  where p.paid_at is not null and p.amount > 0 and not exists (select from private.ledger_transactions t where t.kind = 'payment' and t.source = p.id)
  union all
  -- What the gateway holds of a payment, less what is for nothing yet, is the payment less what went back.
  select 'payments_equal_ledger', p.id::text
  from (select t.organization_id, t.payment_id, sum(e.amount) as held,
               count(distinct e.currency) as currencies, max(e.currency) as currency
        from private.ledger_transactions t join private.ledger_entries e on e.transaction_id = t.id
        where t.payment_id is not null and (e.account like 'gateway:%' or e.account = 'unapplied') group by 1, 2) l
  join public.payments p on p.organization_id = l.organization_id and p.id = l.payment_id
  where l.held <> case when p.paid_at is null or p.status in ('refunded', 'disputed') then 0 else p.amount - p.refunded_amount end
     or (p.paid_at is not null and (l.currencies > 1 or l.currency <> p.currency))
  union all
  select 'accounts_not_overdrawn', e.account || ' ' || e.currency from private.ledger_entries e
  where e.account like 'gateway:%' or e.account in ('receivable', 'refunds', 'disputes')
  group by e.account, e.currency having sum(e.amount) < 0
  union all
  select 'credits_equal_ledger', c.organization_id || ' ' || c.currency
  from private.account_credits c left join (
    select e.organization_id, e.currency, -sum(e.amount) as amount from private.ledger_entries e where e.account = 'credits' group by 1, 2) l
    using (organization_id, currency)
  where c.balance <> coalesce(l.amount, 0)
  union all
  select 'usage_counted', u.organization_id || ' ' || u.metric
  from public.usage_counters u left join private.usage_now() c using (organization_id, metric)
  where u.n <> coalesce(c.n, 0)
  union all
  select 'inbox_moves', e.id::text from private.webhook_events e
  where e.status = 'received' and e.next_attempt_at < now() - interval '5 minutes' and coalesce(e.locked_until, '-infinity') < now()
  union all
  select 'leases_end', e.id::text from private.webhook_events e
  where e.status = 'received' and e.locked_until < now() - interval '15 minutes'
  union all
  select 'audit_chain', v.organization_id::text from private.audit_verifications v where v.broken_at is not null
$$;

-- Looks at every invariant and tells people of what is broken: once when it breaks, again when it grows or lasts a day.
-- Returns what is broken.
create function private.check_invariants() returns table (name text, violations bigint, sample text)
language plpgsql set search_path = '' as $$
#variable_conflict use_column
declare
  v_name text;
begin
  perform private.verify_audit_chains(100000);
  insert into private.invariants as i (name, violations, sample, checked_at)
  select k.name, count(v.offender), left(string_agg(v.offender, ', ' order by v.offender), 200), now()
  from unnest(array['subscription_covered', 'one_subscription', 'ledger_balanced', 'payments_posted', 'payments_equal_ledger',
                    'accounts_not_overdrawn', 'credits_equal_ledger', 'usage_counted', 'inbox_moves', 'leases_end', 'audit_chain']) k (name)
  left join private.invariant_violations() v on v.name = k.name
  group by k.name
  on conflict (name) do update set violations = excluded.violations, sample = excluded.sample, checked_at = excluded.checked_at,
    alerted_n = case when excluded.violations = 0 then 0 else i.alerted_n end;
  for v_name in
    update private.invariants i set alerted_at = now(), alerted_n = i.violations
    where i.violations > 0 and (i.violations > i.alerted_n or i.alerted_at < now() - interval '1 day') returning i.name
  loop
    perform private.enqueue('alert.raise', jsonb_build_object('rule', 'invariant.' || i.name, 'subject', i.sample, 'reason', i.violations || ' violations',
      'severity', case when i.name in ('inbox_moves', 'leases_end', 'usage_counted', 'subscription_covered') then 'error' else 'critical' end))
    from private.invariants i where i.name = v_name;
  end loop;
  return query select i.name, i.violations, i.sample from private.invariants i where i.violations > 0 order by i.name;
end
$$;
