-- What a payment gives: a period of a tier, once, and how it is taken back.

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
