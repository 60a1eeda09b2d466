-- Payments of subscriptions: intents, refunds, the inbox of gateway notices, and the one transition function.
-- Money is bigint in minor units. What a browser or a notice claims is never written here: only what we asked
-- for (open_payment) and what the gateway answered when asked (apply_payment_state).

create table public.payments (
  organization_id    uuid not null references public.organizations on delete restrict,
  id                 uuid not null default gen_random_uuid(),
  gateway            text not null check (gateway ~ '^[a-z]{2,32}$'),
  status             text not null default 'creating' check (status in (
    'creating', 'pending', 'processing', 'succeeded', 'failed', 'cancelled', 'expired', 'review',
    'partially_refunded', 'refunded', 'disputed')),
  status_rank        smallint not null generated always as (case status
    when 'creating' then 0 when 'pending' then 10 when 'processing' then 20 when 'review' then 35
    when 'partially_refunded' then 40 when 'refunded' then 50 when 'disputed' then 60 else 30 end) stored,
  amount             bigint not null check (amount > 0),
  currency           text not null check (currency ~ '^[A-Z]{3}$'),
  refunded_amount    bigint not null default 0 check (refunded_amount between 0 and amount),
  tier_code          text not null,
  tier_version       int not null,
  billing_interval   text not null check (billing_interval in ('month', 'year')),
  reason             text check (length(reason) <= 300),
  redirect_url       text check (length(redirect_url) <= 2000),
  redirect_method    text check (redirect_method in ('GET', 'POST')),
  expires_at         timestamptz not null,
  paid_at            timestamptz,
  idempotency_key    text not null check (length(idempotency_key) between 1 and 200),
  request_hash       text not null check (length(request_hash) <= 128),
  payer_email        text not null check (length(payer_email) <= 254),
  language           text not null default 'es' check (language in ('es', 'en')),
  gateway_status     text check (length(gateway_status) <= 100),
  gateway_updated_at timestamptz,
  created_by         uuid not null,
  created_at         timestamptz not null default now(),
  updated_at         timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, idempotency_key),
  foreign key (tier_code, tier_version) references public.subscription_tiers (code, version) on delete restrict
);
create index payments_by_time on public.payments (organization_id, created_at desc, id);
-- The sweep walks payments that should have moved, across tenants.
create index payments_unsettled on public.payments (created_at) where status in ('creating', 'pending', 'processing', 'review');
comment on table public.payments is 'One attempt to pay for one period of a tier. Written by private functions only.';
comment on column public.payments.amount is 'What was asked for, IVA included: the snapshot with which the gateway''s answer is compared.';
comment on column public.payments.reason is 'Why it failed or is in review: a code of ours, or the gateway''s words.';

create table public.refunds (
  organization_id uuid not null references public.organizations on delete restrict,
  id              uuid not null default gen_random_uuid(),
  payment_id      uuid not null,
  amount          bigint not null check (amount > 0),
  currency        text not null check (currency ~ '^[A-Z]{3}$'),
  status          text not null default 'creating' check (status in ('creating', 'processing', 'succeeded', 'failed', 'cancelled', 'unknown')),
  reason          text not null check (length(reason) between 1 and 500),
  idempotency_key text not null check (length(idempotency_key) between 1 and 200),
  requested_by    uuid not null,
  gateway_status  text check (length(gateway_status) <= 100),
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, payment_id, idempotency_key),
  foreign key (organization_id, payment_id) references public.payments (organization_id, id) on delete restrict
);
create index refunds_unsettled on public.refunds (created_at) where status in ('creating', 'processing', 'unknown');
comment on table public.refunds is 'Money going back, ordered by platform staff. unknown: the answer was lost; asked about, never sent again.';

-- Names under which gateways know our payments and refunds: unique across tenants, so they live here.
create table private.payment_references (
  gateway         text not null,
  reference       text not null check (length(reference) between 1 and 200),
  kind            text not null,
  organization_id uuid not null,
  payment_id      uuid not null,
  refund_id       uuid,
  created_at      timestamptz not null default now(),
  primary key (gateway, reference, kind),
  foreign key (organization_id, payment_id) references public.payments (organization_id, id) on delete restrict,
  foreign key (organization_id, refund_id) references public.refunds (organization_id, id) on delete restrict
);
create index payment_references_of_payment on private.payment_references (organization_id, payment_id);
comment on column private.payment_references.kind is 'order is our own opaque reference; the others are the gateway''s (token, flow_order, …).';

