-- The life of a subscription: which steps are legal, who takes them, what the owners are told, and a clock to play it.
-- lib/subscriptions/lifecycle.ts decides by the clock; this refuses whatever is not in the same table (docs/decisions/0024).

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

-- One mail for each step and period, whatever is replayed.
create table private.subscription_mails (
  organization_id uuid not null,
  subscription_id uuid not null,
  kind            text not null,
  period_key      timestamptz not null,
  sent_at         timestamptz not null default now(),
  primary key (organization_id, subscription_id, kind, period_key),
  foreign key (organization_id, subscription_id) references public.subscriptions (organization_id, id) on delete restrict
);

-- Writes to the owners, once for a kind and a moment; in the language in which the shop paid last.
create function private.mail_owners(p_sub public.subscriptions, p_kind text, p_key timestamptz, p_facts jsonb default '{}') returns boolean
language plpgsql set search_path = '' as $$
declare
  v_owner record;
  v_language text;
begin
  insert into private.subscription_mails (organization_id, subscription_id, kind, period_key)
  values (p_sub.organization_id, p_sub.id, p_kind, coalesce(p_key, '-infinity')) on conflict do nothing;
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
    jsonb_build_object('status', jsonb_build_array(p_from, p_to), 'event', p_event));
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

-- Why a step towards suspension has to wait; null: the gateways confirmed within the hour that nobody paid.
-- Real time throughout: a test clock moves the shop's time, not the gateways'.
create function private.unconfirmed(p_organization uuid) returns text
language sql stable set search_path = '' as $$
  select case
    when exists (select from public.payments p
                 where p.organization_id = p_organization and p.status in ('creating', 'pending', 'processing', 'review')) then 'payment_open'
    when exists (select from public.payments p
                 where p.organization_id = p_organization and p.status in ('failed', 'cancelled', 'expired')
                   and (p.redirect_url is not null or p.auto_renewal_id is not null) and p.created_at > now() - interval '31 days'
                   and coalesce(p.checked_at, '-infinity') < now() - interval '1 hour') then 'payment_unasked'
    when exists (select from public.auto_renewals a
                 where a.organization_id = p_organization and a.status not in ('cancelled', 'expired', 'failed')
                   and coalesce(a.checked_at, '-infinity') < now() - interval '1 hour') then 'renewal_unasked'
  end
$$;

-- Asks the gateways about whatever keeps a step waiting: notices of our own, at most one in ten minutes for each.
create function private.ask_gateways(p_organization uuid) returns int
language plpgsql set search_path = '' as $$
declare
  v_count int;
begin
  insert into private.webhook_events (gateway, event_key, kind, reference_kind, reference, verified_by, payment_ref)
  select r.gateway, 'ask:' || coalesce(r.payment_id, r.auto_renewal_id) || ':' || floor(extract(epoch from now()) / 600)::bigint,
         case when r.payment_id is null then 'subscription' else 'payment' end, r.kind, r.reference, 'sweep', r.payment_id
  from private.payment_references r
  left join public.payments p on p.organization_id = r.organization_id and p.id = r.payment_id
  left join public.auto_renewals a on a.organization_id = r.organization_id and a.id = r.auto_renewal_id
  where r.organization_id = p_organization and r.kind = 'order' and r.refund_id is null
    and (p.status in ('creating', 'pending', 'processing', 'review')
      or (p.status in ('failed', 'cancelled', 'expired') and p.created_at > now() - interval '31 days'
          and coalesce(p.checked_at, '-infinity') < now() - interval '1 hour')
      or (a.status not in ('cancelled', 'expired', 'failed') and coalesce(a.checked_at, '-infinity') < now() - interval '1 hour'))
  on conflict (gateway, event_key) do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

-- Organizations whose subscription the clock must look at, in an order that pages.
create function private.due_subscriptions(p_after uuid, p_limit int) returns table (organization_id uuid)
language sql stable set search_path = '' as $$
  select s.organization_id from public.subscriptions s
  left join private.test_clocks c on c.organization_id = s.organization_id
  where s.status <> 'cancelled' and (p_after is null or s.organization_id > p_after)
    and (s.next_step_at is null or s.next_step_at <= coalesce(c.at, now()) or c.target > c.at)
  order by s.organization_id limit p_limit
$$;

