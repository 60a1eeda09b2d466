-- The console: totals and lists across tenants for platform staff. Every function checks role and step-up itself,
-- tells no customer's data, and writes what it changes into the organization's own audit trail.

-- The caller as platform staff. Granted to nobody: console functions begin with it.
create function private.require_platform(p_write boolean) returns public.platform_admins
language plpgsql stable security definer set search_path = '' as $$
declare
  v_staff public.platform_admins;
begin
  select * into v_staff from public.platform_admins p where p.user_id = auth.uid() and p.disabled_at is null;
  if v_staff.user_id is null or not private.session_is_live() or (p_write and v_staff.role <> 'super_admin') then
    perform private.fail('access.forbidden');
  end if;
  if not private.stepped_up() then
    perform private.fail('access.step_up_required');
  end if;
  return v_staff;
end
$$;
revoke execute on function private.require_platform(boolean) from anon, authenticated;

-- Pesos a month that a subscription is worth; a year counts a twelfth. Only what is being paid for.
create function private.monthly_value(s public.subscriptions) returns bigint
language sql stable security definer set search_path = '' as $$
  select case when s.status in ('active', 'past_due', 'grace')
    then case s.billing_interval when 'year' then round(t.price_clp_year / 12.0)::bigint else t.price_clp_month end else 0 end
  from public.subscription_tiers t where t.code = s.tier_code and t.version = s.tier_version
$$;
revoke execute on function private.monthly_value(public.subscriptions) from anon, authenticated;

-- Figures of the service, all computed here and now. Money in pesos, times in UTC, months of Santiago.
create function private.console_dashboard() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(false);
  v_month timestamptz := date_trunc('month', now() at time zone 'America/Santiago') at time zone 'America/Santiago';
begin
  return (
    with living as (
      select o.id, o.status as organization_status, o.created_at, s.tier_code, s.status, s.trial_ends_at, private.monthly_value(s) as value
      from public.organizations o left join public.subscriptions s on s.organization_id = o.id and s.status <> 'cancelled'
    ), months as (
      select (v_month at time zone 'America/Santiago' - make_interval(months => n)) as month from generate_series(11, 0, -1) n
    ), sold as (
      select organization_id, max(created_at) as last_at, count(*) filter (where created_at > now() - interval '30 days') as orders
      from public.orders where created_at > now() - interval '90 days' group by 1
    ), ended as (
      select l.id, l.status in ('active', 'past_due', 'grace') as converted from living l
      where l.trial_ends_at between now() - interval '180 days' and now()
    )
    select jsonb_build_object(
      'organizations', jsonb_build_object(
        'total', (select count(*) from living),
        'active', (select count(*) from living where organization_status = 'active'
                   and (status in ('active', 'past_due', 'grace') or (status = 'trialing' and trial_ends_at > now()))),
        'trialing', (select count(*) from living where status = 'trialing' and trial_ends_at > now() and organization_status = 'active'),
        'suspended', (select count(*) from living where organization_status = 'suspended'),
        'newThisMonth', (select count(*) from living where created_at >= v_month)),
      'engagement', jsonb_build_object(
        'soldIn7Days', (select count(*) from sold where last_at > now() - interval '7 days'),
        'soldIn30Days', (select count(*) from sold where orders > 0),
        'orders30Days', (select coalesce(sum(orders), 0) from sold),
        'membersIn7Days', (select count(distinct member_id) from public.orders where created_at > now() - interval '7 days')),
      'revenue', jsonb_build_object(
        'mrr', (select coalesce(sum(value), 0) from living), 'arr', (select coalesce(sum(value), 0) * 12 from living),
        'byMonth', (select jsonb_agg(jsonb_build_object('month', to_char(m.month, 'YYYY-MM'), 'amount', private.ledger_revenue('CLP',
            m.month at time zone 'America/Santiago', (m.month + interval '1 month') at time zone 'America/Santiago')) order by m.month) from months m)),
      'signups', (select jsonb_agg(jsonb_build_object('month', to_char(m.month, 'YYYY-MM'), 'count', (
          select count(*) from living l where l.created_at >= m.month at time zone 'America/Santiago'
            and l.created_at < (m.month + interval '1 month') at time zone 'America/Santiago')) order by m.month) from months m),
      'tiers', (select coalesce(jsonb_agg(jsonb_build_object('tier', t.code, 'count', t.n, 'mrr', t.value) order by t.code), '[]') from (
          select tier_code as code, count(*) as n, sum(value) as value from living
          where status in ('active', 'past_due', 'grace', 'trialing') group by 1) t),
      'statuses', (select coalesce(jsonb_agg(jsonb_build_object('status', x.status, 'count', x.n) order by x.n desc), '[]') from (
          select coalesce(status, 'cancelled') as status, count(*) as n from living group by 1) x),
      'trials', jsonb_build_object('ended', (select count(*) from ended), 'converted', (select count(*) from ended where converted)),
      'churn', jsonb_build_object('lost30Days', (select count(*) from public.subscriptions s
          where s.status in ('cancelled', 'expired') and s.updated_at > now() - interval '30 days')),
      'health', jsonb_build_object(
        'jobsWaiting', (select count(*) from private.outbox where done_at is null),
        'oldestJobSeconds', (select floor(extract(epoch from now() - min(created_at))) from private.outbox where done_at is null and available_at <= now()),
        'noticesWaiting', (select count(*) from private.webhook_events where status = 'received'),
        'oldestNoticeSeconds', (select floor(extract(epoch from now() - min(received_at))) from private.webhook_events where status = 'received'),
        'noticesDead', (select count(*) from private.webhook_events where status = 'dead'),
        'paymentsInReview', (select count(*) from public.payments where status = 'review'),
        'securityEvents24h', (select coalesce(jsonb_object_agg(e.severity, e.n), '{}') from (
            select severity, count(*) as n from private.security_events where at > now() - interval '24 hours' group by 1) e),
        'databaseBytes', pg_database_size(current_database()))));
