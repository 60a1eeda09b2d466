-- Tiers (versioned: old customers keep what they bought), subscriptions, usage limits.

create table public.subscription_tiers (
  code            text not null check (code in ('basic', 'pro', 'premium')),
  version         int not null check (version > 0),
  price_clp_month bigint not null check (price_clp_month >= 0),
  price_clp_year  bigint not null check (price_clp_year >= 0),
  price_usd_month bigint not null check (price_usd_month >= 0),
  price_usd_year  bigint not null check (price_usd_year >= 0),
  max_branches    int check (max_branches > 0),
  max_users       int check (max_users > 0),
  max_customers   int check (max_customers > 0),
  max_products    int check (max_products > 0),
  features        text[] not null default '{}' check (features <@ array['pos', 'appointments', 'quotes', 'work_orders', 'assistant',
                                                                     'advanced_analytics', 'api_access', 'custom_branding']),
  available_from  timestamptz not null default now(),
  retired_at      timestamptz,
  primary key (code, version)
);
comment on table public.subscription_tiers is
  'What is sold. Prices in minor units (CLP has none, USD cents), IVA included. A null maximum is unlimited.';
insert into public.subscription_tiers
  (code, version, price_clp_month, price_clp_year, price_usd_month, price_usd_year, max_branches, max_users, max_customers, max_products, features)
values
  ('basic',   1,  49000,  490000,  5500,  55000,  1,  2,  500,  100, '{pos,appointments,quotes,work_orders}'),
  ('pro',     1,  99000,  990000, 10900, 109000,  3,  5, 2000,  500, '{pos,appointments,quotes,work_orders,assistant,advanced_analytics}'),
  ('premium', 1, 299000, 2990000, 32900, 329000, 20, 50, null, null, '{pos,appointments,quotes,work_orders,assistant,advanced_analytics,api_access,custom_branding}');

-- Whether new buyers get a version now. One that is published ahead takes over from the one before at its moment.
create function private.is_on_sale(p_tier public.subscription_tiers) returns boolean
language sql stable set search_path = '' as $$
  select p_tier.available_from <= now() and (p_tier.retired_at is null or p_tier.retired_at > now())
$$;

create table public.subscriptions (
  organization_id      uuid not null references public.organizations on delete restrict,
  id                   uuid not null default gen_random_uuid(),
  tier_code            text not null,
  tier_version         int not null,
  status               text not null check (status in ('pending_payment', 'trialing', 'active', 'past_due', 'grace', 'suspended', 'cancelled', 'expired')),
  billing_interval     text not null default 'month' check (billing_interval in ('month', 'year')),
  trial_ends_at        timestamptz,
  current_period_start timestamptz,
  current_period_end   timestamptz,
  cancel_at_period_end boolean not null default false,
  next_tier_code       text,
  next_tier_version    int,
  next_interval        text check (next_interval in ('month', 'year')),
  state_since          timestamptz not null default now(),
  next_step_at         timestamptz,
  held_because         text check (length(held_because) <= 60),
  created_at           timestamptz not null default now(),
  updated_at           timestamptz not null default now(),
  primary key (organization_id, id),
  foreign key (tier_code, tier_version) references public.subscription_tiers (code, version) on delete restrict,
  foreign key (next_tier_code, next_tier_version) references public.subscription_tiers (code, version) on delete restrict,
  check (num_nulls(next_tier_code, next_tier_version, next_interval) in (0, 3)),
  check (status <> 'trialing' or trial_ends_at is not null),
  check (status <> 'active' or current_period_end is not null)
);
comment on column public.subscriptions.current_period_end is 'Through when it is paid, periods bought ahead included.';
comment on column public.subscriptions.next_tier_code is 'What the next period will be, where the owner planned another plan; limits change that day.';
comment on column public.subscriptions.state_since is 'When the state began, by the organization''s clock: time in past_due and grace counts from here, so that no outage of ours shortens it.';
comment on column public.subscriptions.next_step_at is 'When the clock has something to do; null: look now.';
comment on column public.subscriptions.held_because is 'Why a step towards suspension waits (docs/decisions): what is not known stops nobody.';
create index subscriptions_due on public.subscriptions (next_step_at nulls first) where status <> 'cancelled';
-- One living subscription per organization.
create unique index subscriptions_current on public.subscriptions (organization_id) where status <> 'cancelled';

-- A clock of its own for an organization marked as test: it stands still until staff move it.
create table private.test_clocks (
  organization_id uuid primary key references public.organizations on delete restrict,
  at              timestamptz not null,
  target          timestamptz not null,
  set_by          uuid,
  set_at          timestamptz not null default now(),
  check (target >= at)
);
comment on column private.test_clocks.target is 'Until when staff play: the clock goes there through every due instant in order.';
comment on table private.test_clocks is 'So that a year of a subscription can be played in a minute. Set in the console, audited.';

