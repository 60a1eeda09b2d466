-- A subscription that staff ended before its paid time leaves that time to the shop for when it buys again. It keeps its
-- own plan: a dearer one that is bought then is an upgrade, with the rest taken off; any other begins when it is over.
-- Until now whatever was bought held at once, with its limits, for all the months that had been paid at another plan's price.

-- What a purchase is measured against: the subscription that lives, or, of a shop whose subscription ended before its paid
-- time, that time as the subscription it would be (no id: resume_paid_time makes it); else all null.
create function private.standing_of(p_organization uuid) returns public.subscriptions
language plpgsql stable set search_path = '' as $$
declare
  v_now timestamptz := private.clock(p_organization);
  v_sub public.subscriptions;
  v_left private.payment_ledger;
begin
  select * into v_sub from public.subscriptions s where s.organization_id = p_organization and s.status <> 'cancelled';
  if v_sub.id is not null then
    return v_sub;
  end if;
  select * into v_left from private.payment_ledger l
  where l.organization_id = p_organization and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end > v_now
  order by l.period_start limit 1;
  if v_left.payment_id is not null then
    v_sub.organization_id := p_organization;
    v_sub.status := 'active';
    v_sub.tier_code := v_left.tier_code;
    v_sub.tier_version := v_left.tier_version;
    v_sub.billing_interval := v_left.billing_interval;
    v_sub.current_period_start := v_left.period_start;
    v_sub.current_period_end := private.paid_until(v_sub, v_now);
  end if;
  return v_sub;
end
$$;

-- The paid time of a shop whose subscription had ended runs again, as a subscription of its own plan; null where none is left.
create function private.resume_paid_time(p_organization uuid) returns public.subscriptions
language plpgsql set search_path = '' as $$
declare
  v_left public.subscriptions := private.standing_of(p_organization);
  v_sub public.subscriptions;
begin
  if v_left.id is not null or v_left.organization_id is null then
    return null;
  end if;
  insert into public.subscriptions (organization_id, tier_code, tier_version, status, billing_interval, current_period_start, current_period_end)
  values (p_organization, v_left.tier_code, v_left.tier_version, 'active', v_left.billing_interval, v_left.current_period_start,
          v_left.current_period_end)
  returning * into v_sub;
  perform private.apply_limits(p_organization);
  perform private.append_audit(p_organization, 'system', 'billing', 'subscription.resumed', 'subscriptions', v_sub.id, null,
    jsonb_build_object('tier', v_sub.tier_code, 'paidUntil', v_sub.current_period_end));
  return v_sub;
end
$$;

-- The subscription that a payment is for, locked; a shop that had none gets what was left of its paid time, or a new one.
create or replace function private.living_subscription(p_payment public.payments) returns public.subscriptions
language plpgsql set search_path = '' as $$
declare
  v_sub public.subscriptions;
begin
  select * into v_sub from public.subscriptions s
  where s.organization_id = p_payment.organization_id and s.status <> 'cancelled' for update;
  if v_sub.id is null then
    v_sub := private.resume_paid_time(p_payment.organization_id);
  end if;
  if v_sub.id is null then
    insert into public.subscriptions (organization_id, tier_code, tier_version, status, billing_interval)
    values (p_payment.organization_id, p_payment.tier_code, p_payment.tier_version, 'pending_payment', p_payment.billing_interval)
    returning * into v_sub;
  end if;
  return v_sub;
end
$$;

-- The version of a tier that an organization is sold: its own while it has one or is paid for one, else the newest on sale.
create or replace function private.tier_on_sale(p_organization uuid, p_tier text, p_currency text, p_interval text)
returns public.subscription_tiers
language plpgsql stable set search_path = '' as $$
declare
  v_tier public.subscription_tiers;
begin
  select t.* into v_tier from public.subscription_tiers t
  left join private.standing_of(p_organization) s on s.tier_code = t.code and s.tier_version = t.version
  where t.code = p_tier and (s.tier_code is not null or private.is_on_sale(t))
  order by (s.tier_code is not null) desc, t.version desc limit 1;
  if v_tier.code is null or coalesce(private.tier_price(v_tier, p_currency, p_interval), 0) <= 0 then
    perform private.fail('payment.tier_unavailable', jsonb_build_object('tier', p_tier));
  end if;
  return v_tier;
end
$$;

-- What one period of a tier costs an organization now. Minor units; lines add up to the total.
--   price      from the price book; who bought a version of a tier keeps it, everybody else gets the newest on sale
--   coupon     of the price, the one that is named or one that still has periods to give
--   proration  an upgrade: what the running periods are still worth, by the second, rounded down
--   credit     what stands in the account
-- A total that no gateway would take grows to the smallest it takes, out of credit; what is not used stays credit.
--
-- change  of a shop without a living subscription: upgrade where paid time is left of something smaller, else new. A smaller
--         plan cannot be noted for later there: it is bought, and begins on the day that startsAt says.
create or replace function private.quote_payment(p_organization uuid, p_tier text, p_interval text, p_currency text, p_coupon text default null)
returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_now timestamptz := private.clock(p_organization);
  v_sub public.subscriptions := private.standing_of(p_organization);
  v_tier public.subscription_tiers := private.tier_on_sale(p_organization, p_tier, p_currency, p_interval);
  v_price bigint := private.tier_price(v_tier, p_currency, p_interval);
  v_change text := coalesce(private.plan_change(v_sub, v_tier.code, v_tier.version, p_interval), 'new');
  v_coupon jsonb := private.coupon_for(p_organization, p_coupon, p_tier, p_currency);
  v_off bigint := private.coupon_discount(v_coupon, v_price, p_currency);
  v_proration bigint := 0;
  v_credit bigint;
  v_total bigint;
  v_give bigint;
