-- What a payment gives: a period of a tier, once.

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
  value           bigint check (value >= 0),
  superseded_by   uuid,
  at              timestamptz not null default now(),
  primary key (organization_id, payment_id, effect_kind),
  foreign key (organization_id, payment_id) references public.payments (organization_id, id) on delete restrict,
  foreign key (organization_id, subscription_id) references public.subscriptions (organization_id, id) on delete restrict
);
create index payment_ledger_periods on private.payment_ledger (organization_id, period_end);
comment on column private.payment_ledger.anchor_at is 'Periods are counted in months from here, so that the 31st survives February.';
comment on column private.payment_ledger.value is
  'What the period is worth in the currency of its payment: price less coupon, however it was paid; null: the payment''s amount.';
comment on column private.payment_ledger.superseded_by is 'The payment (an upgrade, or its own refund or dispute) that ended this period early.';

-- Months counted from the anchor, in UTC: 31 January, 28 February, 31 March.
create function private.next_period_end(p_anchor timestamptz, p_start timestamptz, p_interval text) returns timestamptz
language sql immutable set search_path = '' as $$
  select (p_anchor at time zone 'UTC' + make_interval(months =>
    ((extract(year from p_start at time zone 'UTC') - extract(year from p_anchor at time zone 'UTC')) * 12
      + extract(month from p_start at time zone 'UTC') - extract(month from p_anchor at time zone 'UTC'))::int
    + case p_interval when 'year' then 12 else 1 end)) at time zone 'UTC'
$$;

-- What a purchase would be to a subscription: new, renewal, upgrade (dearer, or a year instead of a month) or downgrade.
create function private.plan_change(p_sub public.subscriptions, p_tier text, p_version int, p_interval text) returns text
language sql stable set search_path = '' as $$
  select case
    when p_sub.status not in ('active', 'past_due', 'grace') then 'new'
    when t.price_clp_month > o.price_clp_month then 'upgrade'
    when t.price_clp_month < o.price_clp_month then 'downgrade'
    when p_interval = p_sub.billing_interval then 'renewal'
    when p_interval = 'year' then 'upgrade' else 'downgrade' end
  from public.subscription_tiers t, public.subscription_tiers o
  where t.code = p_tier and t.version = p_version and o.code = p_sub.tier_code and o.version = p_sub.tier_version
$$;

-- Through when a subscription is paid, periods bought ahead included; null: nothing that still runs.
create function private.paid_until(p_sub public.subscriptions, p_now timestamptz) returns timestamptz
language sql stable set search_path = '' as $$
  select nullif(greatest(max(l.period_end), case when p_sub.status = 'active' and p_sub.current_period_end > p_now
                                                 then p_sub.current_period_end else '-infinity' end), '-infinity')
  from private.payment_ledger l
  where l.organization_id = p_sub.organization_id and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end > p_now
$$;

-- Where a period that is bought now begins.
--   upgrade while something runs     now: what the running periods are still worth is taken off the price
--   anything else while it runs      when the last of them ends; a cheaper plan begins then
--   on trial                         when the trial ends
--   active, past_due, grace          where the paid time ended: no free days, none paid twice
--   otherwise, or a debt older than the whole period: now
create function private.period_start(p_sub public.subscriptions, p_change text, p_interval text, p_now timestamptz) returns timestamptz
language plpgsql stable set search_path = '' as $$
declare
  v_until timestamptz := private.paid_until(p_sub, p_now);
  v_start timestamptz;
begin
  if v_until > p_now then
    return case p_change when 'upgrade' then p_now else v_until end;
  end if;
  if p_sub.status = 'trialing' then
    return greatest(p_sub.trial_ends_at, p_now);
  end if;
  v_start := case when p_sub.status in ('active', 'past_due', 'grace') then p_sub.current_period_end end;
  if v_start is null or private.next_period_end(private.period_anchor(p_sub.organization_id, v_start), v_start, p_interval) <= p_now then
    return p_now;
  end if;
  return v_start;
end
$$;

-- The anchor of the period that ends where another begins; the beginning itself where there is none.
create function private.period_anchor(p_organization uuid, p_start timestamptz) returns timestamptz
language sql stable set search_path = '' as $$
  select coalesce((select l.anchor_at from private.payment_ledger l
    where l.organization_id = p_organization and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end = p_start
    order by l.at desc limit 1), p_start)
