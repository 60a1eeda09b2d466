-- The views with which lists open are told with everything else that a page must know of its caller: asking for one alone
-- was a transaction each time that a list was opened. A view opens nothing once its maker has left the branch that it is
-- shared with.
create or replace function private.session_context() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_user uuid := auth.uid();
  v_member public.admin_users := private.membership(true);  -- null where the session is dead, too
  v_allowed uuid[];
  v_context jsonb;
begin
  if v_member.organization_id is null and not private.session_is_live() then
    return null;
  end if;
  v_context := jsonb_build_object(
    'userId', v_user,
    'twoFactor', exists (select from private.two_factor f where f.user_id = v_user and f.confirmed_at is not null),
    'steppedUp', private.stepped_up(),
    'platform', (select jsonb_build_object('role', p.role, 'fullName', p.full_name, 'email', p.email)
                 from public.platform_admins p where p.user_id = v_user and p.disabled_at is null));
  if v_member.organization_id is null then
    return v_context;
  end if;
  v_allowed := private.current_branches();
  return v_context || (
    select jsonb_build_object(
      'member', jsonb_build_object('id', v_member.id, 'email', v_member.email, 'fullName', v_member.full_name, 'role', v_member.role,
        'maxDiscountBp', r.max_discount_bp, 'hasPin', exists (select from private.approval_pins a
          where a.organization_id = v_member.organization_id and a.member_id = v_member.id)),
      'permissions', (select coalesce(jsonb_agg(p order by p), '[]') from (
          select unnest(r.permissions || v_member.granted_permissions) except select unnest(v_member.revoked_permissions)) as x (p)),
      'organization', jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name,
        'status', case when o.owner_only and v_member.role <> 'owner' then 'suspended' else o.status end, 'currency', o.currency,
        'readOnly', private.is_read_only(o.id)),
      'organizations', (select count(*) from public.admin_users m where m.user_id = v_user and m.status = 'active'),
      'subscription', (select jsonb_build_object('status', s.status, 'tier', s.tier_code, 'trialEndsAt', s.trial_ends_at,
          'currentPeriodEnd', s.current_period_end, 'features', t.features)
        from public.subscriptions s join public.subscription_tiers t on t.code = s.tier_code and t.version = s.tier_version
        where s.organization_id = o.id and s.status <> 'cancelled'),
      'firstViews', (select coalesce(jsonb_object_agg(v.list, jsonb_build_object('id', v.id, 'query', v.query)), '{}')
        from public.saved_views v
        where v.organization_id = o.id and v.member_id = v_member.id and v.opens_first and coalesce(v.branch_id = any (v_allowed), true)),
      'branches', (select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'timeZone', b.time_zone) order by b.name), '[]')
        from public.branches b where b.organization_id = o.id and b.id = any (v_allowed) and b.archived_at is null))
    from public.organizations o join private.roles r on r.role = v_member.role
    where o.id = v_member.organization_id);
end
$$;
