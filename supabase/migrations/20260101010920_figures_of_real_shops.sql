-- The dashboard's figures count real shops and their money: without test shops, without voided sales, and with those who
-- left. What each figure is stands in docs/glossary.md, and for people under the figure.

-- Periods that shops paid for. Days that staff gave, a coupon for all of it, test money, and what was paid back or is
-- disputed are none.
create view private.paid_periods as
  select l.organization_id, l.subscription_id, l.period_start, l.period_end
  from private.payment_ledger l join public.payments p on p.organization_id = l.organization_id and p.id = l.payment_id
  where l.effect_kind = 'activated' and coalesce(l.value, p.amount) > 0
    and p.status in ('succeeded', 'partially_refunded') and not p.test_mode;

-- Trials that ended since an instant, whatever became of the subscription, and those after which the shop paid.
create function private.trial_figures(p_since timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('ended', count(*), 'converted', count(*) filter (where exists (
    select from private.paid_periods l where l.organization_id = s.organization_id and l.period_end > s.trial_ends_at)))
  from public.subscriptions s join public.organizations o on o.id = s.organization_id and not o.is_test
  where s.trial_ends_at between p_since and now()
$$;

-- Shops that had paid, left since an instant and have not come back. Nobody comes back by looking at the plans.
create function private.lost_shops(p_since timestamptz) returns bigint
language sql stable set search_path = '' as $$
  select count(distinct s.organization_id)
  from public.subscriptions s join public.organizations o on o.id = s.organization_id and not o.is_test
  where s.status in ('cancelled', 'expired') and s.state_since > p_since
    and exists (select from private.paid_periods l where l.organization_id = s.organization_id and l.subscription_id = s.id)
    and not exists (select from public.subscriptions x where x.organization_id = s.organization_id
                    and x.status not in ('cancelled', 'expired', 'pending_payment'))
$$;

-- What shops sold in the last thirty days, voided sales left out.
create function private.engagement_figures() returns jsonb
language sql stable set search_path = '' as $$
  with sold as (
    select x.organization_id, x.member_id, x.created_at > now() - interval '7 days' as is_recent
    from public.orders x join public.organizations o on o.id = x.organization_id and not o.is_test
    where x.status = 'completed' and x.created_at > now() - interval '30 days'
  )
  select jsonb_build_object(
    'soldIn7Days', count(distinct s.organization_id) filter (where s.is_recent),
    'soldIn30Days', count(distinct s.organization_id),
    'orders30Days', count(*),
    'membersIn7Days', count(distinct s.member_id) filter (where s.is_recent))
  from sold s
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
        'byMonth', (select jsonb_agg(jsonb_build_object('month', to_char(m.month, 'YYYY-MM'),
            'amount', private.ledger_revenue('CLP', m.since, m.until)) order by m.month) from months m)),
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
