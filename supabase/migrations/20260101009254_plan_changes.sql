-- What owners do to their subscription: leave, stay, plan a smaller plan.

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
