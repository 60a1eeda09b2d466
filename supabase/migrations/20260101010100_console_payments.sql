-- The console's view of money and notices: payments of all shops, what happened to each, the inbox, the gateways.
-- Every function checks role and step-up itself. What staff change is written into the shop's own trail, or, where it
-- is no shop's, into the security events.

create index payments_across_shops on public.payments (created_at desc, id);

-- Payments that a filter leaves: {q, status, gateway, currency, world: test|live, from, to}; all optional, to excluded.
-- Granted to nobody: the list, its totals and its file begin with it, so that they never differ.
create function private.payments_found(p_filter jsonb) returns setof public.payments
language sql stable set search_path = '' as $$
  select p.* from public.payments p join public.organizations o on o.id = p.organization_id
  cross join lateral (select private.fold(p_filter ->> 'q') as q) f
  cross join lateral (select private.like_pattern(p_filter ->> 'q') as pattern) s
  where (f.q = '' or private.fold(o.name) like s.pattern or o.slug like s.pattern or p.payer_email like s.pattern or p.id::text = f.q
         or exists (select from private.payment_references r where r.organization_id = p.organization_id and r.payment_id = p.id
                    and lower(r.reference) = f.q))
    and (p_filter ->> 'status' is null or p.status = p_filter ->> 'status')
    and (p_filter ->> 'gateway' is null or p.gateway = p_filter ->> 'gateway')
    and (p_filter ->> 'currency' is null or p.currency = p_filter ->> 'currency')
    and (p_filter ->> 'world' is null or p.test_mode = (p_filter ->> 'world' = 'test'))
    and (p_filter ->> 'from' is null or p.created_at >= (p_filter ->> 'from')::timestamptz)
    and (p_filter ->> 'to' is null or p.created_at < (p_filter ->> 'to')::timestamptz)
$$;

create function private.console_payments(p_filter jsonb, p_limit int, p_offset int)
returns table (id uuid, organization_id uuid, organization text, gateway text, status text, amount bigint, currency text, refunded_amount bigint,
               test_mode boolean, tier text, billing_interval text, reason text, payer_email text, reference text, gateway_reference text,
               created_at timestamptz, paid_at timestamptz, total bigint)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  perform private.require_platform(false);
  return query
  with page as (
    select p.*, count(*) over () as total from private.payments_found(p_filter) p
    order by p.created_at desc, p.id limit least(p_limit, 5000) offset p_offset
  )
  select p.id, p.organization_id, o.name, p.gateway, p.status, p.amount, p.currency, p.refunded_amount, p.test_mode, p.tier_code,
         p.billing_interval, p.reason, p.payer_email,
         (select r.reference from private.payment_references r where r.organization_id = p.organization_id and r.payment_id = p.id
          and r.kind = 'order' and r.refund_id is null limit 1),
         (select r.reference from private.payment_references r where r.organization_id = p.organization_id and r.payment_id = p.id
          and r.kind <> 'order' and r.refund_id is null order by r.created_at, r.kind limit 1),
         p.created_at, p.paid_at, p.total
  from page p join public.organizations o on o.id = p.organization_id
  order by p.created_at desc, p.id;
end
$$;

-- What the payments of a filter come to, in minor units: a line for each currency, test money apart from real money.
create function private.console_payment_totals(p_filter jsonb)
returns table (currency text, test_mode boolean, payments bigint, paid_payments bigint, paid_amount bigint, refunded_amount bigint)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  perform private.require_platform(false);
  return query
  select p.currency, p.test_mode, count(*), count(*) filter (where p.paid_at is not null),
         coalesce(sum(p.amount) filter (where p.paid_at is not null), 0)::bigint,
         coalesce(sum(p.refunded_amount) filter (where p.paid_at is not null), 0)::bigint
  from private.payments_found(p_filter) p group by 1, 2 order by 2, 1;
end
$$;

-- Who took a list of payments out of the house, and which.
create function private.console_note_export(p_filter jsonb, p_rows int) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_platform(false);
  perform private.record_security_event('payments.exported', 'info', null, null, jsonb_build_object('rows', p_rows, 'filter', p_filter));
end
$$;