-- The hour that it is for an organization's subscription: its test clock where it has one, else now.
-- Whatever reads or writes periods, trials, invoices and due dates asks here.
create function private.clock(p_organization uuid) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select c.at from private.test_clocks c where c.organization_id = p_organization), now());
end
$$;

-- Counter rows: the only way a limit is exact under concurrency (DATABASE, rule 8).
create table public.usage_counters (
  organization_id uuid not null references public.organizations on delete restrict,
  metric          text not null check (metric in ('branches', 'users', 'customers', 'products')),
  n               int not null default 0 check (n >= 0),
  max_count       int,
  primary key (organization_id, metric)
);
create table public.limit_overrides (
  organization_id uuid not null references public.organizations on delete restrict,
  metric          text not null check (metric in ('branches', 'users', 'customers', 'products')),
  max_count       int check (max_count > 0),
  reason          text not null,
  set_by          uuid,
  created_at      timestamptz not null default now(),
  primary key (organization_id, metric)
);
comment on table public.limit_overrides is 'A maximum agreed with one organization; wins over its tier. Set in the console, audited.';

-- One trial per verified identity, remembered outside the organization (THREATS T42).
create table private.trial_claims (
  identity        text primary key,
  user_id         uuid not null,
  organization_id uuid not null,
  claimed_at      timestamptz not null default now()
);

-- An address without its tricks: case, plus-tags, Gmail's dots.
create function private.canonical_email(p_email text) returns text
language sql immutable parallel safe set search_path = '' as $$
  select case when split_part(lower(p_email), '@', 2) in ('gmail.com', 'googlemail.com')
    then replace(split_part(split_part(lower(p_email), '@', 1), '+', 1), '.', '') || '@gmail.com'
    else split_part(split_part(lower(p_email), '@', 1), '+', 1) || '@' || split_part(lower(p_email), '@', 2) end
$$;

-- Copies the limits of the subscription's tier, or the agreed overrides, into the counter rows.
-- Definer and granted to nobody: called where a subscription or an override changes.
create function private.apply_limits(p_organization uuid) returns void
language sql volatile security definer set search_path = '' as $$
  insert into public.usage_counters (organization_id, metric, max_count)
  select p_organization, l.metric, case when o.metric is not null then o.max_count else l.max_count end
  from public.subscriptions s
  join public.subscription_tiers t on t.code = s.tier_code and t.version = s.tier_version
  cross join lateral (values ('branches', t.max_branches), ('users', t.max_users),
                             ('customers', t.max_customers), ('products', t.max_products)) as l (metric, max_count)
  left join public.limit_overrides o on o.organization_id = s.organization_id and o.metric = l.metric
  where s.organization_id = p_organization and s.status <> 'cancelled'
  on conflict (organization_id, metric) do update set max_count = excluded.max_count
$$;

-- Counts one row in or out in the same transaction, and refuses the one too many. Argument: the metric.
-- Definer: nobody may write counters. The organization is the row's own, so that no path goes around it.
create function private.count_usage() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_before boolean := tg_op <> 'INSERT' and private.counts(to_jsonb(old));
  v_after boolean := tg_op <> 'DELETE' and private.counts(to_jsonb(new));
  v_organization uuid := coalesce(new.organization_id, old.organization_id);
  v_used public.usage_counters;
begin
  if v_after and not v_before then
    update public.usage_counters set n = n + 1
    where organization_id = v_organization and metric = tg_argv[0] and (max_count is null or n < max_count);
    if not found then
      select * into v_used from public.usage_counters where organization_id = v_organization and metric = tg_argv[0];
      perform private.fail('tier.limit_exceeded', jsonb_build_object('metric', tg_argv[0], 'used', v_used.n, 'max', v_used.max_count));
    end if;
  elsif v_before and not v_after then
    update public.usage_counters set n = n - 1 where organization_id = v_organization and metric = tg_argv[0];
  end if;
  return null;
end
$$;

-- Archived records and removed members do not count.
create function private.counts(p_row jsonb) returns boolean
language sql immutable set search_path = '' as $$
  select p_row ->> 'archived_at' is null and coalesce(p_row ->> 'status', 'active') <> 'removed'
$$;

create trigger branches_count after insert or delete or update of archived_at on public.branches
  for each row execute function private.count_usage('branches');
create trigger admin_users_count after insert or delete or update of status on public.admin_users
  for each row execute function private.count_usage('users');
