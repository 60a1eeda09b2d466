-- The console's dashboard and the page of a shop stay quick with ten thousand shops, one of which has a trail of a million
-- entries and has sold as often: of the trail, the page says what the last look found and when that was.

-- Sales come in the order of time, so that a summary of each stretch is enough to find those of a month among all shops.
create index orders_across_shops on public.orders using brin (created_at);

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
    'auditBrokenAt', v.broken_at,
    'auditVerifiedAt', v.verified_at,
    'orders30Days', (select count(*) from public.orders x where x.organization_id = o.id and x.status = 'completed' and x.created_at > now() - interval '30 days'),
    'lastOrderAt', (select max(x.created_at) from public.orders x where x.organization_id = o.id and x.status = 'completed'))
  into v_found from public.organizations o left join private.audit_verifications v on v.organization_id = o.id where o.id = p_organization;
  if v_found is null then
    perform private.fail('organization.not_found');
  end if;
  return v_found;
end
$$;
