-- The inbox of gateway notices: stored as received, claimed with a lease, closed by the answer that settles them.

-- Notices of gateways, as received. Not reachable by any tenant role.
create table private.webhook_events (
  id              bigint generated always as identity primary key,
  gateway         text not null,
  event_key       text not null default gen_random_uuid()::text,
  kind            text not null default 'unknown',
  reference_kind  text,
  reference       text,
  payload_raw     bytea not null default '',
  headers         jsonb not null default '{}',
  verified_by     text not null check (verified_by in ('signature', 'hint', 'return', 'sweep')),
  received_at     timestamptz not null default clock_timestamp(),
  status          text not null default 'received' check (status in ('received', 'done', 'ignored', 'dead')),
  attempts        int not null default 0,
  next_attempt_at timestamptz not null default now(),
  locked_by       text,
  locked_until    timestamptz,
  last_error      text,
  payment_ref     uuid,
  trace_id        text,
  unique (gateway, event_key)
);
create index webhook_events_due on private.webhook_events (next_attempt_at) where status = 'received';
create index webhook_events_waiting on private.webhook_events (gateway, reference) where status = 'received';
create index webhook_events_dead on private.webhook_events (received_at) where status = 'dead';
comment on column private.webhook_events.event_key is 'Repeats of one notice share it. Flow''s notices carry nothing to tell them apart: each is kept.';

comment on column private.webhook_events.attempts is 'Failures of the notice itself; while its gateway is away nothing is counted.';

create table private.payment_counters (
  name    text not null,
  gateway text not null,
  n       bigint not null default 0,
  primary key (name, gateway)
);
comment on table private.payment_counters is 'Counts for /api/metrics that must survive a restart: illegal transitions, refused notices.';

create function private.count_payment_event(p_name text, p_gateway text) returns void
language sql volatile set search_path = '' as $$
  insert into private.payment_counters as c (name, gateway, n) values (p_name, p_gateway, 1)
  on conflict (name, gateway) do update set n = c.n + 1
$$;

-- Marks what an answer settles: the claimed notices, and those of the same name that came before the question.
create function private.close_notices(p_gateway text, p_fetched_at timestamptz, p_events bigint[]) returns void
language sql volatile set search_path = '' as $$
  update private.webhook_events e set status = 'done', locked_by = null, locked_until = null, last_error = null
  where e.status = 'received' and (e.id = any (p_events) or (e.gateway = p_gateway and e.received_at < p_fetched_at
    and e.reference in (select c.reference from private.webhook_events c
                        where c.id = any (p_events) and c.reference_kind is not distinct from e.reference_kind)))
$$;

-- Whom a name is about, and everything by which the gateway may be asked; no row for a name that is nobody's (yet).
-- p_any_kind takes the name whatever kind it is stored under: some notices cannot tell what they are about. Numbers of
-- different kinds may be equal, so that the others must match.
-- A charge is asked about through the renewal that collected it, because only there it carries our reference.
create function private.notice_owner(p_gateway text, p_kind text, p_reference text, p_any_kind boolean)
returns table (organization_id uuid, payment_id uuid, payment_status text, payment_created_at timestamptz, refund_id uuid,
               auto_renewal_id uuid, names jsonb)
language sql stable set search_path = '' as $$
  select r.organization_id, r.payment_id, p.status, p.created_at, r.refund_id, o.auto_renewal_id,
         (select jsonb_agg(jsonb_build_object('kind', n.kind, 'value', n.reference) order by (n.reference = p_reference) desc, n.created_at)
          from private.payment_references n
          where n.organization_id = r.organization_id and case
            when o.auto_renewal_id is not null then n.auto_renewal_id = o.auto_renewal_id
            else n.payment_id = r.payment_id and n.refund_id is not distinct from r.refund_id end)
  from (
    select n.* from private.payment_references n
    where n.gateway = p_gateway and n.reference = p_reference and (p_any_kind or n.kind = p_kind)
    order by (n.kind = p_kind) desc limit 1) r
  left join public.payments p on p.organization_id = r.organization_id and p.id = r.payment_id
  cross join lateral (select case when r.refund_id is null then coalesce(r.auto_renewal_id, p.auto_renewal_id) end as auto_renewal_id) o
$$;

