-- Money that goes back, or is disputed, after a subscription ended: its periods are told apart then too, because the shop
-- may come back to what is left of them. A dispute of an ended shop could not be written down at all: its mail had no
-- subscription to be about.

-- Paid periods whose day has come; a cheaper tier begins where the dearer one ends. Idempotent; called by the sweep and
-- by the clock, for one organization or for all. One subscription lives at a time, and whatever the organization has paid
-- for is its: also what was paid for one that ended.
create or replace function private.apply_due_periods(p_organization uuid default null) returns int
language plpgsql set search_path = '' as $$
declare
  v_due record;
  v_count int := 0;
begin
  for v_due in
    select l.*, s.id as living_id, s.tier_code as old_tier from private.payment_ledger l
    join public.subscriptions s on s.organization_id = l.organization_id and s.status in ('active', 'grace')
    where l.effect_kind = 'activated' and l.superseded_by is null and (p_organization is null or l.organization_id = p_organization)
      and s.current_period_start < l.period_start
      and l.period_start <= private.clock(l.organization_id) and l.period_end > private.clock(l.organization_id)
    for update of s skip locked
  loop
    update public.subscriptions s set tier_code = v_due.tier_code, tier_version = v_due.tier_version,
      billing_interval = v_due.billing_interval, current_period_start = v_due.period_start, updated_at = now()
    where s.organization_id = v_due.organization_id and s.id = v_due.living_id;
    perform private.apply_limits(v_due.organization_id);
    perform private.append_audit(v_due.organization_id, 'system', 'billing', 'subscription.period_began', 'subscriptions',
      v_due.living_id, null, jsonb_build_object('tier', jsonb_build_array(v_due.old_tier, v_due.tier_code), 'payment', v_due.payment_id));
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

-- After a refund or a dispute: the living periods are laid end to end, and the state follows from what they still give.
-- A shop that had already lost its access gets it back by paying, not by being paid back.
create or replace function private.settle_subscription(p_organization uuid, p_event text) returns void
language plpgsql set search_path = '' as $$
declare
  v_now timestamptz := private.clock(p_organization);
  v_sub public.subscriptions;
  v_period private.payment_ledger;
  v_until timestamptz;
  v_to text;
begin
  select * into v_sub from public.subscriptions s where s.organization_id = p_organization and s.status <> 'cancelled' for update;
  perform private.lay_periods(p_organization, v_now);
  if v_sub.id is null then
    return;
  end if;
  select * into v_period from private.payment_ledger l
  where l.organization_id = p_organization and l.effect_kind = 'activated' and l.superseded_by is null
    and l.period_start <= v_now and l.period_end > v_now order by l.period_end desc limit 1;
  select max(l.period_end) into v_until from private.payment_ledger l
  where l.organization_id = p_organization and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end > v_now;
  v_to := case
    when v_sub.status = 'pending_payment' or (v_sub.status in ('suspended', 'expired') and not (p_event = 'dispute_won' and v_until is not null))
      then v_sub.status
    when private.is_disputed(p_organization) then 'grace'
    when v_until is not null then case when v_sub.status = 'past_due' then 'past_due' else 'active' end
    when v_sub.trial_ends_at > v_now and v_sub.status <> 'past_due' then 'trialing'
    when v_sub.status in ('active', 'trialing') then 'grace'
    when v_sub.status = 'grace' and p_event = 'dispute_won' then 'past_due'
    else v_sub.status end;
  update public.subscriptions s set
    tier_code = coalesce(v_period.tier_code, s.tier_code), tier_version = coalesce(v_period.tier_version, s.tier_version),
    billing_interval = coalesce(v_period.billing_interval, s.billing_interval),
    current_period_start = coalesce(v_period.period_start, least(s.current_period_start, v_now)),
    current_period_end = coalesce(v_until, least(s.current_period_end, v_now)), updated_at = now()
  where s.organization_id = v_sub.organization_id and s.id = v_sub.id;
  perform private.transition_subscription(p_organization, v_sub.id, v_sub.status, v_to, p_event, v_now);
  perform private.apply_limits(p_organization);
end
$$;

-- What the life of a payment means for the subscription, whoever writes its state: a dispute and its end, a charge that
-- failed, a coupon that was held for nothing. Owners hear of a dispute while a subscription lives: what the mail says of it
-- is not so of one that ended, and people are called all the same.
create or replace function private.follow_payment() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_now timestamptz := private.clock(new.organization_id);
  v_sub public.subscriptions;
  v_news text;
begin
  if new.status in ('failed', 'cancelled', 'expired') then
    perform private.release_coupon(new);
  end if;
  if new.status in ('succeeded', 'partially_refunded', 'refunded', 'disputed') then
    -- Whatever follows takes the subscription's lock: here, before the audit trail's, as everybody else does.
    select * into v_sub from public.subscriptions s where s.organization_id = new.organization_id and s.status <> 'cancelled' for update;
  end if;
  if new.status = 'failed' and new.auto_renewal_id is not null then
    update public.subscriptions s set next_step_at = null where s.organization_id = new.organization_id and s.status <> 'cancelled';
  end if;
  if new.status = 'disputed' or old.status = 'disputed' then
    update private.payment_ledger l set superseded_by = case new.status when 'disputed' then new.id end
    where l.organization_id = new.organization_id and l.payment_id = new.id and l.effect_kind = 'activated'
      and l.superseded_by is not distinct from case new.status when 'disputed' then null else new.id end;
    if new.status = 'disputed' then
      perform private.withdraw_quotes(new.organization_id, new.id);
      v_news := 'chargeback';
    elsif new.status <> 'refunded' then  -- what follows a lost dispute is a refund's (revoke_period)
      v_news := 'dispute_won';
    end if;
    if v_news is not null then
      perform private.settle_subscription(new.organization_id, v_news);
    end if;
    if v_news is not null and v_sub.id is not null then
      perform private.mail_owners(v_sub, v_news, v_now);
    end if;
  end if;
  return null;
end
$$;
