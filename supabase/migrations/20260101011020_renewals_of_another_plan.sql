-- What is bought by hand ends the automatic renewal of another plan. A shop that paid for months by itself and bought a year, or a
-- larger plan, went on being charged for the months of before: each was queued after the paid year, or brought the shop back to
-- the smaller plan.

-- The lock of an organization's subscription, whether one lives or not, and then of what collects for it: what is bought may end
-- that. Taken before the audit trail's.
create or replace function private.lock_subscription(p_organization uuid) returns void
language plpgsql set search_path = '' as $$
begin
  perform from public.subscriptions s where s.organization_id = p_organization and s.status <> 'cancelled' for update;
  if not found then
    perform pg_advisory_xact_lock(hashtextextended('subscription ' || p_organization, 0));
    -- While we waited it may have come to life.
    perform from public.subscriptions s where s.organization_id = p_organization and s.status <> 'cancelled' for update;
  end if;
  -- In the order in which a gateway's answer takes them (apply_auto_renewal_state).
  perform from public.auto_renewals a where a.organization_id = p_organization order by a.created_at, a.id for no key update;
end
$$;

-- Asks every renewal to end that would go on collecting what this payment took the place of: all of them for an upgrade, which
-- begins now, and those of another plan or interval for whatever begins later. What a renewal itself collected ends nobody: which
-- of them collects is decided when one is agreed to.
create function private.stop_other_renewals(p_payment public.payments, p_change text) returns void
language sql volatile set search_path = '' as $$
  select private.ask_to_cancel_auto_renewal(a.organization_id, a.id, now()) from public.auto_renewals a
  where p_payment.auto_renewal_id is null and a.organization_id = p_payment.organization_id
    and a.status not in ('cancelled', 'expired', 'failed') and a.cancel_requested_at is null
    and (p_change = 'upgrade' or a.billing_interval <> p_payment.billing_interval
         or p_payment.tier_code not in (a.tier_code, coalesce(a.next_tier_code, a.tier_code)))
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
  perform private.stop_other_renewals(p_payment, v_change);
  return case when v_sub.status in ('past_due', 'grace', 'suspended', 'expired') then 'reactivated'
    when v_sub.status <> 'active' then 'activated'
    when v_change = 'upgrade' then 'upgraded'
    when v_had_ended then 'reactivated' else 'received' end;
end
$$;