$$;

-- What is left of the paid periods, in minor units: each period's value by whole seconds, rounded down.
create function private.unused_value(p_organization uuid, p_currency text, p_now timestamptz) returns bigint
language sql stable set search_path = '' as $$
  select coalesce(sum(floor(greatest(0, coalesce(l.value, p.amount) - p.refunded_amount)::numeric
    * floor(extract(epoch from l.period_end - greatest(l.period_start, p_now)))
    / greatest(1, floor(extract(epoch from l.period_end - l.period_start))))), 0)::bigint
  from private.payment_ledger l
  join public.payments p on p.organization_id = l.organization_id and p.id = l.payment_id and p.currency = p_currency
  where l.organization_id = p_organization and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end > p_now
$$;

-- Gives the period that was paid for, once. Returns what it was to the shop: activated, reactivated, upgraded or received
-- (a renewal, or a plan that begins later); null when it was given before.
create function private.activate_subscription(p_payment public.payments) returns text
language plpgsql set search_path = '' as $$
declare
  v_now timestamptz := private.clock(p_payment.organization_id);
  v_sub public.subscriptions;
  v_quote private.payment_quotes;
  v_change text;
  v_start timestamptz;
  v_anchor timestamptz;
  v_end timestamptz;
  v_waits boolean;
  v_to text;
  v_unasked boolean;
begin
  v_sub := private.living_subscription(p_payment);
  if exists (select from private.payment_ledger l where l.organization_id = p_payment.organization_id
             and l.payment_id = p_payment.id and l.effect_kind = 'activated') then
    return null;
  end if;
  -- A person may have accepted money whose price was withdrawn: then it is worth what it is.
  select * into v_quote from private.payment_quotes q
  where q.organization_id = p_payment.organization_id and q.payment_id = p_payment.id and q.withdrawn_at is null;
  v_change := private.plan_change(v_sub, p_payment.tier_code, p_payment.tier_version, p_payment.billing_interval);
  v_start := private.period_start(v_sub, v_change, p_payment.billing_interval, v_now);
  v_anchor := private.period_anchor(p_payment.organization_id, v_start);
  if v_change = 'upgrade' and private.paid_until(v_sub, v_now) > v_now then
    v_anchor := v_start;
    perform private.end_periods_early(p_payment, coalesce(v_quote.proration, 0), v_now);
  end if;
  v_end := private.next_period_end(v_anchor, v_start, p_payment.billing_interval);
  insert into private.payment_ledger (organization_id, payment_id, effect_kind, subscription_id, tier_code, tier_version,
                                      billing_interval, period_start, period_end, anchor_at, value, at)
  values (p_payment.organization_id, p_payment.id, 'activated', v_sub.id, p_payment.tier_code, p_payment.tier_version,
          p_payment.billing_interval, v_start, v_end, v_anchor, v_quote.price - v_quote.coupon, v_now);
  perform private.spend_quote(p_payment, v_now);
  perform private.pay_invoice(p_payment, v_sub.id, v_start, v_end, v_now);

  -- What was bought ahead waits for its day (apply_due_periods); whatever else was bought holds at once.
  v_waits := v_sub.status in ('active', 'grace') and v_start > v_now;
  v_to := case when v_sub.status = 'grace' and private.is_disputed(p_payment.organization_id) then 'grace' else 'active' end;
  perform private.require_step(v_sub.status, 'paid', v_to);
  -- What a gateway collected although it was asked to stop is paid time, and no change of mind: the shop still leaves, or
  -- still takes the plan that it chose.
  v_unasked := exists (select from public.auto_renewals a where a.organization_id = p_payment.organization_id
    and a.id = p_payment.auto_renewal_id and a.cancel_requested_at is not null);
  update public.subscriptions s set
    tier_code = case when v_waits then s.tier_code else p_payment.tier_code end,
    tier_version = case when v_waits then s.tier_version else p_payment.tier_version end,
    billing_interval = case when v_waits then s.billing_interval else p_payment.billing_interval end,
    status = v_to,
    current_period_start = case when v_waits then s.current_period_start else v_start end,
    current_period_end = v_end, cancel_at_period_end = s.cancel_at_period_end and v_unasked, held_because = null,
    next_tier_code = case when v_unasked then s.next_tier_code end, next_tier_version = case when v_unasked then s.next_tier_version end,
    next_interval = case when v_unasked then s.next_interval end, updated_at = now()
  where s.organization_id = v_sub.organization_id and s.id = v_sub.id;
  perform private.apply_limits(p_payment.organization_id);
  perform private.append_audit(p_payment.organization_id, 'system', 'billing', 'subscription.activated', 'subscriptions', v_sub.id, null,
    jsonb_build_object('payment', p_payment.id, 'status', jsonb_build_array(v_sub.status, v_to),
      'tier', jsonb_build_array(v_sub.tier_code, p_payment.tier_code), 'periodStart', v_start, 'periodEnd', v_end));
  return case when v_sub.status in ('past_due', 'grace', 'suspended', 'expired') then 'reactivated'
    when v_sub.status <> 'active' then 'activated'
    when v_change = 'upgrade' then 'upgraded' else 'received' end;
