-- What staff do to a subscription: give time, move the clock of a test organization.

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

-- Gives an organization a clock of its own, or moves it on by days or to an instant; with neither it stands still. The worker
-- plays what lies between in order. The first time marks the organization as test, which a shop that has paid through a
-- gateway never becomes. Returns where the clock will go.
create function private.console_play_test_clock(p_organization uuid, p_days int, p_until timestamptz) returns timestamptz
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
  v_test boolean;
  v_clock private.test_clocks;
  v_until timestamptz;
begin
  select o.is_test into v_test from public.organizations o where o.id = p_organization for update;
  select * into v_clock from private.test_clocks c where c.organization_id = p_organization for update;
  if v_test is null then
    perform private.fail('organization.not_found');
  end if;
  if not v_test and exists (select from public.payments p where p.organization_id = p_organization and p.amount > 0 and p.paid_at is not null) then
    perform private.fail('subscription.real_shop');
  end if;
  v_until := coalesce(p_until, coalesce(v_clock.target, now()) + make_interval(days => coalesce(p_days, 0)));
  if v_until < coalesce(v_clock.target, now()) or v_until > coalesce(v_clock.at, now()) + interval '10 years' then
    perform private.fail('input.invalid', '{"field": "at"}');
  end if;
  update public.organizations set is_test = true where id = p_organization and not is_test;
  insert into private.test_clocks (organization_id, at, target, set_by) values (p_organization, now(), v_until, auth.uid())
  on conflict (organization_id) do update set target = excluded.target, set_by = excluded.set_by, set_at = now();
  perform private.append_audit(p_organization, 'console', v_staff.full_name, 'subscription.clock_set', 'organizations', p_organization, null,
    jsonb_build_object('at', v_until));
  return v_until;
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
grant execute on function private.console_extend_subscription(uuid, timestamptz, text), private.console_play_test_clock(uuid, int, timestamptz),
  private.console_remove_test_clock(uuid) to authenticated;