-- One subscription as lib/subscriptions/lifecycle.ts needs it, locked; null when another worker has it.
create function private.take_subscription(p_organization uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_sub public.subscriptions;
  v_now timestamptz := private.clock(p_organization);
begin
  select * into v_sub from public.subscriptions s
  where s.organization_id = p_organization and s.status <> 'cancelled' for update skip locked;
  if v_sub.id is null then
    return null;
  end if;
  return jsonb_build_object('id', v_sub.id, 'status', v_sub.status, 'stateSince', v_sub.state_since, 'trialEndsAt', v_sub.trial_ends_at,
    'paidUntil', v_sub.current_period_end, 'cancelAtPeriodEnd', v_sub.cancel_at_period_end, 'now', v_now,
    'target', (select c.target from private.test_clocks c where c.organization_id = p_organization),
    'isDisputed', private.is_disputed(p_organization),
    'isCollected', exists (select from public.auto_renewals a where a.organization_id = p_organization and a.status in ('active', 'past_due')
                           and a.cancel_requested_at is null),
    'nextPeriodAt', (select min(l.period_start) from private.payment_ledger l where l.organization_id = p_organization
                     and l.effect_kind = 'activated' and l.superseded_by is null and l.period_start > v_now),
    'unconfirmed', private.unconfirmed(p_organization));
end
$$;

-- What a step by the clock brings along, as the transition function orders it: mails, an open invoice, a question.
create function private.carry_out(p_organization uuid, p_subscription uuid, p_effects jsonb, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  v_sub public.subscriptions;
  v_effect jsonb;
begin
  select * into v_sub from public.subscriptions s where s.organization_id = p_organization and s.id = p_subscription;
  for v_effect in select * from jsonb_array_elements(p_effects) loop
    case v_effect ->> 'kind'
      when 'mail' then
        perform private.mail_owners(v_sub, v_effect ->> 'mail', (v_effect ->> 'key')::timestamptz, coalesce(v_effect -> 'facts', '{}'));
      when 'invoice' then perform private.issue_open_invoice(v_sub, p_now);
      when 'ask' then perform private.ask_gateways(p_organization);
      when 'hold' then
        update public.subscriptions s set held_because = v_effect ->> 'because'
        where s.organization_id = p_organization and s.id = p_subscription and s.held_because is distinct from v_effect ->> 'because';
    end case;
  end loop;
end
$$;

-- When the clock looks again; a null asks for the next tick.
create function private.set_next_step(p_organization uuid, p_subscription uuid, p_at timestamptz) returns void
language sql volatile set search_path = '' as $$
  update public.subscriptions s set next_step_at = p_at
  where s.organization_id = p_organization and s.id = p_subscription and s.next_step_at is distinct from p_at
$$;

create function private.move_clock(p_organization uuid, p_at timestamptz) returns void
language sql volatile set search_path = '' as $$
  update private.test_clocks c set at = greatest(c.at, least(p_at, c.target)) where c.organization_id = p_organization
$$;

-- What of a shop exceeds a tier's limits: [{"metric", "used", "max"}]. Agreed overrides count.
create function private.excess_over(p_organization uuid, p_tier text, p_version int) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('metric', u.metric, 'used', u.n, 'max', x.max_count) order by u.metric), '[]')
  from public.usage_counters u
  join public.subscription_tiers t on t.code = p_tier and t.version = p_version
  left join public.limit_overrides o on o.organization_id = u.organization_id and o.metric = u.metric
  cross join lateral (select case when o.metric is not null then o.max_count else case u.metric when 'branches' then t.max_branches
    when 'users' then t.max_users when 'customers' then t.max_customers else t.max_products end end as max_count) x
  where u.organization_id = p_organization and x.max_count is not null and u.n > x.max_count
$$;

create function private.living_of(p_organization uuid) returns public.subscriptions
language plpgsql set search_path = '' as $$
declare
  v_sub public.subscriptions;
begin
  select * into v_sub from public.subscriptions s where s.organization_id = p_organization and s.status <> 'cancelled' for update;
  if v_sub.id is null then
    perform private.fail('subscription.not_possible');
  end if;
  return v_sub;
end
$$;