-- What a payment gave, once: the key makes an effect impossible to apply twice.
create table private.payment_ledger (
  organization_id uuid not null,
  payment_id      uuid not null,
  effect_kind     text not null check (effect_kind in ('activated', 'revoked')),
  subscription_id uuid not null,
  tier_code       text not null,
  tier_version    int not null,
  billing_interval text not null,
  period_start    timestamptz not null,
  period_end      timestamptz not null check (period_end > period_start),
  anchor_at       timestamptz not null,
  superseded_by   uuid,
  at              timestamptz not null default now(),
  primary key (organization_id, payment_id, effect_kind),
  foreign key (organization_id, payment_id) references public.payments (organization_id, id) on delete restrict,
  foreign key (organization_id, subscription_id) references public.subscriptions (organization_id, id) on delete restrict
);
create index payment_ledger_periods on private.payment_ledger (organization_id, period_end);
comment on column private.payment_ledger.anchor_at is 'Periods are counted in months from here, so that the 31st survives February.';
comment on column private.payment_ledger.superseded_by is 'The payment (an upgrade, or its own refund) that ended this period early.';

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

alter table public.payments enable row level security, force row level security;
create policy payments_read on public.payments for select to authenticated
  using (organization_id = (select private.billing_org()) and (select private.has_permission('billing.read')));
grant select (organization_id, id, gateway, status, amount, currency, refunded_amount, tier_code, tier_version, billing_interval,
  reason, redirect_url, redirect_method, expires_at, paid_at, created_by, created_at, updated_at) on public.payments to authenticated;

alter table public.refunds enable row level security, force row level security;
create policy refunds_read on public.refunds for select to authenticated
  using (organization_id = (select private.billing_org()) and (select private.has_permission('billing.read')));
grant select (organization_id, id, payment_id, amount, currency, status, created_at, updated_at) on public.refunds to authenticated;

-- The price of a tier, from the price book alone.
create function private.tier_price(p_tier public.subscription_tiers, p_currency text, p_interval text) returns bigint
language sql immutable set search_path = '' as $$
  select case p_currency || ' ' || p_interval
    when 'CLP month' then p_tier.price_clp_month when 'CLP year' then p_tier.price_clp_year
    when 'USD month' then p_tier.price_usd_month when 'USD year' then p_tier.price_usd_year end
$$;

-- Opens a payment: the intent that is committed before the gateway hears of it. Same key, same payment.
-- Definer: members may read payments and write none. The price, the payer and the organization are the server's word.
create function private.open_payment(p_key text, p_gateway text, p_currency text, p_tier text, p_interval text,
                                     p_request_hash text, p_language text)
returns table (id uuid, organization_id uuid, is_new boolean, status text, amount bigint, currency text, reference text,
               redirect_url text, redirect_method text, payer_email text, expires_at timestamptz)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  v_member public.admin_users := private.require_permission('billing.manage');
  v_tier public.subscription_tiers;
  v_payment public.payments;
  v_new boolean := false;
begin
  -- Who bought a version of a tier keeps it; everybody else gets the newest one on sale.
  select t.* into v_tier from public.subscription_tiers t
  left join public.subscriptions s on s.organization_id = v_member.organization_id and s.status <> 'cancelled'
    and s.tier_code = t.code and s.tier_version = t.version
  where t.code = p_tier and (s.id is not null or (t.retired_at is null and t.available_from <= now()))
  order by (s.id is not null) desc, t.version desc limit 1;
  if v_tier.code is null or coalesce(private.tier_price(v_tier, p_currency, p_interval), 0) <= 0 then
    perform private.fail('payment.tier_unavailable', jsonb_build_object('tier', p_tier));
  end if;

  insert into public.payments (organization_id, gateway, amount, currency, tier_code, tier_version, billing_interval,
                               idempotency_key, request_hash, payer_email, language, created_by, expires_at)
  values (v_member.organization_id, p_gateway, private.tier_price(v_tier, p_currency, p_interval), p_currency, v_tier.code,
          v_tier.version, p_interval, p_key, p_request_hash, v_member.email, p_language, auth.uid(), now() + interval '24 hours')
  on conflict (organization_id, idempotency_key) do nothing
  returning * into v_payment;
  v_new := v_payment.id is not null;

  if v_new then
    -- Opaque and random: it binds organization, amount and currency without telling any of them.
    insert into private.payment_references (gateway, reference, kind, organization_id, payment_id)
    values (p_gateway, encode(extensions.gen_random_bytes(16), 'hex'), 'order', v_payment.organization_id, v_payment.id);
    perform private.audit('payment.opened', 'payments', v_payment.id, null, jsonb_build_object(
      'gateway', p_gateway, 'amount', v_payment.amount, 'currency', p_currency, 'tier', v_tier.code, 'interval', p_interval));
  else
    select p.* into v_payment from public.payments p
    where p.organization_id = v_member.organization_id and p.idempotency_key = p_key;
    if v_payment.request_hash <> p_request_hash then
      perform private.fail('idempotency.key_reused');
    end if;
    if v_payment.status = 'creating' then
      perform private.fail('idempotency.in_progress', jsonb_build_object('retryAfterSeconds', 5));
    end if;
  end if;

  return query
  select v_payment.id, v_payment.organization_id, v_new, v_payment.status, v_payment.amount, v_payment.currency, r.reference,
         v_payment.redirect_url, v_payment.redirect_method, v_payment.payer_email, v_payment.expires_at
  from private.payment_references r
  where r.organization_id = v_payment.organization_id and r.payment_id = v_payment.id and r.kind = 'order';
