-- The console's view of subscriptions and of the price list: who has what until when, what it is worth, what happened,
-- and what staff may do about it. Every function checks role and step-up itself. What staff change for a shop is written
-- into the shop's own trail; what they change in the price list, into the security events.

-- When the next thing happens by itself: the trial ends, the next period is due.
create function private.next_due_at(s public.subscriptions) returns timestamptz
language sql immutable set search_path = '' as $$
  select case when s.status in ('trialing', 'expired', 'pending_payment') then s.trial_ends_at else s.current_period_end end
$$;

-- Subscriptions that a filter leaves, one for each shop, the living one before those that ended:
-- {q, status, tier, version, interval, days: next due within so many, clock, ending}; all optional.
-- Granted to nobody: the list, its totals and its file begin with it, so that they never differ.
create function private.subscriptions_found(p_filter jsonb) returns setof public.subscriptions
language sql stable set search_path = '' as $$
  select s.* from (select distinct on (x.organization_id) x.* from public.subscriptions x
                   order by x.organization_id, (x.status <> 'cancelled') desc, x.created_at desc) s
  join public.organizations o on o.id = s.organization_id
  cross join lateral (select private.fold(p_filter ->> 'q') as q) f
  cross join lateral (select private.like_pattern(p_filter ->> 'q') as pattern) l
  cross join lateral (select private.clock(s.organization_id) as at) c
  where (f.q = '' or private.fold(o.name) like l.pattern or o.slug like l.pattern or o.id::text = f.q
         or exists (select from public.admin_users m where m.organization_id = o.id and m.role = 'owner' and m.email like l.pattern))
    and (p_filter ->> 'status' is null or s.status = p_filter ->> 'status')
    and (p_filter ->> 'tier' is null or s.tier_code = p_filter ->> 'tier')
    and (p_filter ->> 'version' is null or s.tier_version = (p_filter ->> 'version')::int)
    and (p_filter ->> 'interval' is null or s.billing_interval = p_filter ->> 'interval')
    and (p_filter ->> 'days' is null or (s.status in ('trialing', 'active')
         and private.next_due_at(s) between c.at and c.at + make_interval(days => (p_filter ->> 'days')::int)))
    and (p_filter ->> 'clock' is null or exists (select from private.test_clocks t where t.organization_id = s.organization_id))
    and (p_filter ->> 'ending' is null or (s.cancel_at_period_end and s.status <> 'cancelled'))
$$;

create function private.console_subscriptions(p_filter jsonb, p_limit int, p_offset int)
returns table (organization_id uuid, organization text, status text, tier text, version int, billing_interval text, next_due_at timestamptz,
               collected_by text, monthly_value bigint, cancel_at_period_end boolean, held_because text, is_test boolean, clock_at timestamptz,
               created_at timestamptz, total bigint)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  perform private.require_platform(false);
  return query
  select s.organization_id, o.name, s.status, s.tier_code, s.tier_version, s.billing_interval, private.next_due_at(s),
         (select a.gateway from public.auto_renewals a where a.organization_id = s.organization_id and a.status in ('active', 'past_due')
          and a.cancel_requested_at is null order by a.created_at desc limit 1),
         private.monthly_value(s), s.cancel_at_period_end, s.held_because, o.is_test,
         (select t.at from private.test_clocks t where t.organization_id = s.organization_id), s.created_at, count(*) over ()
  from private.subscriptions_found(p_filter) s join public.organizations o on o.id = s.organization_id
  order by case when p_filter ->> 'sort' = 'due' then private.next_due_at(s) end,
           case when p_filter ->> 'sort' = 'name' then private.fold(o.name) end,
           case when p_filter ->> 'sort' = 'value' then -private.monthly_value(s) end, s.created_at desc, s.organization_id
  limit least(p_limit, 5000) offset p_offset;
end
$$;

