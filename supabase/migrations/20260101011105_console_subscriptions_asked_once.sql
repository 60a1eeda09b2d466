-- The console's subscriptions: the search is folded once, what a filter does not set is not asked, and the shop's own hour is
-- looked up only where days are counted. A shop's history is read by what its entries are about, not by walking its trail.

drop function private.console_subscriptions(jsonb, int, int);
drop function private.console_subscription_totals(jsonb);
drop function private.subscriptions_found(jsonb);

-- Subscriptions, one for each shop, the living one before those that ended; as the part of a statement from `from` on, with
-- what a filter {q, status, tier, version, interval, days: next due within so many, clock, ending} asks; all optional.
-- Its $1 is the filter, $2 the folded search, $3 the pattern of it; no value stands in the text. The list, its totals and
-- its file begin with it, so that they never differ.
create function private.subscriptions_found(p_filter jsonb) returns text
language sql immutable set search_path = '' as $$
  select $c$from (select distinct on (x.organization_id) x.* from public.subscriptions x
                  order by x.organization_id, (x.status <> 'cancelled') desc, x.created_at desc) s
            join public.organizations o on o.id = s.organization_id where $c$ || concat_ws(' and ', 'true',
    case when private.fold(p_filter ->> 'q') <> '' then $c$(
      private.fold(o.name) like $3 or o.slug like $3 or o.id::text = $2
      or exists (select from public.admin_users m where m.organization_id = o.id and m.role = 'owner' and m.email like $3))$c$ end,
    case when p_filter ->> 'status' is not null then $c$s.status = $1 ->> 'status'$c$ end,
    case when p_filter ->> 'tier' is not null then $c$s.tier_code = $1 ->> 'tier'$c$ end,
    case when p_filter ->> 'version' is not null then $c$s.tier_version = ($1 ->> 'version')::int$c$ end,
    case when p_filter ->> 'interval' is not null then $c$s.billing_interval = $1 ->> 'interval'$c$ end,
    case when p_filter ->> 'days' is not null then $c$(s.status in ('trialing', 'active') and private.next_due_at(s)
      between private.clock(s.organization_id) and private.clock(s.organization_id) + make_interval(days => ($1 ->> 'days')::int))$c$ end,
    case when p_filter ->> 'clock' is not null then $c$exists (select from private.test_clocks t where t.organization_id = s.organization_id)$c$ end,
    case when p_filter ->> 'ending' is not null then $c$s.cancel_at_period_end and s.status <> 'cancelled'$c$ end)
$$;
revoke execute on function private.subscriptions_found(jsonb) from anon, authenticated;

-- Subscriptions of a filter, in its order; how many there are is told by their totals.
create function private.console_subscriptions(p_filter jsonb, p_limit int, p_offset int)
returns table (organization_id uuid, organization text, status text, tier text, version int, billing_interval text, next_due_at timestamptz,
               collected_by text, monthly_value bigint, cancel_at_period_end boolean, held_because text, is_test boolean, clock_at timestamptz,
               created_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_platform(false);
  return query execute format($q$
    select s.organization_id, o.name, s.status, s.tier_code, s.tier_version, s.billing_interval, private.next_due_at(s),
           (select a.gateway from public.auto_renewals a where a.organization_id = s.organization_id and a.status in ('active', 'past_due')
            and a.cancel_requested_at is null order by a.created_at desc limit 1),
           private.monthly_value(s), s.cancel_at_period_end, s.held_because, o.is_test,
           (select t.at from private.test_clocks t where t.organization_id = s.organization_id), s.created_at
    %s
    order by case when $1 ->> 'sort' = 'due' then private.next_due_at(s) end,
             case when $1 ->> 'sort' = 'name' then private.fold(o.name) end,
             case when $1 ->> 'sort' = 'value' then -private.monthly_value(s) end, s.created_at desc, s.organization_id
    limit $4 offset $5$q$, private.subscriptions_found(p_filter))
  using p_filter, private.fold(p_filter ->> 'q'), private.like_pattern(p_filter ->> 'q'), least(p_limit, 5000), p_offset;
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
  return query execute format($q$
    select count(*), count(*) filter (where s.status = 'trialing'), count(*) filter (where s.status = 'active'),
           count(*) filter (where s.status in ('past_due', 'grace')),
           coalesce(sum(private.monthly_value(s)) filter (where not o.is_test), 0)::bigint,
           coalesce(sum(private.monthly_value(s)) filter (where o.is_test), 0)::bigint,
           (select coalesce(array_agg(distinct a.tier_version order by a.tier_version), '{}') from public.subscriptions a)
    %s$q$, private.subscriptions_found(p_filter))
  using p_filter, private.fold(p_filter ->> 'q'), private.like_pattern(p_filter ->> 'q');
end
$$;

grant execute on function private.console_subscriptions(jsonb, int, int), private.console_subscription_totals(jsonb) to authenticated;

-- One shop's subscription with everything that explains it.
create or replace function private.console_subscription(p_organization uuid) returns jsonb
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
                  with told as materialized (
                    select e.* from public.audit_entries e
                    where e.organization_id = p_organization and e.object_type in ('subscriptions', 'auto_renewals', 'organizations')
                      and (e.object_type <> 'organizations' or e.action like 'subscription.%'))
                  select e.seq, e.at, e.actor_name, e.via, e.action, e.reason, e.changes from told e order by e.seq desc limit 100) h),
    'played', case when exists (select from private.test_clocks t where t.organization_id = p_organization)
                then private.played_by_clock(p_organization) else '[]' end);
end
$$;

-- What a test clock has brought about, by the shop's own hour, the latest first.
create or replace function private.played_by_clock(p_organization uuid) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(x) order by x.at desc, x.nth desc), '[]') from (
    select * from (
      select (e.changes ->> 'clock')::timestamptz as at, 'moved' as kind, e.seq as nth, e.changes #>> '{status,0}' as before, e.changes #>> '{status,1}' as after
      from public.audit_entries e
      where e.organization_id = p_organization and e.object_type = 'subscriptions' and e.action = 'subscription.moved' and e.changes ? 'clock'
      union all
      select m.sent_at, 'mail', 0, null, m.kind from private.subscription_mails m where m.organization_id = p_organization
      union all
      select i.issued_at, 'invoice', i.number, null, i.number::text from public.invoices i where i.organization_id = p_organization
      union all
      select l.at, 'period', 0, null, l.tier_code from private.payment_ledger l where l.organization_id = p_organization and l.effect_kind = 'activated'
    ) everything order by at desc, nth desc limit 200) x
$$;