end
$$;

-- Organizations for the list: search by name, slug, RUT or a member's address; filters; one page and the total.
create function private.console_organizations(p_search text, p_status text, p_tier text, p_sort text, p_limit int, p_offset int)
returns table (id uuid, slug text, name text, status text, subscription text, tier text, mrr bigint, members int, branches int,
               orders_30_days bigint, last_order_at timestamptz, trial_ends_at timestamptz, created_at timestamptz, total bigint)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  v_staff public.platform_admins := private.require_platform(false);
  v_like text := private.like_pattern(p_search);
begin
  return query
  with found as (
    select o.id, o.slug, o.name, o.status, coalesce(s.status, 'cancelled') as subscription, s.tier_code as tier,
           coalesce(private.monthly_value(s), 0) as mrr, s.trial_ends_at, o.created_at
    from public.organizations o left join public.subscriptions s on s.organization_id = o.id and s.status <> 'cancelled'
    where (coalesce(p_search, '') = '' or private.fold(o.name) like v_like or o.slug like v_like
           or replace(coalesce(o.rut, ''), '-', '') like '%' || nullif(regexp_replace(upper(p_search), '[^0-9K]', '', 'g'), '') || '%'
           or exists (select from public.admin_users m where m.organization_id = o.id and m.email like v_like))
      and (p_status is null or p_status = case when o.status = 'suspended' then 'suspended' else coalesce(s.status, 'cancelled') end)
      and (p_tier is null or s.tier_code = p_tier)
  ), page as (
    select f.*, count(*) over () as total from found f
    order by case when p_sort = 'name' then private.fold(f.name) end, case when p_sort = 'mrr' then -f.mrr end,
             case when p_sort = 'oldest' then f.created_at end, f.created_at desc, f.id
    limit least(p_limit, 5000) offset p_offset
  )
  select p.id, p.slug, p.name, p.status, p.subscription, p.tier, p.mrr,
         (select count(*)::int from public.admin_users m where m.organization_id = p.id and m.status = 'active'),
         (select count(*)::int from public.branches b where b.organization_id = p.id and b.archived_at is null),
         (select count(*) from public.orders x where x.organization_id = p.id and x.created_at > now() - interval '30 days'),
         (select max(x.created_at) from public.orders x where x.organization_id = p.id), p.trial_ends_at, p.created_at, p.total
  from page p
  order by case when p_sort = 'name' then private.fold(p.name) end, case when p_sort = 'mrr' then -p.mrr end,
           case when p_sort = 'oldest' then p.created_at end, p.created_at desc, p.id;
