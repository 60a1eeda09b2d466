-- The inbox keeps millions of notices: each question about it has its index, the log counts no further than people read,
-- and what our own sweep asked goes away once it is old and answered.

create index webhook_events_by_name on private.webhook_events (reference, gateway) where reference is not null;
create index webhook_events_of_payment on private.webhook_events (payment_ref) where payment_ref is not null;
create index webhook_events_by_trace on private.webhook_events (trace_id) where trace_id is not null;
create index webhook_events_by_proof on private.webhook_events (verified_by, gateway, received_at, id);
create index webhook_events_ignored on private.webhook_events (received_at) where status = 'ignored';
create index webhook_events_by_time on private.webhook_events (received_at, id);
create index webhook_events_with_payload on private.webhook_events (received_at) where length(payload_raw) > 0;
create index webhook_events_of_sweep on private.webhook_events (received_at) where verified_by = 'sweep' and status in ('done', 'ignored');

-- Gateways forget to call (Flow promises no retry): payments and refunds that should have moved get a notice of
-- our own, once in each age bucket. Returns how many. What a renewal collected is asked about through the renewal.
create or replace function private.sweep_payments() returns int
language plpgsql set search_path = '' as $$
declare
  v_count int;
begin
  with waiting as (
    select p.organization_id, p.gateway, p.id, 'payment' as kind, 'order' as reference_kind, p.id as payment_id, p.created_at
    from public.payments p
    where p.status in ('creating', 'pending', 'processing', 'review') and p.created_at > now() - interval '31 days'
    union all
    select p.organization_id, p.gateway, f.id, 'refund', 'refund_order', p.id, f.created_at
    from public.refunds f join public.payments p on p.organization_id = f.organization_id and p.id = f.payment_id
    where f.status in ('creating', 'processing', 'unknown') and f.created_at > now() - interval '31 days'
  )
  insert into private.webhook_events (gateway, event_key, kind, reference_kind, reference, verified_by, payment_ref)
  select w.gateway, 'sweep:' || w.id || ':' || b.age, w.kind, w.reference_kind, r.reference, 'sweep', w.payment_id
  from waiting w
  cross join lateral (select private.sweep_age(w.created_at, now()) as age) b
  join private.payment_references r on r.organization_id = w.organization_id and r.payment_id = w.payment_id
    and r.gateway = w.gateway and r.kind = w.reference_kind and coalesce(r.refund_id, w.payment_id) = w.id
  where b.age is not null
  on conflict (gateway, event_key) do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

-- After ninety days a notice keeps its facts and loses what the gateway wrote into it. One that named nobody has no facts,
-- and is gone after a week; what our own sweep asked and settled, after ninety days. Some at a time: returns how many, and
-- whoever wants all of them asks until there are none.
create or replace function private.purge_notice_payloads() returns int
language plpgsql set search_path = '' as $$
declare
  v_emptied int;
  v_deleted int;
begin
  update private.webhook_events e set payload_raw = '', headers = '{}'
  where e.id in (select x.id from private.webhook_events x
                 where x.received_at < now() - interval '90 days' and length(x.payload_raw) > 0 order by x.received_at limit 10000);
  get diagnostics v_emptied = row_count;
  delete from private.webhook_events e
  where e.id in ((select x.id from private.webhook_events x
                  where x.status = 'ignored' and x.names_nobody and x.received_at < now() - interval '7 days' limit 10000)
                 union all
                 (select x.id from private.webhook_events x
                  where x.verified_by = 'sweep' and x.status in ('done', 'ignored') and x.received_at < now() - interval '90 days'
                  order by x.received_at limit 10000));
  get diagnostics v_deleted = row_count;
  return v_emptied + v_deleted;
end
$$;

-- Everything that happened to a payment, the newest first.
create or replace function private.payment_timeline(p_payment public.payments) returns jsonb
language sql stable set search_path = '' as $$
  with told as (
    select e.* from public.audit_entries e
    where e.organization_id = p_payment.organization_id and e.object_type = 'payments' and e.object_id = p_payment.id
  ), notices as (
    select a.id from private.webhook_events a where a.payment_ref = p_payment.id
    union
    select n.id from private.payment_references r join private.webhook_events n on n.reference = r.reference and n.gateway = p_payment.gateway
    where r.organization_id = p_payment.organization_id and r.payment_id = p_payment.id
  )
  select coalesce(jsonb_agg(to_jsonb(x) order by x.at desc, x.id desc), '[]') from (
    select * from (
      select e.at, 'audit' as kind, e.seq as id, e.action as what, e.actor_name as who, e.via, e.reason as why, null::text as proof, null::int as attempts
      from told e
      union all
      select p_payment.created_at, 'opened', 0, 'payment.opened', p_payment.payer_email, 'shop', null, null, null
      where not exists (select from told e where e.action in ('payment.opened', 'payment.collected'))
      union all
      select w.received_at, 'notice', w.id, w.status, w.gateway, w.kind, w.last_error, w.verified_by, w.attempts
      from notices n join private.webhook_events w on w.id = n.id where w.gateway = p_payment.gateway
      union all
      select t.posted_at, 'ledger', 0, t.kind, null, null, null, null, null
      from private.ledger_transactions t where t.organization_id = p_payment.organization_id and t.payment_id = p_payment.id
    ) everything order by at desc limit 200) x
