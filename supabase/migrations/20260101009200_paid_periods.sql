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
  update public.subscriptions s set
    tier_code = case when v_waits then s.tier_code else p_payment.tier_code end,
    tier_version = case when v_waits then s.tier_version else p_payment.tier_version end,
    billing_interval = case when v_waits then s.billing_interval else p_payment.billing_interval end,
    status = v_to,
    current_period_start = case when v_waits then s.current_period_start else v_start end,
    current_period_end = v_end, cancel_at_period_end = false, held_because = null,
    next_tier_code = null, next_tier_version = null, next_interval = null, updated_at = now()
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

-- Takes back the period of a payment that was paid back whole: what other payments and the trial still give, remains.
create function private.revoke_period(p_payment public.payments) returns void
language plpgsql set search_path = '' as $$
declare
  v_now timestamptz := private.clock(p_payment.organization_id);
  v_given private.payment_ledger;
begin
  perform from public.subscriptions s where s.organization_id = p_payment.organization_id and s.status <> 'cancelled' for update;
  select * into v_given from private.payment_ledger l
  where l.organization_id = p_payment.organization_id and l.payment_id = p_payment.id and l.effect_kind = 'activated';
  insert into private.payment_ledger (organization_id, payment_id, effect_kind, subscription_id, tier_code, tier_version,
                                      billing_interval, period_start, period_end, anchor_at, superseded_by, at)
  select v_given.organization_id, v_given.payment_id, 'revoked', v_given.subscription_id, v_given.tier_code, v_given.tier_version,
         v_given.billing_interval, v_given.period_start, v_given.period_end, v_given.anchor_at, p_payment.id, v_now
  where v_given.payment_id is not null
  on conflict do nothing;
  if not found then
    perform private.settle_subscription(p_payment.organization_id, 'refund');
    return;
  end if;
  -- What this payment had ended early is owed again, unless a later upgrade has long since taken its worth along.
  if v_given.superseded_by is null or v_given.superseded_by = p_payment.id then
    update private.payment_ledger l set superseded_by = null
    where l.organization_id = p_payment.organization_id and l.superseded_by = p_payment.id and l.payment_id <> p_payment.id
      and l.effect_kind = 'activated';
    perform private.unspend_quote(p_payment, v_now);
  else
    perform private.claw_back(p_payment, v_given, v_now);
  end if;
  update private.payment_ledger l set superseded_by = coalesce(nullif(l.superseded_by, p_payment.id), p_payment.id)
  where l.organization_id = p_payment.organization_id and l.payment_id = p_payment.id and l.effect_kind = 'activated';
  perform private.refund_invoice(p_payment);
  perform private.withdraw_quotes(p_payment.organization_id, p_payment.id);
  perform private.settle_subscription(p_payment.organization_id, 'refund');
  perform private.append_audit(p_payment.organization_id, 'system', 'billing', 'subscription.period_revoked', 'subscriptions',
    v_given.subscription_id, null, jsonb_build_object('payment', p_payment.id));
end
$$;

-- Money that went back after its period's worth had moved on, into an upgrade and the shop's credit: the worth follows.
-- It is taken from the credit first, then off the end of what still runs.
create function private.claw_back(p_payment public.payments, p_given private.payment_ledger, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  v_ended timestamptz := (select l.at from private.payment_ledger l where l.organization_id = p_payment.organization_id
                          and l.payment_id = p_given.superseded_by and l.effect_kind = 'activated');
  v_owed bigint := floor(coalesce(p_given.value, p_payment.amount)::numeric
    * greatest(0, extract(epoch from p_given.period_end - greatest(p_given.period_start, v_ended)))
    / greatest(1, extract(epoch from p_given.period_end - p_given.period_start)));
  v_period record;
begin
  v_owed := v_owed + private.change_credit(p_payment.organization_id, p_payment.currency, 'credit_clawed', p_payment.id, -coalesce(v_owed, 0), p_now);
  for v_period in
    select l.*, (coalesce(l.value, p.amount))::numeric * extract(epoch from l.period_end - greatest(l.period_start, p_now))
                / extract(epoch from l.period_end - l.period_start) as worth
    from private.payment_ledger l
    join public.payments p on p.organization_id = l.organization_id and p.id = l.payment_id and p.currency = p_payment.currency
    where l.organization_id = p_payment.organization_id and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end > p_now
    order by l.period_start desc for update of l
  loop
    exit when coalesce(v_owed, 0) <= 0;
    if v_owed >= v_period.worth then
      update private.payment_ledger l set superseded_by = p_payment.id
      where l.organization_id = v_period.organization_id and l.payment_id = v_period.payment_id and l.effect_kind = 'activated';
    else
      update private.payment_ledger l set value = greatest(0, coalesce(l.value, (select p.amount from public.payments p
          where p.organization_id = l.organization_id and p.id = l.payment_id)) - v_owed),
        period_end = l.period_end - (l.period_end - greatest(l.period_start, p_now)) * (v_owed / v_period.worth)::double precision
      where l.organization_id = v_period.organization_id and l.payment_id = v_period.payment_id and l.effect_kind = 'activated';
    end if;
    v_owed := v_owed - least(v_owed, ceil(v_period.worth));
  end loop;
  if v_owed > 0 then
    perform private.enqueue('alert.raise', jsonb_build_object('rule', 'credit.short', 'severity', 'error',
      'organizationId', p_payment.organization_id, 'subject', p_payment.id));
  end if;
end
$$;

-- Lays the living periods end to end from now: a gap that a refund left closes, and of two that run at once the older
-- waits with what is left of it. So the order in which gateways tell things does not matter.
create function private.lay_periods(p_organization uuid, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  v_period private.payment_ledger;
  v_cursor timestamptz;
  v_left numeric;
begin
  for v_period in
    select * from private.payment_ledger l
    where l.organization_id = p_organization and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end > p_now
    order by l.period_start <= p_now desc, case when l.period_start <= p_now then l.period_start end desc, l.period_start, l.at, l.payment_id
    for update
  loop
    if v_cursor is null and v_period.period_start <= p_now then
      v_cursor := v_period.period_end;
      continue;
    end if;
    v_cursor := coalesce(v_cursor, p_now);
    if v_period.period_start <= p_now then
      v_left := extract(epoch from v_period.period_end - p_now) / extract(epoch from v_period.period_end - v_period.period_start);
      update private.payment_ledger l set period_start = v_cursor, period_end = v_cursor + (v_period.period_end - p_now), anchor_at = v_cursor,
        value = floor((select coalesce(v_period.value, p.amount) from public.payments p
                       where p.organization_id = p_organization and p.id = v_period.payment_id) * v_left)
      where l.organization_id = p_organization and l.payment_id = v_period.payment_id and l.effect_kind = 'activated' returning * into v_period;
    elsif v_period.period_start <> v_cursor then
      update private.payment_ledger l set period_start = v_cursor, anchor_at = v_cursor,
        period_end = private.next_period_end(v_cursor, v_cursor, l.billing_interval)
      where l.organization_id = p_organization and l.payment_id = v_period.payment_id and l.effect_kind = 'activated' returning * into v_period;
      perform private.move_invoice(p_organization, v_period.payment_id, v_period.period_start, v_period.period_end);
    end if;
    v_cursor := v_period.period_end;
  end loop;
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