-- What the subscriptions of a filter are worth: pesos a month at list prices, test shops apart. The versions are those
-- that a list can be filtered by: of all shops.
create function private.console_subscription_totals(p_filter jsonb)
returns table (subscriptions bigint, trialing bigint, paying bigint, owing bigint, monthly_value bigint, test_monthly_value bigint,
               versions int[])
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_platform(false);
  return query
  select count(*), count(*) filter (where s.status = 'trialing'), count(*) filter (where s.status = 'active'),
         count(*) filter (where s.status in ('past_due', 'grace')),
         coalesce(sum(private.monthly_value(s)) filter (where not o.is_test), 0)::bigint,
         coalesce(sum(private.monthly_value(s)) filter (where o.is_test), 0)::bigint,
         (select coalesce(array_agg(distinct a.tier_version order by a.tier_version), '{}') from public.subscriptions a)
  from private.subscriptions_found(p_filter) s join public.organizations o on o.id = s.organization_id;
end
$$;

-- Who took a list of subscriptions out of the house, and which.
create function private.console_note_subscription_export(p_filter jsonb, p_rows int) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_platform(false);
  perform private.record_security_event('subscriptions.exported', 'info', null, null, jsonb_build_object('rows', p_rows, 'filter', p_filter));
end
$$;

-- One shop's subscription with everything that explains it.
create function private.console_subscription(p_organization uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_sub public.subscriptions;
begin
  perform private.require_platform(false);
  select * into v_sub from public.subscriptions s where s.organization_id = p_organization
  order by (s.status <> 'cancelled') desc, s.created_at desc limit 1;
  if v_sub.id is null then
    perform private.fail('organization.not_found');
  end if;
  return jsonb_build_object(
    'organization', (select jsonb_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'isTest', o.is_test)
                     from public.organizations o where o.id = p_organization),
    'subscription', to_jsonb(v_sub) || jsonb_build_object('next_due_at', private.next_due_at(v_sub), 'monthly_value', private.monthly_value(v_sub)),
    'now', private.clock(p_organization),
    'clock', (select jsonb_build_object('at', t.at, 'target', t.target, 'setBy', private.staff_name(t.set_by))
              from private.test_clocks t where t.organization_id = p_organization),
    'mayHaveClock', (select o.is_test from public.organizations o where o.id = p_organization) or not exists (
      select from public.payments p where p.organization_id = p_organization and p.amount > 0 and p.paid_at is not null),
    'credits', (select coalesce(jsonb_agg(jsonb_build_object('currency', c.currency, 'balance', c.balance) order by c.currency), '[]')
                from private.account_credits c where c.organization_id = p_organization and c.balance > 0),
    'coupons', (select coalesce(jsonb_agg(jsonb_build_object('code', r.coupon_code, 'usesLeft', r.uses_left, 'redeemed', r.is_redeemed)
                  order by r.created_at desc), '[]') from private.coupon_redemptions r where r.organization_id = p_organization),
    'periods', private.subscription_periods(p_organization),
    'invoices', (select coalesce(jsonb_agg(to_jsonb(i) order by i.number desc), '[]') from (
                   select n.id, n.number, n.status, n.total, n.currency, n.payment_id, n.period_start, n.period_end, n.issued_at
                   from public.invoices n where n.organization_id = p_organization order by n.number desc limit 60) i),
    'renewals', (select coalesce(jsonb_agg(to_jsonb(r) order by r.created_at desc), '[]') from (
                   select a.id, a.gateway, a.status, a.amount, a.currency, a.billing_interval, a.method_label, a.next_charge_at,
                          a.cancel_requested_at, a.checked_at, a.created_at
                   from public.auto_renewals a where a.organization_id = p_organization order by a.created_at desc limit 10) r),
    'history', (select coalesce(jsonb_agg(to_jsonb(h) order by h.seq desc), '[]') from (
                  select e.seq, e.at, e.actor_name, e.via, e.action, e.reason, e.changes from public.audit_entries e
                  where e.organization_id = p_organization and (e.object_type in ('subscriptions', 'auto_renewals') or e.action like 'subscription.%')
                  order by e.seq desc limit 100) h),
    'played', case when exists (select from private.test_clocks t where t.organization_id = p_organization)
                then private.played_by_clock(p_organization) else '[]' end);