-- Money that waits for the word of a second person: refunds and acceptances above the limit.
create function private.console_approvals()
returns table (kind text, id uuid, payment_id uuid, organization text, gateway text, amount bigint, currency text, reason text,
               asked_by text, asked_by_me boolean, asked_at timestamptz, test_mode boolean)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  perform private.require_platform(false);
  return query
  select w.kind, w.id, w.payment_id, o.name, p.gateway, w.amount, w.currency, w.reason, private.staff_name(w.by), w.by = auth.uid(), w.at, p.test_mode
  from (
    select 'refund' as kind, f.id, f.organization_id, f.payment_id, f.amount, f.currency, f.reason, f.requested_by as by, f.created_at as at
    from public.refunds f where f.status = 'awaiting_approval'
    union all
    select 'review', d.id, d.organization_id, d.payment_id, d.amount, d.currency, d.reason, d.decided_by, d.decided_at
    from private.review_decisions d where d.status = 'awaiting_approval'
  ) w
  join public.payments p on p.organization_id = w.organization_id and p.id = w.payment_id
  join public.organizations o on o.id = w.organization_id
  order by w.at;
end
$$;

create function private.staff_name(p_user uuid) returns text
language sql stable set search_path = '' as $$
  select a.full_name from public.platform_admins a where a.user_id = p_user
$$;

-- One payment: its facts, its names, its refunds, and everything that happened to it in one list, the newest first.
create function private.console_payment(p_payment uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_payment public.payments;
begin
  perform private.require_platform(false);
  select * into v_payment from public.payments p where p.id = p_payment;
  if v_payment.id is null then
    perform private.fail('payment.not_found');
  end if;
  return jsonb_build_object(
    'payment', to_jsonb(v_payment) - array['idempotency_key', 'request_hash', 'redirect_url', 'redirect_method', 'status_rank'],
    'organization', (select jsonb_build_object('id', o.id, 'name', o.name, 'slug', o.slug) from public.organizations o where o.id = v_payment.organization_id),
    'openedBy', (select m.full_name from public.admin_users m where m.organization_id = v_payment.organization_id and m.user_id = v_payment.created_by limit 1),
    'refundable', (select jsonb_build_object('amount', u.amount, 'currency', u.currency) from private.refundable(v_payment) u),
    'received', (select jsonb_build_object('amount', u.amount, 'currency', u.currency) from private.unapplied_of(v_payment) u where u.amount > 0),
    'names', (select coalesce(jsonb_agg(jsonb_build_object('kind', r.kind, 'value', r.reference, 'refundId', r.refund_id) order by r.refund_id nulls first, r.created_at, r.kind), '[]')
              from private.payment_references r where r.organization_id = v_payment.organization_id and r.payment_id = v_payment.id),
    'refunds', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'amount', f.amount, 'currency', f.currency, 'status', f.status, 'reason', f.reason,
                  'requestedBy', private.staff_name(f.requested_by), 'requestedByMe', f.requested_by = auth.uid(), 'createdAt', f.created_at,
                  'gatewayStatus', f.gateway_status,
                  'decision', (select jsonb_build_object('approved', a.approved, 'by', private.staff_name(a.decided_by), 'at', a.decided_at, 'reason', a.reason)
                               from private.refund_approvals a where a.organization_id = f.organization_id and a.refund_id = f.id)) order by f.created_at desc), '[]')
                from public.refunds f where f.organization_id = v_payment.organization_id and f.payment_id = v_payment.id),
    'decisions', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'decision', d.decision, 'status', d.status, 'amount', d.amount, 'currency', d.currency,
                    'reason', d.reason, 'by', private.staff_name(d.decided_by), 'byMe', d.decided_by = auth.uid(), 'at', d.decided_at) order by d.decided_at desc), '[]')
                  from private.review_decisions d where d.organization_id = v_payment.organization_id and d.payment_id = v_payment.id),
    'ledger', (select coalesce(jsonb_agg(jsonb_build_object('transaction', t.id, 'kind', t.kind, 'at', t.at, 'account', e.account, 'amount', e.amount,
                 'currency', e.currency) order by t.posted_at, t.id, e.line), '[]')
               from private.ledger_transactions t join private.ledger_entries e on e.transaction_id = t.id
               where t.organization_id = v_payment.organization_id and t.payment_id = v_payment.id),
    'timeline', private.payment_timeline(v_payment));
end
$$;