end
$$;

-- One organization: what staff need to help it. No customers, no prescriptions, no names of theirs.
create function private.console_organization(p_organization uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(false);
  v_found jsonb;
begin
  select jsonb_build_object(
    'organization', to_jsonb(o),
    'subscription', (select to_jsonb(s) || jsonb_build_object('mrr', private.monthly_value(s)) from public.subscriptions s
                     where s.organization_id = o.id and s.status <> 'cancelled'),
    'usage', (select coalesce(jsonb_agg(jsonb_build_object('metric', u.metric, 'used', u.n, 'max', u.max_count,
                'override', (select jsonb_build_object('max', l.max_count, 'reason', l.reason, 'at', l.created_at)
                             from public.limit_overrides l where l.organization_id = u.organization_id and l.metric = u.metric)) order by u.metric), '[]')
              from public.usage_counters u where u.organization_id = o.id),
    'branches', (select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'timeZone', b.time_zone, 'archivedAt', b.archived_at) order by b.name), '[]')
                 from public.branches b where b.organization_id = o.id),
    'members', (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'fullName', m.full_name, 'email', m.email, 'role', m.role, 'status', m.status,
                  'createdAt', m.created_at) order by m.status, m.role, m.full_name), '[]') from public.admin_users m where m.organization_id = o.id),
    'invitations', (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'email', i.email, 'role', i.role, 'expiresAt', i.expires_at) order by i.created_at desc), '[]')
                    from public.invitations i where i.organization_id = o.id and i.accepted_at is null and i.revoked_at is null),
    'payments', (select coalesce(jsonb_agg(to_jsonb(x) order by x.created_at desc), '[]') from (
                   select p.id, p.gateway, p.status, p.amount, p.currency, p.refunded_amount, p.tier_code, p.billing_interval, p.reason, p.created_at, p.paid_at
                   from public.payments p where p.organization_id = o.id order by p.created_at desc limit 20) x),
    'activity', (select coalesce(jsonb_agg(to_jsonb(x) order by x.seq desc), '[]') from (
                   select e.seq, e.at, e.actor_name, e.via, e.action, e.object_type, e.reason, e.changes
                   from public.audit_entries e where e.organization_id = o.id order by e.seq desc limit 30) x),
    'auditBrokenAt', private.first_broken_audit(o.id),
    'orders30Days', (select count(*) from public.orders x where x.organization_id = o.id and x.created_at > now() - interval '30 days'),
    'lastOrderAt', (select max(x.created_at) from public.orders x where x.organization_id = o.id))
  into v_found from public.organizations o where o.id = p_organization;
  if v_found is null then
    perform private.fail('organization.not_found');
  end if;
  return v_found;
end
$$;

-- Makes an organization by hand: its first branch, its trial, and an invitation for its owner.
create function private.console_create_organization(p_name text, p_branch text, p_time_zone text, p_owner_email text, p_tier text, p_trial_days int)
returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
  v_organization uuid;