end
$$;
grant execute on function private.open_payment(text, text, text, text, text, text, text) to authenticated;

-- What a reported state means for a stored one: apply, same (nothing new), review, or illegal.
-- The lattice of docs/decisions: later states only, refunds and disputes after success, late money to review.
create function private.payment_transition(p_from text, p_to text) returns text
language sql immutable set search_path = '' as $$
  select case
    when p_from = p_to then 'same'
    when p_from in ('creating', 'pending', 'processing') then case
      when p_to = 'creating' or (p_from = 'processing' and p_to = 'pending') then 'illegal' else 'apply' end
    when p_from in ('failed', 'cancelled', 'expired') then case
      when p_to in ('succeeded', 'partially_refunded', 'refunded', 'disputed') then 'review' else 'illegal' end
    -- A person decides what becomes of a review; only that the money went back settles it by itself.
    when p_from = 'review' then case when p_to = 'refunded' then 'apply' else 'same' end
    -- Gateways that keep refunds apart go on saying "paid" about a payment that was paid back.
    when p_from in ('partially_refunded', 'refunded') and p_to = 'succeeded' then 'same'
    when p_from = 'succeeded' and p_to in ('partially_refunded', 'refunded', 'disputed') then 'apply'
    when p_from = 'partially_refunded' and p_to in ('refunded', 'disputed') then 'apply'
    when p_from = 'disputed' and p_to in ('succeeded', 'partially_refunded', 'refunded') then 'apply'
    else 'illegal' end
$$;

create function private.count_payment_event(p_name text, p_gateway text) returns void
language sql volatile set search_path = '' as $$
  insert into private.payment_counters as c (name, gateway, n) values (p_name, p_gateway, 1)
  on conflict (name, gateway) do update set n = c.n + 1
$$;

-- What stands between a reported payment and our own: null when amount, currency and reference are those we asked for.
create function private.payment_mismatch(p_payment public.payments, p_state jsonb) returns text
language sql stable set search_path = '' as $$
  select case
    when p_state ->> 'objection' is not null then p_state ->> 'objection'
    when p_state ->> 'reference' is distinct from (
      select r.reference from private.payment_references r
      where r.organization_id = p_payment.organization_id and r.payment_id = p_payment.id and r.kind = 'order') then 'reference_differs'
    when p_state ->> 'currency' is distinct from p_payment.currency then 'currency_differs'
    when (p_state ->> 'amountExpectedMinor')::numeric is distinct from p_payment.amount then 'amount_differs'
    when (p_state ->> 'amountPaidMinor')::numeric is distinct from p_payment.amount then 'amount_differs'
    when (p_state ->> 'underpaid')::boolean then 'underpaid'
  end
$$;

-- Months counted from the anchor, in UTC: 31 January, 28 February, 31 March.
create function private.next_period_end(p_anchor timestamptz, p_start timestamptz, p_interval text) returns timestamptz
language sql immutable set search_path = '' as $$
  select (p_anchor at time zone 'UTC' + make_interval(months =>
    ((extract(year from p_start at time zone 'UTC') - extract(year from p_anchor at time zone 'UTC')) * 12
      + extract(month from p_start at time zone 'UTC') - extract(month from p_anchor at time zone 'UTC'))::int
    + case p_interval when 'year' then 12 else 1 end)) at time zone 'UTC'
$$;

-- Gives the period that was paid for, once. Returns whether the shop's tier or state changed.
--   trialing           from the trial's end
--   active, same tier  when the running period ends
--   active, cheaper    likewise; the tier changes then
--   active, dearer     now: a new period at the full price, until proration exists
--   past_due, grace    from the end of what was paid: no free days, none paid twice
--   anything else      now
create function private.activate_subscription(p_payment public.payments) returns boolean
language plpgsql set search_path = '' as $$
declare
  v_now timestamptz := now();
  v_sub public.subscriptions;
  v_old_price bigint;
  v_new_price bigint;
  v_start timestamptz;
  v_anchor timestamptz;
  v_end timestamptz;
  v_changed boolean;
