-- What must always be true is looked at one by one, each in a transaction of its own: one that takes too long keeps nobody from
-- the others. Audit trails are verified by a job of their own (verify_audit_chains), and only told of here.

drop function private.invariant_violations();

-- What breaks an invariant, or any of them: the offending row's organization or id, for people to look at. What is not asked
-- is not read.
create function private.invariant_violations(p_name text default null) returns table (name text, offender text)
language sql stable set search_path = '' as $$
  -- A day of grace: the job that moves subscriptions runs each minute, and waits for gateways that do not answer.
  select 'subscription_covered', s.organization_id::text from public.subscriptions s
  where coalesce(p_name, 'subscription_covered') = 'subscription_covered'
    and s.status = 'active' and s.current_period_end < private.clock(s.organization_id) - interval '1 day'
  union all
  select 'one_subscription', s.organization_id::text from public.subscriptions s
  where coalesce(p_name, 'one_subscription') = 'one_subscription'
    and s.status <> 'cancelled'
  group by s.organization_id having count(*) > 1
  union all
  select 'ledger_balanced', e.transaction_id::text from private.ledger_entries e
  where coalesce(p_name, 'ledger_balanced') = 'ledger_balanced'
  group by e.transaction_id having sum(e.amount) <> 0 or count(distinct e.currency) > 1
  union all
  select 'payments_posted', p.id::text from public.payments p
  where coalesce(p_name, 'payments_posted') = 'payments_posted'
    and p.paid_at is not null and p.amount > 0 and not exists (select from private.ledger_transactions t where t.kind = 'payment' and t.source = p.id)
  union all
  -- What the gateway holds of a payment, less what is for nothing yet, is the payment less what went back.
  select 'payments_equal_ledger', p.id::text
  from (select t.organization_id, t.payment_id, sum(e.amount) as held,
               count(distinct e.currency) as currencies, max(e.currency) as currency
        from private.ledger_transactions t join private.ledger_entries e on e.transaction_id = t.id
        where t.payment_id is not null and (e.account like 'gateway:%' or e.account = 'unapplied') group by 1, 2) l
  join public.payments p on p.organization_id = l.organization_id and p.id = l.payment_id
  where coalesce(p_name, 'payments_equal_ledger') = 'payments_equal_ledger'
    and (l.held <> case when p.paid_at is null or p.status in ('refunded', 'disputed') then 0 else p.amount - p.refunded_amount end
      or (p.paid_at is not null and (l.currencies > 1 or l.currency <> p.currency)))
  union all
  select 'accounts_not_overdrawn', e.account || ' ' || e.currency from private.ledger_entries e
  where coalesce(p_name, 'accounts_not_overdrawn') = 'accounts_not_overdrawn'
    and (e.account like 'gateway:%' or e.account in ('receivable', 'refunds', 'disputes'))
  group by e.account, e.currency having sum(e.amount) < 0
  union all
  select 'credits_equal_ledger', c.organization_id || ' ' || c.currency
  from private.account_credits c left join (
    select e.organization_id, e.currency, -sum(e.amount) as amount from private.ledger_entries e where e.account = 'credits' group by 1, 2) l
    using (organization_id, currency)
  where coalesce(p_name, 'credits_equal_ledger') = 'credits_equal_ledger'
    and c.balance <> coalesce(l.amount, 0)
  union all
  select 'usage_counted', u.organization_id || ' ' || u.metric
  from public.usage_counters u left join private.usage_now() c using (organization_id, metric)
  where coalesce(p_name, 'usage_counted') = 'usage_counted'
    and u.n <> coalesce(c.n, 0)
  union all
  select 'inbox_moves', e.id::text from private.webhook_events e
  where coalesce(p_name, 'inbox_moves') = 'inbox_moves'
    and e.status = 'received' and not e.names_nobody and e.next_attempt_at < now() - interval '5 minutes' and coalesce(e.locked_until, '-infinity') < now()
  union all
  select 'leases_end', e.id::text from private.webhook_events e
  where coalesce(p_name, 'leases_end') = 'leases_end'
    and e.status = 'received' and e.locked_until < now() - interval '15 minutes'
  union all
  select 'audit_chain', v.organization_id::text from private.audit_verifications v
  where coalesce(p_name, 'audit_chain') = 'audit_chain'
    and v.broken_at is not null
$$;

create function private.invariant_names() returns text[]
language sql immutable set search_path = '' as $$
  select array['subscription_covered', 'one_subscription', 'ledger_balanced', 'payments_posted', 'payments_equal_ledger',
               'accounts_not_overdrawn', 'credits_equal_ledger', 'usage_counted', 'inbox_moves', 'leases_end', 'audit_chain']
$$;

-- Looks at one invariant and tells people when it is broken: once when it breaks, again when it grows or lasts a day.
-- Returns it where it is broken.
drop function private.check_invariants();
create function private.check_invariant(p_name text) returns table (name text, violations bigint, sample text)
language plpgsql set search_path = '' as $$
#variable_conflict use_column
begin
  insert into private.invariants as i (name, violations, sample, checked_at)
  select p_name, count(*), left(string_agg(v.offender, ', ' order by v.offender), 200), now() from private.invariant_violations(p_name) v
  on conflict (name) do update set violations = excluded.violations, sample = excluded.sample, checked_at = excluded.checked_at,
    alerted_n = case when excluded.violations = 0 then 0 else i.alerted_n end;
  update private.invariants i set alerted_at = now(), alerted_n = i.violations
  where i.name = p_name and i.violations > 0 and (i.violations > i.alerted_n or i.alerted_at < now() - interval '1 day');
  if found then
    perform private.enqueue('alert.raise', jsonb_build_object('rule', 'invariant.' || i.name, 'subject', i.sample, 'reason', i.violations || ' violations',
      'severity', case when i.name in ('inbox_moves', 'leases_end', 'usage_counted', 'subscription_covered') then 'error' else 'critical' end))
    from private.invariants i where i.name = p_name;
  end if;
  return query select i.name, i.violations, i.sample from private.invariants i where i.name = p_name and i.violations > 0;
end
$$;
revoke execute on function private.invariant_violations(text), private.invariant_names(), private.check_invariant(text) from anon, authenticated;
