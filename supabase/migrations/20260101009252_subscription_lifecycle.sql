-- The life of a subscription: which steps are legal, who takes them, what the owners are told, and a clock to play it.
-- lib/subscriptions/lifecycle.ts decides by the clock; this refuses whatever is not in the same table (docs/decisions/0028).

-- The legal steps. A state may stay what it is under any event; `clock` and `paid` move on, the rest is told below.
create function private.step_is_legal(p_from text, p_event text, p_to text) returns boolean
language sql immutable set search_path = '' as $$
  select case
    when p_from = 'cancelled' then p_to = 'cancelled'
    when p_from = p_to then true
    when p_event = 'clock' then (p_from, p_to) in (('trialing', 'expired'), ('trialing', 'cancelled'), ('active', 'past_due'),
      ('active', 'cancelled'), ('past_due', 'grace'), ('grace', 'suspended'), ('grace', 'cancelled'), ('suspended', 'cancelled'))
    when p_event = 'paid' then p_to = 'active'
    when p_event = 'cancel' then p_to = 'cancelled' and p_from not in ('active', 'trialing')
    when p_event = 'chargeback' then p_to = 'grace' and p_from in ('active', 'trialing', 'past_due')
    when p_event = 'dispute_won' then p_from in ('grace', 'suspended', 'expired') and p_to = 'active'
      or (p_from = 'grace' and p_to in ('trialing', 'past_due'))
    when p_event = 'refund' then p_from in ('active', 'trialing') and p_to in ('grace', 'trialing')
      or (p_from = 'grace' and p_to in ('active', 'trialing'))
    when p_event = 'extend' then p_to = 'active' and p_from in ('past_due', 'grace', 'suspended')
      or (p_to = 'trialing' and p_from in ('expired', 'pending_payment'))
    else false end
$$;

create function private.require_step(p_from text, p_event text, p_to text) returns void
language plpgsql set search_path = '' as $$
begin
  if not private.step_is_legal(p_from, p_event, p_to) then
    raise exception using errcode = '23514', message = 'no such step in the life of a subscription',
      detail = jsonb_build_object('from', p_from, 'event', p_event, 'to', p_to)::text;
  end if;
end
$$;

-- Whatever changes a subscription is looked at by the clock, and the organization learns whom it is open to.
create function private.keep_subscription() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and (old.status, old.trial_ends_at, old.current_period_end, old.cancel_at_period_end, old.next_tier_code, old.next_interval)
     is distinct from (new.status, new.trial_ends_at, new.current_period_end, new.cancel_at_period_end, new.next_tier_code, new.next_interval)
     and old.next_step_at is not distinct from new.next_step_at then
    new.next_step_at := null;
  end if;
  if tg_op = 'UPDATE' and old.status <> new.status and old.state_since = new.state_since then
    new.state_since := private.clock(new.organization_id);
  end if;
  return new;
end
$$;
create function private.keep_owner_only() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_owner_only boolean := not exists (select from public.subscriptions s
    where s.organization_id = new.organization_id and s.status not in ('suspended', 'cancelled'));
begin
  update public.organizations o set owner_only = v_owner_only where o.id = new.organization_id and o.owner_only <> v_owner_only;
  return null;
end
$$;
create trigger subscriptions_keep before update on public.subscriptions
  for each row execute function private.keep_subscription();
create trigger subscriptions_owner_only after insert or update of status on public.subscriptions
  for each row execute function private.keep_owner_only();

-- One mail for each step and period, whatever is replayed.
create table private.subscription_mails (
  organization_id uuid not null,
  subscription_id uuid not null,
  kind            text not null,
  period_key      timestamptz not null,
  sent_at         timestamptz not null,
  primary key (organization_id, subscription_id, kind, period_key),
  foreign key (organization_id, subscription_id) references public.subscriptions (organization_id, id) on delete restrict
);

comment on column private.subscription_mails.sent_at is 'By the organization''s clock.';

-- Writes to the owners, once for a kind and a moment; in the language in which the shop paid last.
create function private.mail_owners(p_sub public.subscriptions, p_kind text, p_key timestamptz, p_facts jsonb default '{}') returns boolean
language plpgsql set search_path = '' as $$
declare
  v_owner record;
  v_language text;