begin
  select * into v_sub from public.subscriptions s
  where s.organization_id = p_payment.organization_id and s.status <> 'cancelled' for update;
  if v_sub.id is null then
    insert into public.subscriptions (organization_id, tier_code, tier_version, status, billing_interval)
    values (p_payment.organization_id, p_payment.tier_code, p_payment.tier_version, 'pending_payment', p_payment.billing_interval)
    returning * into v_sub;
  end if;
  if exists (select from private.payment_ledger l where l.organization_id = p_payment.organization_id
             and l.payment_id = p_payment.id and l.effect_kind = 'activated') then
    return false;
  end if;
  select t.price_clp_month into v_old_price from public.subscription_tiers t where t.code = v_sub.tier_code and t.version = v_sub.tier_version;
  select t.price_clp_month into v_new_price from public.subscription_tiers t where t.code = p_payment.tier_code and t.version = p_payment.tier_version;

  v_start := case
    when v_sub.status = 'trialing' then v_sub.trial_ends_at
    when v_sub.status in ('past_due', 'grace') then v_sub.current_period_end
    when v_sub.status = 'active' and (p_payment.tier_code = v_sub.tier_code or v_new_price < v_old_price) then v_sub.current_period_end
    else v_now end;
  v_start := coalesce(v_start, v_now);
  if v_sub.status = 'trialing' then
    v_start := greatest(v_start, v_now);
  end if;
  select l.anchor_at into v_anchor from private.payment_ledger l
  where l.organization_id = p_payment.organization_id and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end = v_start
  order by l.at desc limit 1;
  v_anchor := coalesce(v_anchor, v_start);
  v_end := private.next_period_end(v_anchor, v_start, p_payment.billing_interval);
  if v_end <= v_now then  -- a debt older than a whole period: what is paid now must cover now
    v_start := v_now; v_anchor := v_now;
    v_end := private.next_period_end(v_anchor, v_start, p_payment.billing_interval);
  end if;

  if v_start <= v_now then
    update private.payment_ledger l set superseded_by = p_payment.id
    where l.organization_id = p_payment.organization_id and l.superseded_by is null and l.period_end > v_now and l.period_end > v_start;
  end if;
  insert into private.payment_ledger (organization_id, payment_id, effect_kind, subscription_id, tier_code, tier_version,
                                      billing_interval, period_start, period_end, anchor_at)
  values (p_payment.organization_id, p_payment.id, 'activated', v_sub.id, p_payment.tier_code, p_payment.tier_version,
          p_payment.billing_interval, v_start, v_end, v_anchor);

  -- A cheaper tier waits for its period (apply_due_periods); whatever else was bought holds at once.
  v_changed := v_sub.status <> 'active' or not (v_sub.tier_code = p_payment.tier_code or (v_start > v_now and v_new_price < v_old_price));
  update public.subscriptions s set
    tier_code = case when v_changed then p_payment.tier_code else s.tier_code end,
    tier_version = case when v_changed then p_payment.tier_version else s.tier_version end,
    billing_interval = p_payment.billing_interval,
    status = 'active',
    current_period_start = case when s.status = 'active' and v_start > v_now then s.current_period_start else v_start end,
    current_period_end = v_end, cancel_at_period_end = false, updated_at = v_now
  where s.organization_id = v_sub.organization_id and s.id = v_sub.id;
  perform private.apply_limits(p_payment.organization_id);
  perform private.append_audit(p_payment.organization_id, 'system', 'billing', 'subscription.activated', 'subscriptions', v_sub.id, null,
    jsonb_build_object('payment', p_payment.id, 'status', jsonb_build_array(v_sub.status, 'active'),
      'tier', jsonb_build_array(v_sub.tier_code, p_payment.tier_code), 'periodStart', v_start, 'periodEnd', v_end));
  return v_changed;
end
$$;

-- Takes back the period of a payment that was paid back whole: what other payments and the trial still give, remains.
create function private.revoke_period(p_payment public.payments) returns void
language plpgsql set search_path = '' as $$
declare
  v_now timestamptz := now();
  v_sub public.subscriptions;
  v_period private.payment_ledger;
  v_until timestamptz;
begin
  insert into private.payment_ledger (organization_id, payment_id, effect_kind, subscription_id, tier_code, tier_version,
                                      billing_interval, period_start, period_end, anchor_at, superseded_by)
  select organization_id, payment_id, 'revoked', subscription_id, tier_code, tier_version, billing_interval, period_start,
         period_end, anchor_at, p_payment.id
  from private.payment_ledger l
  where l.organization_id = p_payment.organization_id and l.payment_id = p_payment.id and l.effect_kind = 'activated'
  on conflict do nothing;
  if not found then
    return;
  end if;
  -- What this payment had ended early is owed again.
  update private.payment_ledger l set superseded_by = case when l.payment_id = p_payment.id then p_payment.id end
  where l.organization_id = p_payment.organization_id and (l.superseded_by = p_payment.id or l.payment_id = p_payment.id) and l.effect_kind = 'activated';

  select * into v_sub from public.subscriptions s
  where s.organization_id = p_payment.organization_id and s.status <> 'cancelled' for update;
  select * into v_period from private.payment_ledger l
  where l.organization_id = p_payment.organization_id and l.effect_kind = 'activated' and l.superseded_by is null
    and l.period_start <= v_now and l.period_end > v_now order by l.period_end desc limit 1;
  select max(l.period_end) into v_until from private.payment_ledger l
  where l.organization_id = p_payment.organization_id and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end > v_now;
  update public.subscriptions s set
    tier_code = coalesce(v_period.tier_code, s.tier_code), tier_version = coalesce(v_period.tier_version, s.tier_version),
    status = case when v_until is not null then 'active' when s.trial_ends_at > v_now then 'trialing' else 'grace' end,
    current_period_start = coalesce(v_period.period_start, least(s.current_period_start, v_now)),
    current_period_end = coalesce(v_until, v_now), updated_at = v_now
  where s.organization_id = v_sub.organization_id and s.id = v_sub.id;
  perform private.apply_limits(p_payment.organization_id);
  perform private.append_audit(p_payment.organization_id, 'system', 'billing', 'subscription.period_revoked', 'subscriptions', v_sub.id,
    null, jsonb_build_object('payment', p_payment.id));
