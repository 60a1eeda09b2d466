-- The dashboard reads the ledger of its year once for all twelve months, and looks payments up among the few of tests.

create index payments_of_tests on public.payments (organization_id, id) where test_mode;

-- Revenue of each month of Santiago between two instants, in minor units; none of a month in which nothing moved. It is
-- what was charged, less what was let off, went back or was lost. Without test shops, and without payments that were opened
-- while their gateway moved no money. Credit is posted without a payment: it is as real as what the shop had paid last.
-- (Credit left by test money that a real payment uses up later is taken for real.)
create function private.revenue_by_month(p_currency text, p_from timestamptz, p_to timestamptz) returns table (month timestamp, amount bigint)
language sql stable set search_path = '' as $$
  select date_trunc('month', t.at at time zone 'America/Santiago'), -sum(e.amount)::bigint from private.ledger_transactions t
  join public.organizations o on o.id = t.organization_id and not o.is_test
  join private.ledger_entries e on e.transaction_id = t.id and e.account in ('revenue', 'discounts', 'refunds', 'disputes', 'rounding')
  where t.currency = p_currency and t.at >= p_from and t.at < p_to and not case
    when t.payment_id is not null then exists (
      select from public.payments p where p.organization_id = t.organization_id and p.id = t.payment_id and p.test_mode)
    else coalesce((select x.test_mode from public.payments x where x.organization_id = t.organization_id
                   and x.amount > 0 and x.paid_at <= t.at order by x.paid_at desc limit 1), false) end
  group by 1
$$;
revoke execute on function private.revenue_by_month(text, timestamptz, timestamptz) from anon, authenticated;

-- The same between two instants alone.
create or replace function private.ledger_revenue(p_currency text, p_from timestamptz, p_to timestamptz) returns bigint
language sql stable set search_path = '' as $$
  select coalesce(sum(r.amount), 0)::bigint from private.revenue_by_month(p_currency, p_from, p_to) r
$$;

-- Figures of the service, all computed here and now. Money in pesos, times in UTC, months of Santiago. MRR, ARR and the
-- tiers' values are at list prices: what a shop pays less by a coupon or a credit is seen in the revenue alone.
create or replace function private.console_dashboard() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(false);
  v_month timestamptz := date_trunc('month', now() at time zone 'America/Santiago') at time zone 'America/Santiago';
begin
  return (
    with shops as (
      select o.id, o.status as organization_status, o.created_at, s.tier_code, s.status, s.trial_ends_at, private.monthly_value(s) as value
      from public.organizations o left join public.subscriptions s on s.organization_id = o.id and s.status <> 'cancelled'
      where not o.is_test
    ), months as (
      select m.month, m.month at time zone 'America/Santiago' as since, (m.month + interval '1 month') at time zone 'America/Santiago' as until
      from (select v_month at time zone 'America/Santiago' - make_interval(months => n) as month from generate_series(11, 0, -1) n) m
    )
    select jsonb_build_object(
      'organizations', jsonb_build_object(
        'total', (select count(*) from shops),
        'active', (select count(*) from shops where organization_status = 'active'
                   and (status in ('active', 'past_due', 'grace') or (status = 'trialing' and trial_ends_at > now()))),
        'trialing', (select count(*) from shops where status = 'trialing' and trial_ends_at > now() and organization_status = 'active'),
        'suspended', (select count(*) from shops where organization_status = 'suspended'),
        'newThisMonth', (select count(*) from shops where created_at >= v_month)),
      'engagement', private.engagement_figures(),
      'revenue', jsonb_build_object(
        'mrr', (select coalesce(sum(value), 0) from shops), 'arr', (select coalesce(sum(value), 0) * 12 from shops),
        'byMonth', (select jsonb_agg(jsonb_build_object('month', to_char(m.month, 'YYYY-MM'), 'amount', coalesce(r.amount, 0)) order by m.month)
                    from months m left join private.revenue_by_month('CLP', (select min(since) from months), (select max(until) from months)) r
                      using (month))),
      'signups', (select jsonb_agg(jsonb_build_object('month', to_char(m.month, 'YYYY-MM'), 'count', (
          select count(*) from shops o where o.created_at >= m.since and o.created_at < m.until)) order by m.month) from months m),
      'tiers', (select coalesce(jsonb_agg(jsonb_build_object('tier', t.code, 'count', t.n, 'mrr', t.value) order by t.code), '[]') from (
          select tier_code as code, count(*) as n, sum(value) as value from shops
          where status in ('active', 'past_due', 'grace', 'trialing') group by 1) t),
      'statuses', (select coalesce(jsonb_agg(jsonb_build_object('status', x.status, 'count', x.n) order by x.n desc), '[]') from (
          select coalesce(status, 'cancelled') as status, count(*) as n from shops group by 1) x),
      'trials', private.trial_figures(now() - interval '180 days'),
      'churn', jsonb_build_object('lost30Days', private.lost_shops(now() - interval '30 days')),
      'health', private.service_health()));
end
$$;