-- Keeps a name that only a notice brought, once the gateway said whose it is. A name that is somebody's stays theirs.
create function private.learn_reference(p_gateway text, p_kind text, p_reference text, p_known_kind text, p_known_reference text) returns void
language sql volatile set search_path = '' as $$
  insert into private.payment_references (gateway, reference, kind, organization_id, payment_id, refund_id, auto_renewal_id)
  select k.gateway, p_reference, p_kind, k.organization_id, k.payment_id, k.refund_id, k.auto_renewal_id
  from private.payment_references k
  where k.gateway = p_gateway and k.kind = p_known_kind and k.reference = p_known_reference
  on conflict do nothing
$$;

-- Takes up to p_limit due notices for one worker. A lease that ran out is anybody's: applying twice is harmless.
-- payment_id and auto_renewal_id are null for a name that is not ours (yet).
create function private.claim_notices(p_worker text, p_limit int, p_lease interval)
returns table (id bigint, gateway text, kind text, reference_kind text, reference text, verified_by text, attempts int,
               received_at timestamptz, claimed_at timestamptz, organization_id uuid, payment_id uuid, payment_status text,
               payment_created_at timestamptz, refund_id uuid, auto_renewal_id uuid, names jsonb)
language plpgsql set search_path = '' as $$
#variable_conflict use_column
begin
  return query
  with due as (
    select e.id from private.webhook_events e
    where e.status = 'received' and e.next_attempt_at <= now() and (e.locked_until is null or e.locked_until < now())
    order by e.next_attempt_at limit p_limit for update skip locked
  ), taken as (
    update private.webhook_events e set locked_by = p_worker, locked_until = now() + p_lease
    from due where e.id = due.id returning e.*
  )
  select t.id, t.gateway, t.kind, t.reference_kind, t.reference, t.verified_by, t.attempts, t.received_at, clock_timestamp(),
         o.organization_id, o.payment_id, o.payment_status, o.payment_created_at, o.refund_id, o.auto_renewal_id, coalesce(o.names, '[]')
  from taken t
  left join lateral private.notice_owner(t.gateway, t.reference_kind, t.reference, t.kind = 'unknown') o on true
  order by t.id;
end
$$;

-- How long something has waited, as the last of the ages at which it is asked about again; null before the first.
create function private.sweep_age(p_since timestamptz, p_now timestamptz) returns bigint
language sql immutable set search_path = '' as $$
  select max(extract(epoch from a.age))::bigint
  from unnest(array['2 minutes', '10 minutes', '1 hour', '6 hours', '1 day', '2 days', '3 days', '4 days', '5 days', '6 days',
                    '7 days', '14 days', '21 days', '30 days']::interval[]) a (age)
  where p_since <= p_now - a.age
$$;

-- Gateways forget to call (Flow promises no retry): payments and refunds that should have moved get a notice of
-- our own, once in each age bucket. Returns how many. What a renewal collected is asked about through the renewal.
create function private.sweep_payments() returns int
language plpgsql set search_path = '' as $$
declare
  v_count int;
begin
  with waiting as (
    select p.gateway, p.id, 'payment' as kind, 'order' as reference_kind, p.id as payment_id, p.created_at
    from public.payments p
    where p.status in ('creating', 'pending', 'processing', 'review') and p.created_at > now() - interval '31 days'
    union all
    select p.gateway, f.id, 'refund', 'refund_order', p.id, f.created_at
    from public.refunds f join public.payments p on p.organization_id = f.organization_id and p.id = f.payment_id
    where f.status in ('creating', 'processing', 'unknown') and f.created_at > now() - interval '31 days'
  )
  insert into private.webhook_events (gateway, event_key, kind, reference_kind, reference, verified_by, payment_ref)
  select w.gateway, 'sweep:' || w.id || ':' || b.age, w.kind, w.reference_kind, r.reference, 'sweep', w.payment_id
  from waiting w
  cross join lateral (select private.sweep_age(w.created_at, now()) as age) b
  join private.payment_references r on r.gateway = w.gateway and r.kind = w.reference_kind and r.payment_id = w.payment_id
    and coalesce(r.refund_id, w.payment_id) = w.id
  where b.age is not null
  on conflict (gateway, event_key) do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

-- After ninety days a notice keeps its facts and loses what the gateway wrote into it.
create function private.purge_notice_payloads() returns int
language plpgsql set search_path = '' as $$
declare
  v_count int;
begin
  update private.webhook_events set payload_raw = '', headers = '{}'
  where received_at < now() - interval '90 days' and length(payload_raw) > 0;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