end
$$;

-- Paid periods whose day has come; a cheaper tier begins where the dearer one ends. Idempotent; called by the sweep.
create function private.apply_due_periods() returns int
language plpgsql set search_path = '' as $$
declare
  v_due record;
  v_count int := 0;
begin
  for v_due in
    select l.*, s.tier_code as old_tier from private.payment_ledger l
    join public.subscriptions s on s.organization_id = l.organization_id and s.id = l.subscription_id and s.status = 'active'
    where l.effect_kind = 'activated' and l.superseded_by is null and l.period_start <= now() and l.period_end > now()
      and s.current_period_start < l.period_start
    for update of s skip locked
  loop
    update public.subscriptions s set tier_code = v_due.tier_code, tier_version = v_due.tier_version,
      current_period_start = v_due.period_start, updated_at = now()
    where s.organization_id = v_due.organization_id and s.id = v_due.subscription_id;
    perform private.apply_limits(v_due.organization_id);
    perform private.append_audit(v_due.organization_id, 'system', 'billing', 'subscription.period_began', 'subscriptions',
      v_due.subscription_id, null, jsonb_build_object('tier', jsonb_build_array(v_due.old_tier, v_due.tier_code), 'payment', v_due.payment_id));
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

-- Applies what the gateway answered when asked, in one transaction: payment, period, tier, limits, audit, mail,
-- and the notices that this answer settles. Safe to run twice, in any order and from two workers at once.
--
-- p_fetched_at  when the question began: notices of the same name received later may tell of something newer
-- p_events      the claimed notices
create function private.apply_payment_state(p_organization uuid, p_payment uuid, p_state jsonb, p_fetched_at timestamptz, p_events bigint[])
returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_payment public.payments;
  v_to text := p_state ->> 'normalized';
  v_gateway_at timestamptz := (p_state ->> 'updatedAt')::timestamptz;
  v_refunded bigint := least((p_state ->> 'amountRefundedMinor')::bigint, 9007199254740991);
  v_verdict text;
  v_reason text := p_state ->> 'reason';
begin
  select * into v_payment from public.payments p where p.organization_id = p_organization and p.id = p_payment for update;
  if v_payment.id is null then
    perform private.fail('payment.not_found');
  end if;
  -- The gateway confirms that nobody paid, and its page has been closed for an hour.
  if v_to = 'pending' and p_fetched_at > v_payment.expires_at + interval '1 hour' then
    v_to := 'expired';
  end if;
  v_verdict := case when v_gateway_at < v_payment.gateway_updated_at then 'same' else private.payment_transition(v_payment.status, v_to) end;
  if v_verdict = 'same' and v_to = 'partially_refunded' and v_payment.status = v_to and v_refunded > v_payment.refunded_amount then
    v_verdict := 'apply';
  end if;
  if v_verdict = 'review' then
    v_reason := 'paid_after_' || v_payment.status;
  elsif v_verdict = 'apply' and v_payment.status <> 'review' and v_payment.paid_at is null
        and v_to in ('succeeded', 'partially_refunded', 'refunded', 'disputed') then
    v_reason := private.payment_mismatch(v_payment, p_state);
    if v_reason is not null then
      v_verdict := 'review';
    end if;
  end if;

  if v_verdict = 'review' then
    v_to := 'review';
    perform private.hold_for_review(v_payment, v_reason, p_state);
  elsif v_verdict = 'apply' then
    perform private.settle_payment(v_payment, v_to, v_reason, p_state, v_refunded);
  elsif v_verdict = 'illegal' then
    perform private.count_payment_event('illegal_transition', v_payment.gateway);
  end if;
  perform private.close_notices(v_payment.gateway, p_fetched_at, p_events);
  return jsonb_build_object('verdict', v_verdict, 'from', v_payment.status, 'to', v_to, 'reason', v_reason);
end
$$;

