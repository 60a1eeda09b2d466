-- Unsigned notices ("hints") can be sent by anybody, under names that nobody ever had. One whose name is nobody's waits in
-- a line of its own: whoever is known, or has signed, comes first; it raises no alarm, and is let go after a while.

alter table private.webhook_events add column names_nobody boolean not null default false;
comment on column private.webhook_events.names_nobody is 'An unsigned notice under a name that was nobody''s when it came, and has not become somebody''s since.';
comment on column private.webhook_events.event_key is
  'Repeats of one notice share it. Unsigned ones carry nothing to tell them apart: those about one name share a few seconds.';

drop index private.webhook_events_due;
create index webhook_events_due on private.webhook_events (names_nobody, next_attempt_at) where status = 'received';

-- A callback may come before our own commit: once its name is somebody's, it waits with the others.
create function private.hints_find_their_owner() returns trigger
language plpgsql set search_path = '' as $$
begin
  update private.webhook_events e set names_nobody = false
  where e.status = 'received' and e.names_nobody and e.gateway = new.gateway and e.reference = new.reference;
  return null;
end
$$;
create trigger hints_find_their_owner after insert on private.payment_references
  for each row execute function private.hints_find_their_owner();

-- Marks what an answer settles: the claimed notices, and those of the same name, all as far as they came before the question.
create or replace function private.close_notices(p_gateway text, p_fetched_at timestamptz, p_events bigint[]) returns void
language sql volatile set search_path = '' as $$
  update private.webhook_events e set status = 'done', locked_by = null, locked_until = null, last_error = null
  where e.status = 'received' and e.received_at < p_fetched_at and (e.id = any (p_events) or (e.gateway = p_gateway
    and e.reference in (select c.reference from private.webhook_events c
                        where c.id = any (p_events) and c.reference_kind is not distinct from e.reference_kind)))
$$;

-- Takes up to p_limit due notices for one worker, of them at most p_of_nobody hints that name nobody, and those last.
-- A lease that ran out is anybody's: applying twice is harmless.
-- payment_id and auto_renewal_id are null for a name that is not ours (yet).
drop function private.claim_notices(text, int, interval);
create function private.claim_notices(p_worker text, p_limit int, p_lease interval, p_of_nobody int default 3)
returns table (id bigint, gateway text, kind text, reference_kind text, reference text, verified_by text, attempts int,
               received_at timestamptz, claimed_at timestamptz, organization_id uuid, payment_id uuid, payment_status text,
               payment_created_at timestamptz, refund_id uuid, auto_renewal_id uuid, names jsonb)
language plpgsql set search_path = '' as $$
#variable_conflict use_column
begin
  return query
  with known as (
    select e.id from private.webhook_events e
    where e.status = 'received' and not e.names_nobody and e.next_attempt_at <= now() and (e.locked_until is null or e.locked_until < now())
    order by e.next_attempt_at limit p_limit for update skip locked
  ), of_nobody as (
    select e.id from private.webhook_events e
    where e.status = 'received' and e.names_nobody and e.next_attempt_at <= now() and (e.locked_until is null or e.locked_until < now())
    order by e.next_attempt_at limit (select greatest(0, least(p_of_nobody, p_limit - count(*))) from known) for update skip locked
  ), taken as (
    update private.webhook_events e set locked_by = p_worker, locked_until = now() + p_lease
    from (select k.id from known k union all select n.id from of_nobody n) due where e.id = due.id returning e.*
  )
  select t.id, t.gateway, t.kind, t.reference_kind, t.reference, t.verified_by, t.attempts, t.received_at, clock_timestamp(),
         o.organization_id, o.payment_id, o.payment_status, o.payment_created_at, o.refund_id, o.auto_renewal_id, coalesce(o.names, '[]')
  from taken t
  left join lateral private.notice_owner(t.gateway, t.reference_kind, t.reference, t.kind = 'unknown') o on true
  order by t.id;
end
$$;

-- When people were last told that a gateway's notices die.
create table private.notice_alerts (
  gateway    text primary key,
  alerted_at timestamptz not null default now()
);
comment on table private.notice_alerts is 'Notices that die of one cause die by the hundred: one alert an hour for each gateway.';