-- The owner leaves: what is paid (or the trial) runs out, then it ends without dunning. With nothing left to run, now.
-- Definer: subscriptions are written by functions alone.
create function private.cancel_subscription(p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('billing.manage');
  v_sub public.subscriptions := private.living_of(v_member.organization_id);
  v_now timestamptz := private.clock(v_member.organization_id);
  v_ends timestamptz := case when v_sub.status = 'trialing' then v_sub.trial_ends_at else private.paid_until(v_sub, v_now) end;
begin
  if v_sub.cancel_at_period_end then
    return;
  end if;
  perform private.stop_renewals(v_member.organization_id);
  perform private.audit('subscription.cancel_planned', 'subscriptions', v_sub.id, p_reason, jsonb_build_object('endsAt', v_ends));
  if v_ends > v_now or v_sub.status in ('active', 'trialing') then
    update public.subscriptions s set cancel_at_period_end = true, next_tier_code = null, next_tier_version = null, next_interval = null,
      updated_at = now()
    where s.organization_id = v_sub.organization_id and s.id = v_sub.id;
    perform private.mail_owners(v_sub, 'cancel_planned', v_now, jsonb_build_object('endsAt', v_ends));
  else
    perform private.transition_subscription(v_sub.organization_id, v_sub.id, v_sub.status, 'cancelled', 'cancel', v_now);
    perform private.mail_owners(v_sub, 'cancelled', v_now);
  end if;
end
$$;

-- The owner stays after all, as long as it has not ended. A renewal that was stopped has to be agreed to again.
create function private.resume_subscription() returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('billing.manage');
  v_sub public.subscriptions := private.living_of(v_member.organization_id);
begin
  if not v_sub.cancel_at_period_end then
    return;
  end if;
  update public.subscriptions s set cancel_at_period_end = false, updated_at = now()
  where s.organization_id = v_sub.organization_id and s.id = v_sub.id;
  perform private.audit('subscription.resumed', 'subscriptions', v_sub.id, null, '{}');
end
$$;

-- What a plan change would mean: whether it waits for the period's end, and what exceeds the new limits.
create function private.preview_plan(p_tier text, p_interval text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('billing.read');
  v_sub public.subscriptions := private.living_of(v_member.organization_id);
  v_version int := (private.tier_on_sale(v_member.organization_id, p_tier, 'CLP', p_interval)).version;
begin
  return jsonb_build_object('change', private.plan_change(v_sub, p_tier, v_version, p_interval), 'version', v_version,
    'from', case when v_sub.status = 'trialing' then v_sub.trial_ends_at else v_sub.current_period_end end,
    'excess', private.excess_over(v_member.organization_id, p_tier, v_version));
end
$$;

-- Plans a smaller plan for the next period; the present one takes a plan back. What exceeds the new limits stays readable,
-- and nothing is created above them: the owner has to have seen that (p_accept_excess). Dearer plans are bought, not planned.
create function private.plan_downgrade(p_tier text, p_interval text, p_accept_excess boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('billing.manage');
  v_sub public.subscriptions := private.living_of(v_member.organization_id);
  v_version int := (private.tier_on_sale(v_member.organization_id, p_tier, 'CLP', p_interval)).version;
  v_change text := private.plan_change(v_sub, p_tier, v_version, p_interval);
  v_excess jsonb := private.excess_over(v_member.organization_id, p_tier, v_version);
begin
  if v_change not in ('downgrade', 'renewal') or v_sub.cancel_at_period_end then
    perform private.fail('subscription.not_possible');
  end if;
  if v_change = 'downgrade' and v_excess <> '[]' and not p_accept_excess then
    perform private.fail('subscription.exceeds_limits', jsonb_build_object('excess', v_excess));
  end if;
  update public.subscriptions s set updated_at = now(),
    next_tier_code = case v_change when 'downgrade' then p_tier end, next_tier_version = case v_change when 'downgrade' then v_version end,
    next_interval = case v_change when 'downgrade' then p_interval end
  where s.organization_id = v_sub.organization_id and s.id = v_sub.id;
  perform private.audit('subscription.plan_changed', 'subscriptions', v_sub.id, null,
    jsonb_build_object('tier', jsonb_build_array(v_sub.tier_code, p_tier), 'interval', jsonb_build_array(v_sub.billing_interval, p_interval)));
  if v_change = 'downgrade' then
    perform private.stop_renewals(v_member.organization_id);  -- it would go on collecting the dearer plan
    perform private.mail_owners(v_sub, 'downgrade_planned', private.clock(v_sub.organization_id), jsonb_build_object('nextTier', p_tier,
      'excess', v_excess <> '[]'));
  end if;
end
$$;
grant execute on function private.cancel_subscription(text), private.resume_subscription(), private.preview_plan(text, text),
  private.plan_downgrade(text, text, boolean) to authenticated;

-- Staff give time: a longer trial before anything was paid, afterwards a longer paid period. The shop works at once.
create function private.console_extend_subscription(p_organization uuid, p_until timestamptz, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
  v_now timestamptz := private.clock(p_organization);
  v_sub public.subscriptions := private.living_of(p_organization);
  v_to text := case when v_sub.status in ('trialing', 'expired', 'pending_payment') then 'trialing' else 'active' end;
begin
  if length(trim(coalesce(p_reason, ''))) < 5 or p_until > v_now + interval '1 year'
     or p_until <= greatest(v_now, case v_to when 'trialing' then v_sub.trial_ends_at else v_sub.current_period_end end) then
    perform private.fail('input.invalid', '{"field": "until"}');
  end if;
  if v_to = 'trialing' then
    update public.subscriptions s set trial_ends_at = p_until where s.organization_id = p_organization and s.id = v_sub.id;
  else
    perform private.give_period(v_sub, p_until, v_now, v_staff.user_id, v_staff.email);
    update public.subscriptions s set current_period_end = p_until, current_period_start = coalesce(s.current_period_start, v_now)
    where s.organization_id = p_organization and s.id = v_sub.id;
    perform private.void_invoice(p_organization, v_sub.id);
  end if;
  if not (v_sub.status = 'grace' and private.is_disputed(p_organization)) then
    perform private.transition_subscription(p_organization, v_sub.id, v_sub.status, v_to, 'extend', v_now);
  end if;
  perform private.append_audit(p_organization, 'console', v_staff.full_name, 'subscription.extended', 'subscriptions', v_sub.id, trim(p_reason),
    jsonb_build_object('until', p_until));
end
$$;

-- A period as a gift: a payment of nothing, so that what gave it stands where all periods stand.
create function private.give_period(p_sub public.subscriptions, p_until timestamptz, p_now timestamptz, p_by uuid, p_email text) returns void
language plpgsql set search_path = '' as $$
declare
  v_payment public.payments;
  v_start timestamptz := greatest(p_now, coalesce(private.paid_until(p_sub, p_now), p_now));
begin
  insert into public.payments (organization_id, gateway, status, amount, currency, tier_code, tier_version, billing_interval, reason,
                               expires_at, paid_at, idempotency_key, request_hash, payer_email, created_by)
  values (p_sub.organization_id, 'credit', 'succeeded', 0, 'CLP', p_sub.tier_code, p_sub.tier_version, p_sub.billing_interval, 'extended',
          now(), p_now, 'extended:' || gen_random_uuid(), '', p_email, p_by)
  returning * into v_payment;
  insert into private.payment_ledger (organization_id, payment_id, effect_kind, subscription_id, tier_code, tier_version,
                                      billing_interval, period_start, period_end, anchor_at, value, at)
  values (p_sub.organization_id, v_payment.id, 'activated', p_sub.id, p_sub.tier_code, p_sub.tier_version, p_sub.billing_interval,
          v_start, p_until, p_until, 0, p_now);
end
$$;

-- Gives an organization a clock of its own, or moves it on; the worker plays what lies between in order. The first time
-- marks the organization as test, which a shop that has paid through a gateway never becomes.
create function private.console_set_test_clock(p_organization uuid, p_at timestamptz) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
  v_test boolean;
  v_clock private.test_clocks;
begin
  select o.is_test into v_test from public.organizations o where o.id = p_organization for update;
  select * into v_clock from private.test_clocks c where c.organization_id = p_organization for update;
  if v_test is null then
    perform private.fail('organization.not_found');
  end if;
  if not v_test and exists (select from public.payments p where p.organization_id = p_organization and p.amount > 0 and p.paid_at is not null) then
    perform private.fail('subscription.real_shop');
  end if;
  if p_at < coalesce(v_clock.target, now()) or p_at > coalesce(v_clock.at, now()) + interval '10 years' then
    perform private.fail('input.invalid', '{"field": "at"}');
  end if;
  update public.organizations set is_test = true where id = p_organization and not is_test;
  insert into private.test_clocks (organization_id, at, target, set_by) values (p_organization, now(), p_at, auth.uid())
  on conflict (organization_id) do update set target = excluded.target, set_by = excluded.set_by, set_at = now();
  perform private.append_audit(p_organization, 'console', v_staff.full_name, 'subscription.clock_set', 'organizations', p_organization, null,
    jsonb_build_object('at', p_at));
end
$$;

-- Back to everybody's time. What the clock has brought about stays as it is.
create function private.console_remove_test_clock(p_organization uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
begin
  delete from private.test_clocks c where c.organization_id = p_organization;
  if found then
    update public.subscriptions s set next_step_at = null where s.organization_id = p_organization and s.status <> 'cancelled';
    perform private.append_audit(p_organization, 'console', v_staff.full_name, 'subscription.clock_removed', 'organizations', p_organization, null, '{}');
  end if;
end
$$;
grant execute on function private.console_extend_subscription(uuid, timestamptz, text), private.console_set_test_clock(uuid, timestamptz),
  private.console_remove_test_clock(uuid) to authenticated;