begin
  insert into private.subscription_mails (organization_id, subscription_id, kind, period_key, sent_at)
  values (p_sub.organization_id, p_sub.id, p_kind, coalesce(p_key, '-infinity'), private.clock(p_sub.organization_id)) on conflict do nothing;
  if not found then
    return false;
  end if;
  select p.language into v_language from public.payments p where p.organization_id = p_sub.organization_id order by p.created_at desc limit 1;
  for v_owner in
    select m.email from public.admin_users m
    where m.organization_id = p_sub.organization_id and m.role = 'owner' and m.status = 'active' order by m.created_at
  loop
    perform private.enqueue('mail.subscription', jsonb_build_object('kind', p_kind, 'organizationId', p_sub.organization_id,
      'to', v_owner.email, 'language', coalesce(v_language, 'es'),
      'facts', jsonb_strip_nulls(jsonb_build_object('tier', p_sub.tier_code, 'periodEnd', p_sub.current_period_end) || p_facts)));
  end loop;
  return true;
end
$$;

-- A step: refused when it is not legal or the state changed meanwhile (then: false, and the caller looks again).
-- Whoever moves a subscription comes through here or through activate_subscription.
create function private.transition_subscription(p_organization uuid, p_subscription uuid, p_from text, p_to text, p_event text, p_now timestamptz)
returns boolean
language plpgsql set search_path = '' as $$
declare
  v_sub public.subscriptions;
begin
  perform private.require_step(p_from, p_event, p_to);
  select * into v_sub from public.subscriptions s where s.organization_id = p_organization and s.id = p_subscription for update;
  if v_sub.status is distinct from p_from then
    return false;
  end if;
  if p_from = p_to then
    return true;
  end if;
  update public.subscriptions s set status = p_to, state_since = p_now, held_because = null, updated_at = now(),
    cancel_at_period_end = s.cancel_at_period_end and p_to in ('active', 'trialing', 'grace')
  where s.organization_id = p_organization and s.id = p_subscription;
  if p_to = 'cancelled' then
    perform private.void_invoice(p_organization, p_subscription);
    perform private.stop_renewals(p_organization);
  end if;
  perform private.append_audit(p_organization, 'system', 'billing', 'subscription.moved', 'subscriptions', p_subscription, null,
    jsonb_build_object('status', jsonb_build_array(p_from, p_to), 'event', p_event)
    || coalesce((select jsonb_build_object('clock', c.at) from private.test_clocks c where c.organization_id = p_organization), '{}'));
  return true;
end
$$;

-- Nothing is collected any more from a shop that leaves or changes its plan; the renewals' worker tells the gateway.
create function private.stop_renewals(p_organization uuid) returns void
language sql volatile set search_path = '' as $$
  select private.ask_to_cancel_auto_renewal(a.organization_id, a.id, now()) from public.auto_renewals a
  where a.organization_id = p_organization and a.status not in ('cancelled', 'expired', 'failed') and a.cancel_requested_at is null
$$;

create function private.is_disputed(p_organization uuid) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from public.payments p where p.organization_id = p_organization and p.status = 'disputed')
$$;

-- After a refund or a dispute: the living periods are laid end to end, and the state follows from what they still give.
-- A shop that had already lost its access gets it back by paying, not by being paid back.
create function private.settle_subscription(p_organization uuid, p_event text) returns void
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

-- What the life of a payment means for the subscription, whoever writes its state: a dispute and its end, a charge that
-- failed, a coupon that was held for nothing.
create function private.follow_payment() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_now timestamptz := private.clock(new.organization_id);
  v_sub public.subscriptions;
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
      perform private.settle_subscription(new.organization_id, 'chargeback');
      perform private.mail_owners(v_sub, 'chargeback', v_now);
    elsif new.status <> 'refunded' then  -- what follows a lost dispute is a refund's (revoke_period)
      perform private.settle_subscription(new.organization_id, 'dispute_won');
      perform private.mail_owners(v_sub, 'dispute_won', v_now);
    end if;
  end if;
  return null;
end
$$;
create trigger payments_follow after update of status on public.payments
  for each row when (old.status is distinct from new.status) execute function private.follow_payment();