end
$$;

-- The subscription that a payment is for, locked; a shop that had none gets one.
create function private.living_subscription(p_payment public.payments) returns public.subscriptions
language plpgsql set search_path = '' as $$
declare
  v_sub public.subscriptions;
begin
  select * into v_sub from public.subscriptions s
  where s.organization_id = p_payment.organization_id and s.status <> 'cancelled' for update;
  if v_sub.id is null then
    insert into public.subscriptions (organization_id, tier_code, tier_version, status, billing_interval)
    values (p_payment.organization_id, p_payment.tier_code, p_payment.tier_version, 'pending_payment', p_payment.billing_interval)
    returning * into v_sub;
  end if;
  return v_sub;
end
$$;

-- An upgrade ends what runs. What it was worth beyond that which the price already took off becomes the shop's credit.
create function private.end_periods_early(p_payment public.payments, p_taken bigint, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  v_currency text;
begin
  for v_currency in
    select distinct p.currency from private.payment_ledger l
    join public.payments p on p.organization_id = l.organization_id and p.id = l.payment_id
    where l.organization_id = p_payment.organization_id and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end > p_now
  loop
    perform private.change_credit(p_payment.organization_id, v_currency, 'credit', p_payment.id,
      greatest(0, private.unused_value(p_payment.organization_id, v_currency, p_now) - case v_currency when p_payment.currency then p_taken else 0 end),
      p_now);
  end loop;
  update private.payment_ledger l set superseded_by = p_payment.id
  where l.organization_id = p_payment.organization_id and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end > p_now;
end
$$;

-- Paid periods whose day has come; a cheaper tier begins where the dearer one ends. Idempotent; called by the sweep and
-- by the clock, for one organization or for all.
create function private.apply_due_periods(p_organization uuid default null) returns int
language plpgsql set search_path = '' as $$
declare
  v_due record;
  v_count int := 0;
begin
  for v_due in
    select l.*, s.tier_code as old_tier from private.payment_ledger l
    join public.subscriptions s on s.organization_id = l.organization_id and s.id = l.subscription_id and s.status in ('active', 'grace')
    where l.effect_kind = 'activated' and l.superseded_by is null and (p_organization is null or l.organization_id = p_organization)
      and s.current_period_start < l.period_start
      and l.period_start <= private.clock(l.organization_id) and l.period_end > private.clock(l.organization_id)
    for update of s skip locked
  loop
    update public.subscriptions s set tier_code = v_due.tier_code, tier_version = v_due.tier_version,
      billing_interval = v_due.billing_interval, current_period_start = v_due.period_start, updated_at = now()
    where s.organization_id = v_due.organization_id and s.id = v_due.subscription_id;
    perform private.apply_limits(v_due.organization_id);
    perform private.append_audit(v_due.organization_id, 'system', 'billing', 'subscription.period_began', 'subscriptions',
      v_due.subscription_id, null, jsonb_build_object('tier', jsonb_build_array(v_due.old_tier, v_due.tier_code), 'payment', v_due.payment_id));
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
