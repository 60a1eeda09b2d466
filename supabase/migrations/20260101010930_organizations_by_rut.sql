-- The list of shops is searched by RUT when a RUT is typed, not by whatever digits or K a name has in it; and what a shop
-- sold leaves voided sales out, in the list and on its page.

-- What `like` must match to find a typed RUT, whole or a part of at least four digits, among RUTs written without dash;
-- null for a text that is none.
create function private.rut_pattern(p_typed text) returns text
language sql immutable parallel safe set search_path = '' as $$
  select '%' || r.bare || '%'
  from (select upper(regexp_replace(p_typed, '[.\s-]', '', 'g')) as bare) r
  where r.bare ~ '^[0-9]{3,}[0-9K]$'
$$;

-- Organizations for the list: search by name, slug, RUT or a member's address; filters; one page and the total.
create or replace function private.console_organizations(p_search text, p_status text, p_tier text, p_sort text, p_limit int, p_offset int)
returns table (id uuid, slug text, name text, status text, subscription text, tier text, mrr bigint, members int, branches int,
               orders_30_days bigint, last_order_at timestamptz, trial_ends_at timestamptz, created_at timestamptz, total bigint)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  v_staff public.platform_admins := private.require_platform(false);
  v_like text := private.like_pattern(p_search);
  v_rut text := private.rut_pattern(p_search);
begin
  return query
  with found as (
    select o.id, o.slug, o.name, o.status, coalesce(s.status, 'cancelled') as subscription, s.tier_code as tier,
           coalesce(private.monthly_value(s), 0) as mrr, s.trial_ends_at, o.created_at
    from public.organizations o left join public.subscriptions s on s.organization_id = o.id and s.status <> 'cancelled'
    where (coalesce(p_search, '') = '' or private.fold(o.name) like v_like or o.slug like v_like
           or replace(o.rut, '-', '') like v_rut
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
         (select count(*) from public.orders x where x.organization_id = p.id and x.status = 'completed' and x.created_at > now() - interval '30 days'),
         (select max(x.created_at) from public.orders x where x.organization_id = p.id and x.status = 'completed'), p.trial_ends_at, p.created_at, p.total
  from page p
  order by case when p_sort = 'name' then private.fold(p.name) end, case when p_sort = 'mrr' then -p.mrr end,
           case when p_sort = 'oldest' then p.created_at end, p.created_at desc, p.id;
end
$$;

-- One organization: what staff need to help it. No customers, no prescriptions, no names of theirs.
create or replace function private.console_organization(p_organization uuid) returns jsonb
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
    'orders30Days', (select count(*) from public.orders x where x.organization_id = o.id and x.status = 'completed' and x.created_at > now() - interval '30 days'),
    'lastOrderAt', (select max(x.created_at) from public.orders x where x.organization_id = o.id and x.status = 'completed'))
  into v_found from public.organizations o where o.id = p_organization;
  if v_found is null then
    perform private.fail('organization.not_found');
  end if;
  return v_found;
end
$$;