create function private.alert_of_dead_notice(p_gateway text, p_notice bigint, p_reason text) returns void
language plpgsql set search_path = '' as $$
begin
  insert into private.notice_alerts as a (gateway) values (p_gateway)
  on conflict (gateway) do update set alerted_at = now() where a.alerted_at <= now() - interval '1 hour';
  if found then
    perform private.enqueue('alert.raise', jsonb_build_object('rule', 'webhook.dead', 'severity', 'error', 'subject', p_notice,
      'reason', left(p_reason, 200), 'gateway', p_gateway));
  end if;
end
$$;

-- Lets hints go that nobody owns: asked about for a quarter of an hour, or a day old and still unanswered. Our own commit
-- is seconds behind a callback at most, and a payment of ours is asked about by the sweep all the same. Counted, never an
-- alert: anybody can send them. Returns how many.
create function private.let_hints_of_nobody_go() returns int
language sql volatile set search_path = '' as $$
  with gone as (
    update private.webhook_events e set status = 'ignored', locked_by = null, locked_until = null
    where e.status = 'received' and e.names_nobody and coalesce(e.locked_until, '-infinity') < now()
      and e.received_at < now() - case when e.attempts > 0 then interval '15 minutes' else interval '1 day' end
    returning e.gateway
  ), counted as (
    insert into private.payment_counters as c (name, gateway, n) select 'hint_of_nobody', g.gateway, count(*) from gone g group by 2
    on conflict (name, gateway) do update set n = c.n + excluded.n
  )
  select count(*)::int from gone
$$;

-- After ninety days a notice keeps its facts and loses what the gateway wrote into it; one that named nobody has no facts,
-- and is gone after a week.
create or replace function private.purge_notice_payloads() returns int
language plpgsql set search_path = '' as $$
declare
  v_count int;
begin
  update private.webhook_events set payload_raw = '', headers = '{}'
  where received_at < now() - interval '90 days' and length(payload_raw) > 0;
  get diagnostics v_count = row_count;
  delete from private.webhook_events e where e.status = 'ignored' and e.names_nobody and e.received_at < now() - interval '7 days';
  return v_count;
end
$$;

-- Hints that name nobody wait on purpose, and are not late.
create or replace function private.service_health() returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'jobsWaiting', (select count(*) from private.outbox where done_at is null),
    'oldestJobSeconds', (select floor(extract(epoch from now() - min(available_at))) from private.outbox where done_at is null and available_at <= now()),
    'jobsRetrying', f.retrying,
    'jobsFailed', f.given_up,
    'noticesWaiting', (select count(*) from private.webhook_events where status = 'received'),
    'oldestNoticeSeconds', (select floor(extract(epoch from now() - min(next_attempt_at))) from private.webhook_events
                            where status = 'received' and not names_nobody and next_attempt_at <= now()),
    'noticesDead', (select count(*) from private.webhook_events where status = 'dead'),
    'paymentsInReview', (select count(*) from public.payments where status = 'review'),
    'securityEvents24h', (select coalesce(jsonb_object_agg(e.severity, e.n), '{}') from (
        select severity, count(*) as n from private.security_events where at > now() - interval '24 hours' group by 1) e),
    'databaseBytes', pg_database_size(current_database()))
  from private.failed_jobs() f
$$;

-- Each invariant with what breaks it: the offending row's organization or id, for people to look at.
create or replace function private.invariant_violations() returns table (name text, offender text)
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
  where e.status = 'received' and not e.names_nobody and e.next_attempt_at < now() - interval '5 minutes' and coalesce(e.locked_until, '-infinity') < now()
  union all
  select 'leases_end', e.id::text from private.webhook_events e
  where e.status = 'received' and e.locked_until < now() - interval '15 minutes'
  union all
  select 'audit_chain', v.organization_id::text from private.audit_verifications v where v.broken_at is not null
$$;

revoke all on private.notice_alerts from public, anon, authenticated;
revoke execute on function private.hints_find_their_owner(), private.claim_notices(text, int, interval, int),
  private.alert_of_dead_notice(text, bigint, text), private.let_hints_of_nobody_go() from public, anon, authenticated;