create function private.payment_timeline(p_payment public.payments) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(x) order by x.at desc, x.id desc), '[]') from (
    select * from (
      select e.at, 'audit' as kind, e.seq as id, e.action as what, e.actor_name as who, e.via, e.reason as why, null::text as proof, null::int as attempts
      from public.audit_entries e where e.organization_id = p_payment.organization_id and e.object_id = p_payment.id
      union all
      select p_payment.created_at, 'opened', 0, 'payment.opened', p_payment.payer_email, 'shop', null, null, null
      where not exists (select from public.audit_entries e where e.organization_id = p_payment.organization_id and e.object_id = p_payment.id
                        and e.action in ('payment.opened', 'payment.collected'))
      union all
      select w.received_at, 'notice', w.id, w.status, w.gateway, w.kind, w.last_error, w.verified_by, w.attempts
      from private.webhook_events w
      where w.gateway = p_payment.gateway and (w.payment_ref = p_payment.id or exists (select from private.payment_references r
        where r.organization_id = p_payment.organization_id and r.payment_id = p_payment.id and r.reference = w.reference))
      union all
      select t.posted_at, 'ledger', 0, t.kind, null, null, null, null, null
      from private.ledger_transactions t where t.organization_id = p_payment.organization_id and t.payment_id = p_payment.id
    ) everything order by at desc limit 200) x
$$;