$$;

-- What a statement that reads `private.webhook_events e` asks so that a filter {q, gateway, status, proof, from, to} is kept.
-- Its $1 is the filter; no value stands in the text.
create function private.notice_conditions(p_filter jsonb) returns text
language sql stable set search_path = '' as $$
  select concat_ws(' and ', 'true',
    case when coalesce(p_filter ->> 'q', '') <> '' then
      '(' || concat_ws(' or ', $c$e.reference = $1 ->> 'q'$c$, $c$e.trace_id = $1 ->> 'q'$c$,
        case when p_filter ->> 'q' ~ '^[0-9]{1,18}$' then $c$e.id = ($1 ->> 'q')::bigint$c$ end,
        case when pg_input_is_valid(p_filter ->> 'q', 'uuid') then $c$e.payment_ref = ($1 ->> 'q')::uuid$c$ end) || ')' end,
    case when p_filter ->> 'gateway' is not null then $c$e.gateway = $1 ->> 'gateway'$c$ end,
    case when p_filter ->> 'status' is not null then $c$e.status = $1 ->> 'status'$c$ end,
    case when p_filter ->> 'proof' is not null then $c$e.verified_by = $1 ->> 'proof'$c$ end,
    case when p_filter ->> 'from' is not null then $c$e.received_at >= ($1 ->> 'from')::timestamptz$c$ end,
    case when p_filter ->> 'to' is not null then $c$e.received_at < ($1 ->> 'to')::timestamptz$c$ end)
$$;
revoke execute on function private.notice_conditions(jsonb) from anon, authenticated;

-- Notices of a filter; the payment that one is about, where its name is known. `total` goes up to 10 001: more than people
-- read are not counted.
create or replace function private.console_notices(p_filter jsonb, p_limit int, p_offset int)
returns table (id bigint, gateway text, kind text, reference_kind text, reference text, verified_by text, status text, attempts int,
               received_at timestamptz, next_attempt_at timestamptz, last_error text, payment_id uuid, organization text, total bigint)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_platform(false);
  return query execute format($q$
    with page as (
      select e.* from private.webhook_events e where %1$s order by e.received_at desc, e.id desc limit $2 offset $3
    )
    select e.id, e.gateway, e.kind, e.reference_kind, e.reference, e.verified_by, e.status, e.attempts, e.received_at, e.next_attempt_at, e.last_error,
           n.payment_id, (select o.name from public.organizations o where o.id = n.organization_id),
           (select count(*) from (select from private.webhook_events e where %1$s limit 10001) counted)
    from page e left join lateral private.named_by(e.gateway, e.reference_kind, e.reference) n on true
    order by e.received_at desc, e.id desc$q$, private.notice_conditions(p_filter))
  using p_filter, least(p_limit, 500), p_offset;
end
$$;

-- How the inbox stands, gateway by gateway.
create or replace function private.console_inbox() returns table (gateway text, waiting bigint, dead bigint, refused bigint, last_notice_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  perform private.require_platform(false);
  return query
  with recursive heard as (
    (select e.gateway from private.webhook_events e order by e.gateway limit 1)
    union all
    select (select e.gateway from private.webhook_events e where e.gateway > h.gateway order by e.gateway limit 1)
    from heard h where h.gateway is not null
  ), unsettled as (
    select x.gateway, sum(x.waiting) as waiting, sum(x.dead) as dead from (
      select e.gateway, count(*) as waiting, 0 as dead from private.webhook_events e where e.status = 'received' group by 1
      union all
      select e.gateway, 0, count(*) from private.webhook_events e where e.status = 'dead' group by 1) x group by 1
  )
  select g.gateway, coalesce(u.waiting, 0)::bigint, coalesce(u.dead, 0)::bigint,
         coalesce((select c.n from private.payment_counters c where c.name = 'webhook_refused' and c.gateway = g.gateway), 0),
         (select max(l.received_at) from unnest(array['signature', 'hint']) v (proof) cross join lateral (
            select e.received_at from private.webhook_events e where e.gateway = g.gateway and e.verified_by = v.proof order by e.received_at desc limit 1) l)
  from (select h.gateway from heard h where h.gateway is not null union select c.gateway from private.payment_counters c) g
  left join unsettled u on u.gateway = g.gateway
  order by g.gateway;
end
$$;
