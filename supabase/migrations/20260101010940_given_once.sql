-- A payment that gave its period already brings nobody back: a part that staff pay back after they ended a subscription, or a
-- dispute that is won after it, would else begin what was left of the paid time again, which is for the shop to buy.

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
  if exists (select from private.payment_ledger l where l.organization_id = p_payment.organization_id
             and l.payment_id = p_payment.id and l.effect_kind = 'activated') then
    return null;
  end if;
  v_sub := private.living_subscription(p_payment);
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