-- Money that is not the money we asked for, or came too late: kept, shown to people, grants nothing.
create function private.hold_for_review(p_payment public.payments, p_reason text, p_state jsonb) returns void
language plpgsql set search_path = '' as $$
begin
  update public.payments p set status = 'review', reason = p_reason, gateway_status = left(p_state ->> 'rawStatus', 100), updated_at = now()
  where p.organization_id = p_payment.organization_id and p.id = p_payment.id;
  insert into private.security_events (kind, severity, organization_id, subject, details)
  values ('payment.review', 'critical', p_payment.organization_id, p_payment.id::text,
          p_state || jsonb_build_object('because', p_reason, 'gateway', p_payment.gateway,
                                        'expected', jsonb_build_object('amount', p_payment.amount, 'currency', p_payment.currency)));
  perform private.append_audit(p_payment.organization_id, 'system', p_payment.gateway, 'payment.review', 'payments', p_payment.id, p_reason,
                               jsonb_build_object('status', jsonb_build_array(p_payment.status, 'review')));
  perform private.enqueue('alert.raise', jsonb_build_object('rule', 'payment.review', 'severity', 'critical',
    'organizationId', p_payment.organization_id, 'subject', p_payment.id, 'reason', p_reason));
  perform private.mail_about_payment(p_payment, 'review');
end
$$;

-- A legal step that the gateway confirmed, with all that follows from it.
create function private.settle_payment(p_payment public.payments, p_to text, p_reason text, p_state jsonb, p_refunded bigint) returns void
language plpgsql set search_path = '' as $$
declare
  v_paid boolean := p_to in ('succeeded', 'partially_refunded', 'refunded', 'disputed');
  v_changed boolean := false;
begin
  update public.payments p set
    status = p_to, reason = left(p_reason, 300), gateway_status = left(p_state ->> 'rawStatus', 100),
    gateway_updated_at = coalesce((p_state ->> 'updatedAt')::timestamptz, p.gateway_updated_at),
    paid_at = case when v_paid then coalesce(p.paid_at, now()) else p.paid_at end,
    refunded_amount = case p_to when 'refunded' then p.amount else least(p.amount, greatest(p.refunded_amount, coalesce(p_refunded, 0))) end,
    updated_at = now()
  where p.organization_id = p_payment.organization_id and p.id = p_payment.id;
  insert into private.payment_references (gateway, reference, kind, organization_id, payment_id)
  select p_payment.gateway, n ->> 'value', n ->> 'kind', p_payment.organization_id, p_payment.id
  from jsonb_array_elements(p_state -> 'references') n on conflict do nothing;
  perform private.append_audit(p_payment.organization_id, 'system', p_payment.gateway, 'payment.' || p_to, 'payments', p_payment.id, p_reason,
                               jsonb_build_object('status', jsonb_build_array(p_payment.status, p_to)));
  if p_to in ('succeeded', 'partially_refunded') then
    v_changed := private.activate_subscription(p_payment);
  elsif p_to = 'refunded' then
    perform private.revoke_period(p_payment);
  end if;
  if p_to = 'succeeded' and p_payment.status <> 'disputed' then
    perform private.mail_about_payment(p_payment, case when v_changed then 'activated' else 'received' end);
  elsif p_to = 'refunded' or (p_to = 'failed' and p_payment.status <> 'creating') then
    perform private.mail_about_payment(p_payment, p_to);
  elsif p_to = 'disputed' then
    perform private.enqueue('alert.raise', jsonb_build_object('rule', 'payment.disputed', 'severity', 'critical',
      'organizationId', p_payment.organization_id, 'subject', p_payment.id));
  end if;
end
$$;

create function private.mail_about_payment(p_payment public.payments, p_kind text) returns void
language sql volatile set search_path = '' as $$
  select private.enqueue('mail.payment', jsonb_build_object('kind', p_kind, 'organizationId', p_payment.organization_id,
    'paymentId', p_payment.id, 'to', p_payment.payer_email, 'language', p_payment.language))
$$;

-- Marks what an answer settles: the claimed notices, and those of the same name that came before the question.
create function private.close_notices(p_gateway text, p_fetched_at timestamptz, p_events bigint[]) returns void
language sql volatile set search_path = '' as $$
  update private.webhook_events e set status = 'done', locked_by = null, locked_until = null, last_error = null
  where e.status = 'received' and (e.id = any (p_events) or (e.gateway = p_gateway and e.received_at < p_fetched_at
    and e.reference in (select c.reference from private.webhook_events c where c.id = any (p_events))))
$$;