begin
  if v_change = 'upgrade' and private.paid_until(v_sub, v_now) > v_now then
    v_proration := least(private.unused_value(p_organization, p_currency, v_now), v_price - v_off);
  end if;
  -- Credit rests while a payment is disputed: it may be what that payment became.
  v_credit := case when private.is_disputed(p_organization) then 0 else least(coalesce((select c.balance from private.account_credits c
    where c.organization_id = p_organization and c.currency = p_currency), 0), v_price - v_off - v_proration) end;
  v_total := v_price - v_off - v_proration - v_credit;
  if v_total > 0 and v_total < private.smallest_charge(p_currency) then
    v_give := least(v_credit, private.smallest_charge(p_currency) - v_total);
    v_credit := v_credit - v_give;
    v_total := v_total + v_give;
    v_give := greatest(0, least(v_proration, private.smallest_charge(p_currency) - v_total));
    v_proration := v_proration - v_give;
    v_total := v_total + v_give;
    if v_total < private.smallest_charge(p_currency) then  -- what a coupon left is too little to collect
      v_off := v_off + v_total;
      v_total := 0;
    end if;
  end if;
  return jsonb_build_object('tier', v_tier.code, 'version', v_tier.version, 'interval', p_interval, 'currency', p_currency,
    'change', case when v_sub.id is null and v_change <> 'upgrade' then 'new' else v_change end,
    'startsAt', case when v_sub.organization_id is null then v_now else private.period_start(v_sub, v_change, p_interval, v_now) end,
    'couponCode', case when v_off > 0 then v_coupon ->> 'code' end,
    'price', v_price, 'coupon', v_off, 'proration', v_proration, 'credit', v_credit, 'total', v_total,
    'lines', (select jsonb_agg(jsonb_build_object('kind', l.kind, 'amount', l.amount) order by l.n)
      from (values (1, 'price', v_price), (2, 'coupon', -v_off), (3, 'proration', -v_proration), (4, 'credit', -v_credit)) as l (n, kind, amount)
      where l.amount <> 0));
end
$$;

-- Gives the period that was paid for, once. Returns what it was to the shop: activated, reactivated, upgraded or received
-- (a renewal, or a plan that begins later); null when it was given before.
create or replace function private.activate_subscription(p_payment public.payments) returns text
language plpgsql set search_path = '' as $$
declare
  v_now timestamptz := private.clock(p_payment.organization_id);
  v_had_ended boolean := not exists (select from public.subscriptions s
    where s.organization_id = p_payment.organization_id and s.status <> 'cancelled');
  v_sub public.subscriptions;
  v_quote private.payment_quotes;
  v_change text;
  v_start timestamptz;
  v_anchor timestamptz;
  v_end timestamptz;
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
  perform private.enter_period(p_payment, v_sub, v_had_ended, v_start, v_end, v_now);
  return case when v_sub.status in ('past_due', 'grace', 'suspended', 'expired') then 'reactivated'
    when v_sub.status <> 'active' then 'activated'
    when v_change = 'upgrade' then 'upgraded'
    when v_had_ended then 'reactivated' else 'received' end;
end
$$;

-- What a period that was paid for makes of its subscription.
--
-- p_sub        as it was before
-- p_had_ended  it came back with this payment
create function private.enter_period(p_payment public.payments, p_sub public.subscriptions, p_had_ended boolean, p_start timestamptz,
                                     p_end timestamptz, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  -- What was bought ahead waits for its day (apply_due_periods); whatever else was bought holds at once.
  v_waits boolean := p_sub.status in ('active', 'grace') and p_start > p_now;
  v_to text := case when p_sub.status = 'grace' and private.is_disputed(p_payment.organization_id) then 'grace' else 'active' end;
  -- What a gateway collected although it was asked to stop is paid time, and no change of mind: the shop still leaves, or
  -- still takes the plan that it chose.
  v_unasked boolean := exists (select from public.auto_renewals a where a.organization_id = p_payment.organization_id
    and a.id = p_payment.auto_renewal_id and a.cancel_requested_at is not null);
begin
  perform private.require_step(p_sub.status, 'paid', v_to);
  update public.subscriptions s set
    tier_code = case when v_waits then s.tier_code else p_payment.tier_code end,
    tier_version = case when v_waits then s.tier_version else p_payment.tier_version end,
    billing_interval = case when v_waits then s.billing_interval else p_payment.billing_interval end,
    status = v_to,
    current_period_start = case when v_waits then s.current_period_start else p_start end,
    current_period_end = p_end, cancel_at_period_end = (s.cancel_at_period_end or p_had_ended) and v_unasked, held_because = null,
    next_tier_code = case when v_unasked then s.next_tier_code end, next_tier_version = case when v_unasked then s.next_tier_version end,
    next_interval = case when v_unasked then s.next_interval end, updated_at = now()
  where s.organization_id = p_sub.organization_id and s.id = p_sub.id;
  perform private.apply_limits(p_payment.organization_id);
  perform private.append_audit(p_payment.organization_id, 'system', 'billing', 'subscription.activated', 'subscriptions', p_sub.id, null,
    jsonb_build_object('payment', p_payment.id, 'status', jsonb_build_array(p_sub.status, v_to),
      'tier', jsonb_build_array(p_sub.tier_code, p_payment.tier_code), 'periodStart', p_start, 'periodEnd', p_end));
end
$$;