end
$$;

create function private.subscription_periods(p_organization uuid) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(x) order by x.period_start desc), '[]') from (
    select l.payment_id, l.tier_code, l.tier_version, l.billing_interval, l.period_start, l.period_end, l.superseded_by is not null as ended_early,
           coalesce(l.value, p.amount) as value, p.currency, p.gateway, p.reason
    from private.payment_ledger l join public.payments p on p.organization_id = l.organization_id and p.id = l.payment_id
    where l.organization_id = p_organization and l.effect_kind = 'activated' order by l.period_start desc limit 60) x
$$;

-- What a test clock has brought about, by the shop's own hour, the latest first.
create function private.played_by_clock(p_organization uuid) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(x) order by x.at desc, x.nth desc), '[]') from (
    select * from (
      select (e.changes ->> 'clock')::timestamptz as at, 'moved' as kind, e.seq as nth, e.changes #>> '{status,0}' as before, e.changes #>> '{status,1}' as after
      from public.audit_entries e
      where e.organization_id = p_organization and e.action = 'subscription.moved' and e.changes ? 'clock'
      union all
      select m.sent_at, 'mail', 0, null, m.kind from private.subscription_mails m where m.organization_id = p_organization
      union all
      select i.issued_at, 'invoice', i.number, null, i.number::text from public.invoices i where i.organization_id = p_organization
      union all
      select l.at, 'period', 0, null, l.tier_code from private.payment_ledger l where l.organization_id = p_organization and l.effect_kind = 'activated'
    ) everything order by at desc, nth desc limit 200) x
$$;