begin
  if p_trial_days not between 0 and 90 then
    perform private.fail('input.invalid', '{"field": "trialDays"}');
  end if;
  -- The same form sent twice makes one shop.
  perform pg_advisory_xact_lock(hashtextextended('console-create:' || lower(p_owner_email), 0));
  select o.id into v_organization from public.organizations o
  join public.invitations i on i.organization_id = o.id and i.email = lower(p_owner_email) and i.role = 'owner' and i.accepted_at is null
  where o.name = p_name and o.created_at > now() - interval '10 minutes';
  if v_organization is not null then
    return v_organization;
  end if;
  v_organization := private.create_organization(p_name, p_branch, p_time_zone, p_tier, p_trial_days);
  perform private.append_audit(v_organization, 'console', v_staff.full_name, 'organization.created', 'organizations', v_organization, null,
    jsonb_build_object('tier', p_tier, 'trialDays', p_trial_days));
  perform private.create_invitation(v_organization, lower(p_owner_email), 'owner', true, '{}');
  return v_organization;
end
$$;

-- Sends the owner's invitation again, or to another address; the older one stops working.
create function private.console_invite_owner(p_organization uuid, p_email text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
begin
  if not exists (select from public.organizations o where o.id = p_organization) then
    perform private.fail('organization.not_found');
  end if;
  if exists (select from public.admin_users m where m.organization_id = p_organization and m.email = lower(p_email) and m.status <> 'removed') then
    perform private.fail('invitation.already_member');
  end if;
  update public.invitations set revoked_at = now()
  where organization_id = p_organization and role = 'owner' and accepted_at is null and revoked_at is null;
  perform private.create_invitation(p_organization, lower(p_email), 'owner', true, '{}');
end
$$;

-- Suspends or reactivates, with the reason that the shop will ask for. Works on the members' next statement.
create function private.console_set_status(p_organization uuid, p_status text, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
  v_before text;
begin
  if p_status not in ('active', 'suspended') or length(trim(coalesce(p_reason, ''))) < 5 then
    perform private.fail('input.invalid', '{"field": "reason"}');
  end if;
  select o.status into v_before from public.organizations o where o.id = p_organization for update;
  if v_before is null then
    perform private.fail('organization.not_found');
  end if;
  if v_before = p_status then
    perform private.fail('conflict');
  end if;
  update public.organizations set status = p_status, status_reason = trim(p_reason), status_changed_at = now(), updated_at = now() where id = p_organization;
  perform private.append_audit(p_organization, 'console', v_staff.full_name,
    case p_status when 'suspended' then 'organization.suspended' else 'organization.reactivated' end, 'organizations', p_organization,
    trim(p_reason), jsonb_build_object('status', jsonb_build_array(v_before, p_status)));
end
$$;

-- Agrees another maximum with one organization; a null maximum takes the agreement back.
create function private.console_set_limit(p_organization uuid, p_metric text, p_max int, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
begin
  if length(trim(coalesce(p_reason, ''))) < 5 then
    perform private.fail('input.invalid', '{"field": "reason"}');
  end if;
  if not exists (select from public.usage_counters u where u.organization_id = p_organization and u.metric = p_metric) then
    perform private.fail('organization.not_found');
  end if;
  if p_max is null then
    delete from public.limit_overrides where organization_id = p_organization and metric = p_metric;
  else
    insert into public.limit_overrides (organization_id, metric, max_count, reason, set_by)
    values (p_organization, p_metric, p_max, trim(p_reason), auth.uid())
    on conflict (organization_id, metric) do update set max_count = excluded.max_count, reason = excluded.reason,
      set_by = excluded.set_by, created_at = now();
  end if;
  perform private.apply_limits(p_organization);
  perform private.append_audit(p_organization, 'console', v_staff.full_name, 'limit.overridden', 'organizations', p_organization, trim(p_reason),
    jsonb_build_object('metric', p_metric, 'max', p_max));
end
$$;

grant execute on function private.console_dashboard(), private.console_organizations(text, text, text, text, int, int),
  private.console_organization(uuid), private.console_create_organization(text, text, text, text, text, int),
  private.console_invite_owner(uuid, text), private.console_set_status(uuid, text, text), private.console_set_limit(uuid, text, int, text)
  to authenticated;