-- What createCheckout answered: where to send the payer, and the gateway's names, the one that notices carry first.
-- That one must be new; the others only help to ask, and a number that a gateway gave twice binds nothing.
-- Notices that came before us wake up.
create function private.record_checkout(p_organization uuid, p_payment uuid, p_redirect_url text, p_redirect_method text,
                                        p_references jsonb, p_expires_at timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  v_payment public.payments;
begin
  update public.payments p set
    status = case when p.status = 'creating' then 'pending' else p.status end,
    redirect_url = p_redirect_url, redirect_method = p_redirect_method, expires_at = p_expires_at, updated_at = now()
  where p.organization_id = p_organization and p.id = p_payment returning * into v_payment;
  insert into private.payment_references (gateway, reference, kind, organization_id, payment_id)
  select v_payment.gateway, n ->> 'value', n ->> 'kind', p_organization, p_payment from jsonb_array_elements(p_references) with ordinality r (n, nth)
  where nth = 1;
  insert into private.payment_references (gateway, reference, kind, organization_id, payment_id)
  select v_payment.gateway, n ->> 'value', n ->> 'kind', p_organization, p_payment from jsonb_array_elements(p_references) n
  on conflict do nothing;
  update private.webhook_events e set next_attempt_at = now()
  where e.status = 'received' and e.gateway = v_payment.gateway
    and e.reference in (select n ->> 'value' from jsonb_array_elements(p_references) n);
end
$$;

-- A checkout that certainly came to nothing. Only from creating: whatever the gateway knows of is asked about instead.
create function private.fail_checkout(p_organization uuid, p_payment uuid, p_reason text) returns void
language sql volatile set search_path = '' as $$
  update public.payments p set status = 'failed', reason = left(p_reason, 300), updated_at = now()
  where p.organization_id = p_organization and p.id = p_payment and p.status = 'creating'
$$;

-- Takes up to p_limit due notices for one worker. A lease that ran out is anybody's: applying twice is harmless.
-- payment_id is null for a name that is not ours (yet); names holds everything the gateway may be asked by.
create function private.claim_notices(p_worker text, p_limit int, p_lease interval)
returns table (id bigint, gateway text, kind text, reference_kind text, reference text, verified_by text, attempts int,
               received_at timestamptz, claimed_at timestamptz, organization_id uuid, payment_id uuid, payment_status text,
               payment_created_at timestamptz, refund_id uuid, names jsonb)
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
         r.organization_id, r.payment_id, p.status, p.created_at, r.refund_id,
         coalesce((select jsonb_agg(jsonb_build_object('kind', n.kind, 'value', n.reference) order by (n.reference = t.reference) desc)
                   from private.payment_references n
                   where n.organization_id = r.organization_id and n.payment_id = r.payment_id
                     and n.refund_id is not distinct from r.refund_id), '[]')
  from taken t
  left join lateral (
    select n.* from private.payment_references n where n.gateway = t.gateway and n.reference = t.reference
    order by (n.kind = t.reference_kind) desc limit 1) r on true
  left join public.payments p on p.organization_id = r.organization_id and p.id = r.payment_id
  order by t.id;
end
$$;

-- Gateways forget to call (Flow promises no retry): payments and refunds that should have moved get a notice of
-- our own, once in each age bucket. Returns how many.
create function private.sweep_payments() returns int
language plpgsql set search_path = '' as $$
declare
  v_ages interval[] := array['2 minutes', '10 minutes', '1 hour', '6 hours', '1 day', '2 days', '3 days', '4 days', '5 days', '6 days',
                             '7 days', '14 days', '21 days', '30 days'];
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
  select w.gateway, 'sweep:' || w.id || ':' || extract(epoch from b.age)::bigint, w.kind, w.reference_kind, r.reference, 'sweep', w.payment_id
  from waiting w
  cross join lateral (select max(a.age) from unnest(v_ages) a (age) where w.created_at <= now() - a.age) b (age)
  join private.payment_references r on r.gateway = w.gateway and r.kind = w.reference_kind and r.payment_id = w.payment_id
    and coalesce(r.refund_id, w.payment_id) = w.id
  where b.age is not null
  on conflict (gateway, event_key) do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

-- Orders a refund: reserves the money before the gateway hears of it, so that two orders never give back one payment twice.
-- Definer: platform staff belong to no organization. The step-up is checked here, whatever the page above did.
create function private.console_request_refund(p_key text, p_payment uuid, p_amount bigint, p_reason text)
returns table (id uuid, organization_id uuid, is_new boolean, is_partial boolean, status text, amount bigint, currency text,
               gateway text, reference text, payer_email text, names jsonb)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  v_payment public.payments;
  v_refund public.refunds;
  v_left bigint;
  v_new boolean := false;
begin
  perform private.require_platform(false);
  select p.* into v_payment from public.payments p where p.id = p_payment for update;
  if v_payment.id is null then
    perform private.fail('payment.not_found');
  end if;
  select f.* into v_refund from public.refunds f
  where f.organization_id = v_payment.organization_id and f.payment_id = v_payment.id and f.idempotency_key = p_key;
  if v_refund.id is not null and (v_refund.amount <> coalesce(p_amount, v_refund.amount) or v_refund.reason <> p_reason) then
    perform private.fail('idempotency.key_reused');
  end if;
  if v_refund.id is null then
    select v_payment.amount - greatest(v_payment.refunded_amount, coalesce(sum(f.amount), 0)) into v_left from public.refunds f
    where f.organization_id = v_payment.organization_id and f.payment_id = v_payment.id and f.status not in ('failed', 'cancelled');
    if v_payment.status not in ('succeeded', 'partially_refunded', 'review') or v_left <= 0 or coalesce(p_amount, v_left) not between 1 and v_left then
      perform private.fail('payment.not_refundable', jsonb_build_object('available', v_left));
    end if;
    insert into public.refunds (organization_id, payment_id, amount, currency, reason, idempotency_key, requested_by)
    values (v_payment.organization_id, v_payment.id, coalesce(p_amount, v_left), v_payment.currency, p_reason, p_key, auth.uid())
    returning * into v_refund;
    v_new := true;
    insert into private.payment_references (gateway, reference, kind, organization_id, payment_id, refund_id)
    values (v_payment.gateway, encode(extensions.gen_random_bytes(16), 'hex'), 'refund_order', v_payment.organization_id, v_payment.id, v_refund.id);
    perform private.append_audit(v_payment.organization_id, 'console',
      (select a.full_name from public.platform_admins a where a.user_id = auth.uid()), 'refund.requested', 'payments', v_payment.id, p_reason,
      jsonb_build_object('refund', v_refund.id, 'amount', v_refund.amount));
  end if;
  return query
  select v_refund.id, v_refund.organization_id, v_new, v_refund.amount < v_payment.amount, v_refund.status, v_refund.amount, v_refund.currency,
         v_payment.gateway, r.reference, v_payment.payer_email,
         (select jsonb_agg(jsonb_build_object('kind', n.kind, 'value', n.reference)) from private.payment_references n
          where n.organization_id = v_payment.organization_id and n.payment_id = v_payment.id and n.refund_id is null)
  from private.payment_references r
  where r.organization_id = v_refund.organization_id and r.payment_id = v_payment.id and r.refund_id = v_refund.id and r.kind = 'refund_order';
end
$$;
grant execute on function private.console_request_refund(text, uuid, bigint, text) to authenticated;

-- Applies what the gateway answered about a refund; p_state as the port's RefundState, or unknown when the answer was lost.
create function private.apply_refund_state(p_organization uuid, p_refund uuid, p_state jsonb, p_fetched_at timestamptz, p_events bigint[])
returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_payment public.payments;
  v_refund public.refunds;
  v_to text := p_state ->> 'normalized';
  v_total bigint;
begin
  select * into v_refund from public.refunds f where f.organization_id = p_organization and f.id = p_refund;
  -- The payment's lock is the lock of all its refunds, in the order that payments themselves take it.
  select * into v_payment from public.payments p where p.organization_id = p_organization and p.id = v_refund.payment_id for update;
  select * into v_refund from public.refunds f where f.organization_id = p_organization and f.id = p_refund for update;
  if v_refund.id is null then
    perform private.fail('not_found');
  end if;
  if v_to = 'succeeded' and (p_state ->> 'amountMinor')::numeric is distinct from v_refund.amount then
    v_to := 'unknown';
  end if;
  perform private.close_notices(v_payment.gateway, p_fetched_at, p_events);
  if v_to = v_refund.status or v_refund.status in ('succeeded', 'failed', 'cancelled') or (v_refund.status = 'processing' and v_to = 'unknown'
     and p_state ->> 'amountMinor' is null) then
    return jsonb_build_object('verdict', 'same', 'from', v_refund.status, 'to', v_refund.status);
  end if;

  update public.refunds f set status = v_to, gateway_status = left(p_state ->> 'rawStatus', 100), updated_at = now()
  where f.organization_id = p_organization and f.id = p_refund;
  insert into private.payment_references (gateway, reference, kind, organization_id, payment_id, refund_id)
  select v_payment.gateway, n ->> 'value', n ->> 'kind', p_organization, v_payment.id, p_refund
  from jsonb_array_elements(coalesce(p_state -> 'references', '[]')) n on conflict do nothing;
  update private.webhook_events e set next_attempt_at = now()
  where e.status = 'received' and e.gateway = v_payment.gateway
    and e.reference in (select n ->> 'value' from jsonb_array_elements(coalesce(p_state -> 'references', '[]')) n);
  perform private.append_audit(p_organization, 'system', v_payment.gateway, 'refund.' || v_to, 'payments', v_payment.id, null,
    jsonb_build_object('refund', p_refund, 'amount', v_refund.amount, 'status', jsonb_build_array(v_refund.status, v_to)));

  if v_to = 'succeeded' then
    select sum(f.amount) into v_total from public.refunds f
    where f.organization_id = p_organization and f.payment_id = v_payment.id and f.status = 'succeeded';
    update public.payments p set refunded_amount = least(p.amount, greatest(p.refunded_amount, v_total)), updated_at = now(),
      status = case when v_total >= p.amount then 'refunded' when p.status = 'review' then p.status else 'partially_refunded' end
    where p.organization_id = p_organization and p.id = v_payment.id;
    if v_total >= v_payment.amount then
      perform private.revoke_period(v_payment);
    end if;
    perform private.mail_about_payment(v_payment, 'refunded');
  elsif v_to = 'unknown' then
    perform private.enqueue('alert.raise', jsonb_build_object('rule', 'refund.unknown', 'severity', 'error', 'organizationId', p_organization,
      'subject', p_refund, 'reason', p_state ->> 'rawStatus'));
  end if;
  return jsonb_build_object('verdict', 'apply', 'from', v_refund.status, 'to', v_to);
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