-- Has the worker ask the gateway about a payment now; many clicks in fifteen seconds are one question.
create function private.console_ask_gateway(p_payment uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
  v_payment public.payments;
begin
  select * into v_payment from public.payments p where p.id = p_payment;
  if v_payment.id is null then
    perform private.fail('payment.not_found');
  end if;
  insert into private.webhook_events (gateway, event_key, kind, reference_kind, reference, verified_by, payment_ref)
  select v_payment.gateway, 'asked:' || v_payment.id || ':' || floor(extract(epoch from now()) / 15), 'payment', r.kind, r.reference, 'sweep', v_payment.id
  from private.payment_references r
  where r.organization_id = v_payment.organization_id and r.payment_id = v_payment.id and r.refund_id is null
  order by (r.kind = 'order') desc, r.created_at limit 1
  on conflict (gateway, event_key) do nothing;
  if not found then
    if not exists (select from private.payment_references r where r.organization_id = v_payment.organization_id and r.payment_id = v_payment.id) then
      perform private.fail('payment.not_askable');
    end if;
    return;
  end if;
  perform private.append_audit(v_payment.organization_id, 'console', v_staff.full_name, 'payment.asked', 'payments', v_payment.id, null, '{}');
  perform pg_notify('webhook_events', '');
end
$$;

-- Notices of a filter {q, gateway, status, proof, from, to}; the payment that one is about, where its name is known.
create function private.console_notices(p_filter jsonb, p_limit int, p_offset int)
returns table (id bigint, gateway text, kind text, reference_kind text, reference text, verified_by text, status text, attempts int,
               received_at timestamptz, next_attempt_at timestamptz, last_error text, payment_id uuid, organization text, total bigint)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  perform private.require_platform(false);
  return query
  with page as (
    select e.*, count(*) over () as total from private.webhook_events e
    where (coalesce(p_filter ->> 'q', '') = '' or e.reference = p_filter ->> 'q' or e.trace_id = p_filter ->> 'q' or e.id::text = p_filter ->> 'q'
           or e.payment_ref::text = lower(p_filter ->> 'q'))
      and (p_filter ->> 'gateway' is null or e.gateway = p_filter ->> 'gateway')
      and (p_filter ->> 'status' is null or e.status = p_filter ->> 'status')
      and (p_filter ->> 'proof' is null or e.verified_by = p_filter ->> 'proof')
      and (p_filter ->> 'from' is null or e.received_at >= (p_filter ->> 'from')::timestamptz)
      and (p_filter ->> 'to' is null or e.received_at < (p_filter ->> 'to')::timestamptz)
    order by e.id desc limit least(p_limit, 500) offset p_offset
  )
  select e.id, e.gateway, e.kind, e.reference_kind, e.reference, e.verified_by, e.status, e.attempts, e.received_at, e.next_attempt_at, e.last_error,
         n.payment_id, (select o.name from public.organizations o where o.id = n.organization_id), e.total
  from page e left join lateral private.named_by(e.gateway, e.reference_kind, e.reference) n on true
  order by e.id desc;
end
$$;

-- Whose a name at a gateway is; no row for nobody's.
create function private.named_by(p_gateway text, p_kind text, p_reference text) returns table (organization_id uuid, payment_id uuid, auto_renewal_id uuid)
language sql stable set search_path = '' as $$
  select r.organization_id, r.payment_id, r.auto_renewal_id from private.payment_references r
  where r.gateway = p_gateway and r.reference = p_reference order by (r.kind = p_kind) desc limit 1
$$;

-- One notice with what the gateway sent, base64. The application hides secrets and people before anybody reads it.
create function private.console_notice(p_notice bigint) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_notice private.webhook_events;
begin
  perform private.require_platform(false);
  select * into v_notice from private.webhook_events e where e.id = p_notice;
  if v_notice.id is null then
    perform private.fail('not_found');
  end if;
  return (to_jsonb(v_notice) - array['payload_raw', 'locked_by', 'locked_until', 'event_key'])
    || jsonb_build_object('payload', encode(v_notice.payload_raw, 'base64'),
      'purged', v_notice.verified_by in ('signature', 'hint') and length(v_notice.payload_raw) = 0 and v_notice.received_at < now() - interval '90 days',
      'about', (select to_jsonb(n) || jsonb_build_object('organization', (select o.name from public.organizations o where o.id = n.organization_id))
                from private.named_by(v_notice.gateway, v_notice.reference_kind, v_notice.reference) n));
end
$$;

-- How the inbox stands, gateway by gateway.
create function private.console_inbox() returns table (gateway text, waiting bigint, dead bigint, refused bigint, last_notice_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  perform private.require_platform(false);
  return query
  select g.gateway, count(e.id) filter (where e.status = 'received'), count(e.id) filter (where e.status = 'dead'),
         coalesce((select c.n from private.payment_counters c where c.name = 'webhook_refused' and c.gateway = g.gateway), 0),
         max(e.received_at) filter (where e.verified_by in ('signature', 'hint'))
  from (select e.gateway from private.webhook_events e union select c.gateway from private.payment_counters c) g
  left join private.webhook_events e on e.gateway = g.gateway
  group by g.gateway order by g.gateway;
end
$$;

-- What must always be true of payments and ledger, as it stood at the last look.
create function private.console_invariants() returns table (name text, violations bigint, sample text, checked_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_platform(false);
  return query select i.name, i.violations, i.sample, i.checked_at from private.invariants i order by i.violations desc, i.name;
end
$$;

-- What the console has stored about gateways, without a single secret, and when each was last heard.
create function private.console_gateways() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_platform(false);
  return jsonb_build_object(
    'sets', (select coalesce(jsonb_agg(jsonb_build_object('gateway', c.gateway, 'mode', c.mode, 'hints', c.hints, 'changedAt', c.changed_at,
               'changedBy', private.staff_name(c.changed_by))), '[]') from private.gateway_settings c),
    'switches', (select coalesce(jsonb_agg(jsonb_build_object('gateway', s.gateway, 'mode', s.mode, 'paused', s.paused, 'changedAt', s.changed_at,
                   'changedBy', private.staff_name(s.changed_by))), '[]') from private.gateway_switches s),
    'heard', (select coalesce(jsonb_agg(jsonb_build_object('gateway', p.gateway, 'answeredAt', p.answered, 'openTest', p.open_test, 'openLive', p.open_live)), '[]') from (
               select x.gateway, max(x.checked_at) as answered,
                      count(*) filter (where x.test_mode and x.status in ('creating', 'pending', 'processing', 'review')) as open_test,
                      count(*) filter (where not x.test_mode and x.status in ('creating', 'pending', 'processing', 'review')) as open_live
               from public.payments x group by 1) p),
    'changes', (select coalesce(jsonb_agg(to_jsonb(x) order by x.id desc), '[]') from (
                 select e.id, e.at, e.kind, e.subject as gateway, e.details from private.security_events e
                 where e.kind like 'gateway.%' order by e.id desc limit 30) x));
end
$$;

grant execute on function private.console_payments(jsonb, int, int), private.console_payment_totals(jsonb), private.console_note_export(jsonb, int),
  private.console_approvals(), private.console_payment(uuid), private.console_ask_gateway(uuid), private.console_notices(jsonb, int, int),
  private.console_notice(bigint), private.console_inbox(), private.console_invariants(), private.console_gateways() to authenticated;