-- Staff put a shop on another plan without a sale. A buyer of a version of that plan keeps it, as when buying.
--
--   now         the plan and its limits hold at once. A paid period goes on to its end on the new plan for what was paid;
--               another interval then begins with the next one.
--   period_end  the next period is offered at the new plan, and limits change that day.
--
-- Nothing is collected at the old price any more. Returns what of the shop exceeds the new limits: it stays, readable.
create function private.console_change_plan(p_organization uuid, p_tier text, p_interval text, p_when text, p_reason text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
  v_reason text := private.staff_reason(p_reason);
  v_sub public.subscriptions := private.living_of(p_organization);
  v_version int := (private.tier_on_sale(p_organization, p_tier, 'CLP', p_interval)).version;
  v_excess jsonb := private.excess_over(p_organization, p_tier, v_version);
begin
  if (p_tier, v_version, p_interval) = (v_sub.tier_code, v_sub.tier_version, v_sub.billing_interval) and v_sub.next_tier_code is null then
    perform private.fail('conflict');
  end if;
  case p_when
    when 'now' then perform private.put_on_plan(v_sub, p_tier, v_version, p_interval);
    when 'period_end' then
      if v_sub.cancel_at_period_end or v_sub.status not in ('active', 'past_due', 'grace') then
        perform private.fail('subscription.not_possible');
      end if;
      perform private.plan_next(v_sub, p_tier, v_version, p_interval);
  end case;
  perform private.stop_renewals(p_organization);
  perform private.withdraw_quotes(p_organization, gen_random_uuid());
  perform private.apply_limits(p_organization);
  perform private.append_audit(p_organization, 'console', v_staff.full_name, 'subscription.plan_changed', 'subscriptions', v_sub.id, v_reason,
    jsonb_build_object('tier', jsonb_build_array(v_sub.tier_code, p_tier), 'version', jsonb_build_array(v_sub.tier_version, v_version),
      'interval', jsonb_build_array(v_sub.billing_interval, p_interval), 'when', p_when));
  return v_excess;
end
$$;

create function private.staff_reason(p_reason text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  if length(trim(coalesce(p_reason, ''))) < 5 then
    perform private.fail('input.invalid', '{"field": "reason"}');
  end if;
  return trim(p_reason);
end
$$;

-- The next period is another plan; the present one takes a planned one back.
create function private.plan_next(p_sub public.subscriptions, p_tier text, p_version int, p_interval text) returns void
language sql volatile set search_path = '' as $$
  update public.subscriptions s set updated_at = now(),
    next_tier_code = case when x.differs then p_tier end, next_tier_version = case when x.differs then p_version end,
    next_interval = case when x.differs then p_interval end
  from (select (p_tier, p_version, p_interval) is distinct from (p_sub.tier_code, p_sub.tier_version, p_sub.billing_interval) as differs) x
  where s.organization_id = p_sub.organization_id and s.id = p_sub.id
$$;

-- The running period and those bought ahead of the same plan become the new plan's: whatever is worked out from periods
-- later (a refund, a dispute, the next day) must come to the same plan. What they are worth is what was paid.
create function private.put_on_plan(p_sub public.subscriptions, p_tier text, p_version int, p_interval text) returns void
language plpgsql set search_path = '' as $$
declare
  v_now timestamptz := private.clock(p_sub.organization_id);
  v_runs boolean := private.paid_until(p_sub, v_now) > v_now;
  v_sub public.subscriptions;
begin
  update private.payment_ledger l set tier_code = p_tier, tier_version = p_version
  where l.organization_id = p_sub.organization_id and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end > v_now
    and (l.period_start <= v_now or (l.tier_code, l.tier_version) = (p_sub.tier_code, p_sub.tier_version));
  update public.subscriptions s set tier_code = p_tier, tier_version = p_version,
    billing_interval = case when v_runs then s.billing_interval else p_interval end,
    next_tier_code = null, next_tier_version = null, next_interval = null, updated_at = now()
  where s.organization_id = p_sub.organization_id and s.id = p_sub.id returning * into v_sub;
  if v_runs and p_interval <> v_sub.billing_interval then
    perform private.plan_next(v_sub, p_tier, p_version, p_interval);
  end if;
  if exists (select from public.invoices i where i.organization_id = v_sub.organization_id and i.subscription_id = v_sub.id and i.status = 'open') then
    perform private.void_invoice(v_sub.organization_id, v_sub.id);
    perform private.issue_open_invoice(v_sub, v_now);
  end if;
end
$$;

-- Staff end a subscription: when what runs ends, or at once. What was paid and not used is not lost: the next period that
-- the shop buys begins where it ends. Money goes back by a refund, not by this.
create function private.console_cancel_subscription(p_organization uuid, p_when text, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
  v_reason text := private.staff_reason(p_reason);
  v_now timestamptz := private.clock(p_organization);
  v_sub public.subscriptions := private.living_of(p_organization);
  v_ends timestamptz := case p_when when 'now' then v_now else private.next_due_at(v_sub) end;
begin
  if p_when = 'period_end' and (v_sub.cancel_at_period_end or v_sub.status not in ('active', 'trialing') or v_ends <= v_now) then
    perform private.fail('subscription.not_possible');
  end if;
  perform private.stop_renewals(p_organization);
  perform private.withdraw_quotes(p_organization, gen_random_uuid());
  perform private.append_audit(p_organization, 'console', v_staff.full_name, 'subscription.cancel_planned', 'subscriptions', v_sub.id, v_reason,
    jsonb_build_object('endsAt', v_ends));
  update public.subscriptions s set cancel_at_period_end = true, next_tier_code = null, next_tier_version = null, next_interval = null,
    trial_ends_at = case when s.status = 'trialing' then v_ends else s.trial_ends_at end,
    current_period_end = case when s.status = 'active' then v_ends else s.current_period_end end, updated_at = now()
  where s.organization_id = v_sub.organization_id and s.id = v_sub.id;
  if p_when = 'now' then
    perform private.transition_subscription(p_organization, v_sub.id, v_sub.status, 'cancelled',
      case when v_sub.status in ('active', 'trialing') then 'clock' else 'cancel' end, v_now);
    perform private.mail_owners(v_sub, 'cancelled', v_now);
  else
    perform private.mail_owners(v_sub, 'cancel_planned', v_now, jsonb_build_object('endsAt', v_ends));
  end if;
end
$$;

-- Every version that was ever sold, and how many shops keep it.
create function private.console_tiers()
returns table (code text, version int, price_clp_month bigint, price_clp_year bigint, price_usd_month bigint, price_usd_year bigint,
               max_branches int, max_users int, max_customers int, max_products int, features text[], available_from timestamptz,
               retired_at timestamptz, on_sale boolean, shops bigint, paying bigint, monthly_value bigint)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_platform(false);
  return query
  select t.*, private.is_on_sale(t), count(s.id), count(s.id) filter (where s.status in ('active', 'past_due', 'grace')),
         coalesce(sum(private.monthly_value(s)) filter (where not o.is_test), 0)::bigint
  from public.subscription_tiers t
  left join public.subscriptions s on s.tier_code = t.code and s.tier_version = t.version and s.status <> 'cancelled'
  left join public.organizations o on o.id = s.organization_id
  group by t.code, t.version order by t.price_clp_month, t.code, t.version desc;
end
$$;

-- A new version of a tier for new buyers. Whoever has an older one keeps it with its price, its limits and its features.
-- `replaces` is the version that it was compared with: of two that are published at once, one is told to look again.
--
-- p_tier  {"code", "replaces", "priceClpMonth", "priceClpYear", "priceUsdMonth", "priceUsdYear", "maxBranches"?, "maxUsers"?,
--          "maxCustomers"?, "maxProducts"?, "features": [], "availableFrom"?}; minor units, no maximum: unlimited
create function private.console_publish_tier(p_tier jsonb) returns int
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
  v_from timestamptz := coalesce((p_tier ->> 'availableFrom')::timestamptz, now());
  v_old public.subscription_tiers;
  v_price text;
begin
  perform pg_advisory_xact_lock(hashtextextended('publish-tier:' || coalesce(p_tier ->> 'code', ''), 0));
  select * into v_old from public.subscription_tiers t where t.code = p_tier ->> 'code' order by t.version desc limit 1;
  if v_old.code is null then
    perform private.fail('not_found');
  end if;
  if v_old.version is distinct from (p_tier ->> 'replaces')::int then
    perform private.fail('tier.changed');
  end if;
  if v_from < now() or v_from > now() + interval '1 year' then
    perform private.fail('input.invalid', '{"field": "availableFrom"}');
  end if;
  foreach v_price in array array['priceClpMonth', 'priceClpYear', 'priceUsdMonth', 'priceUsdYear'] loop
    if coalesce((p_tier ->> v_price)::bigint, 0) < private.smallest_charge(upper(substr(v_price, 6, 3))) then
      perform private.fail('input.invalid', jsonb_build_object('field', v_price));
    end if;
  end loop;
  insert into public.subscription_tiers (code, version, price_clp_month, price_clp_year, price_usd_month, price_usd_year, max_branches, max_users,
                                         max_customers, max_products, features, available_from)
  values (v_old.code, v_old.version + 1, (p_tier ->> 'priceClpMonth')::bigint, (p_tier ->> 'priceClpYear')::bigint, (p_tier ->> 'priceUsdMonth')::bigint,
          (p_tier ->> 'priceUsdYear')::bigint, (p_tier ->> 'maxBranches')::int, (p_tier ->> 'maxUsers')::int, (p_tier ->> 'maxCustomers')::int,
          (p_tier ->> 'maxProducts')::int, array(select jsonb_array_elements_text(p_tier -> 'features')), v_from);
  update public.subscription_tiers t set retired_at = v_from
  where t.code = v_old.code and t.version <= v_old.version and coalesce(t.retired_at, 'infinity') > v_from;
  perform private.record_security_event('tier.published', 'warning', v_old.code || ' ' || v_old.version + 1, null, p_tier);
  return v_old.version + 1;
end
$$;

grant execute on function private.console_subscriptions(jsonb, int, int), private.console_subscription_totals(jsonb),
  private.console_note_subscription_export(jsonb, int), private.console_subscription(uuid),
  private.console_change_plan(uuid, text, text, text, text), private.console_cancel_subscription(uuid, text, text),
  private.console_tiers(), private.console_publish_tier(jsonb) to authenticated;
