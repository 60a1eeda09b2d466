-- Paid periods of a shop that is shut wait for it: money that went back, or a dispute, began the next one on the spot, and it
-- ran out behind a closed door. They are laid end to end when the shop comes back.

-- Where the living periods of an organization end once they are laid end to end from now, as lay_periods would lay them;
-- null: nothing that still runs.
create function private.laid_until(p_organization uuid, p_now timestamptz) returns timestamptz
language plpgsql stable set search_path = '' as $$
declare
  v_period private.payment_ledger;
  v_until timestamptz;
begin
  for v_period in
    select * from private.payment_ledger l
    where l.organization_id = p_organization and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end > p_now
    order by l.period_start <= p_now desc, case when l.period_start <= p_now then l.period_start end desc, l.period_start, l.at, l.payment_id
  loop
    v_until := case
      when v_until is null and v_period.period_start <= p_now then v_period.period_end
      when v_period.period_start <= p_now then v_until + (v_period.period_end - p_now)
      when v_period.period_start = coalesce(v_until, p_now) then v_period.period_end
      else private.next_period_end(coalesce(v_until, p_now), coalesce(v_until, p_now), v_period.billing_interval) end;
  end loop;
  return v_until;
end
$$;

-- Through when a subscription is paid, periods bought ahead included; null: nothing that still runs. Of one that ended: as
-- its periods would be laid if the shop came back now.
create or replace function private.paid_until(p_sub public.subscriptions, p_now timestamptz) returns timestamptz
language sql stable set search_path = '' as $$
  select case when p_sub.id is null then private.laid_until(p_sub.organization_id, p_now) else
    (select nullif(greatest(max(l.period_end), case when p_sub.status = 'active' and p_sub.current_period_end > p_now
                                                    then p_sub.current_period_end else '-infinity' end), '-infinity')
     from private.payment_ledger l
     where l.organization_id = p_sub.organization_id and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end > p_now) end
$$;

-- What a purchase is measured against: the subscription that lives, or, of a shop whose subscription ended before its paid
-- time, that time as the subscription it would be (no id: resume_paid_time makes it); else all null.
create or replace function private.standing_of(p_organization uuid) returns public.subscriptions
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
  order by l.period_start <= v_now desc, case when l.period_start <= v_now then l.period_start end desc, l.period_start, l.at, l.payment_id
  limit 1;
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
  if v_sub.id is null then
    return;
  end if;
  perform private.lay_periods(p_organization, v_now);
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

-- The paid time of a shop whose subscription had ended runs again, as a subscription of its own plan; null where none is left.
create or replace function private.resume_paid_time(p_organization uuid) returns public.subscriptions
language plpgsql set search_path = '' as $$
declare
  v_left public.subscriptions := private.standing_of(p_organization);
  v_sub public.subscriptions;
begin
  if v_left.id is not null or v_left.organization_id is null then
    return null;
  end if;
  perform private.lay_periods(p_organization, private.clock(p_organization));
  v_left := private.standing_of(p_organization);
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
