-- The session's context, and how an organization comes to be.

-- Organizations that the caller belongs to, for the switcher and the sign-in. Definer: works before one is chosen.
create function private.my_organizations() returns table (id uuid, slug text, name text, role text, status text)
language sql stable security definer set search_path = '' as $$
  select o.id, o.slug, o.name, m.role, o.status
  from public.admin_users m join public.organizations o on o.id = m.organization_id
  where m.user_id = auth.uid() and m.status = 'active' and private.session_is_live()
  order by o.name
$$;

-- Everything a page needs to know about its caller, in one round trip. Null when the session is dead.
-- Definer: members without users.read must still know themselves.
create function private.session_context() returns jsonb
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
      'branches', (select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'timeZone', b.time_zone) order by b.name), '[]')
        from public.branches b where b.organization_id = o.id and b.id = any (v_allowed) and b.archived_at is null))
    from public.organizations o join private.roles r on r.role = v_member.role
    where o.id = v_member.organization_id);
end
$$;
grant execute on function private.my_organizations(), private.session_context() to authenticated;

-- A free slug from a shop's name. The suffix keeps names from telling who else is a customer.
create function private.new_slug(p_name text) returns text
language sql volatile set search_path = '' as $$
  select coalesce(nullif(left(trim(both '-' from regexp_replace(private.fold(p_name), '[^a-z0-9]+', '-', 'g')), 50), ''), 'optica')
         || '-' || substr(encode(extensions.gen_random_bytes(4), 'hex'), 1, 5)
$$;

-- Makes an organization with its first branch, its owner and its subscription. Granted to nobody.
create function private.create_organization(p_name text, p_branch text, p_time_zone text, p_tier text, p_trial_days int) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_organization uuid;
  v_version int := (select max(t.version) from public.subscription_tiers t where t.code = p_tier and private.is_on_sale(t));
begin
  insert into public.organizations (slug, name) values (private.new_slug(p_name), p_name) returning id into v_organization;
  insert into public.subscriptions (organization_id, tier_code, tier_version, status, trial_ends_at)
  values (v_organization, p_tier, v_version, case when p_trial_days > 0 then 'trialing' else 'pending_payment' end,
          case when p_trial_days > 0 then now() + make_interval(days => p_trial_days) end);
  perform private.apply_limits(v_organization);
  insert into public.branches (organization_id, name, time_zone) values (v_organization, p_branch, p_time_zone);
  return v_organization;
end
$$;
revoke execute on function private.create_organization(text, text, text, text, int) from anon, authenticated;

-- Self sign-up: the caller has proved the address with a code and owns nothing yet.
-- Definer: there is no membership before. A second trial for the same person starts unpaid.
create function private.sign_up_organization(p_name text, p_branch text, p_full_name text, p_time_zone text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_identity text := private.canonical_email(auth.jwt() ->> 'email');
  v_organization uuid;
  v_trial boolean;
begin
  if not private.session_is_live() or v_identity is null then
    perform private.fail('access.unauthenticated');
  end if;
  if exists (select from public.platform_admins p where p.user_id = auth.uid()) then
    perform private.fail('access.forbidden');
  end if;
  -- The same person sending the form twice gets one organization.
  perform pg_advisory_xact_lock(hashtextextended('sign-up:' || auth.uid(), 0));
  select m.organization_id into v_organization from public.admin_users m
  join public.organizations o on o.id = m.organization_id
  where m.user_id = auth.uid() and m.role = 'owner' and o.name = p_name and m.created_at > now() - interval '1 hour';
  if v_organization is not null then
    return v_organization;
  end if;
  v_trial := not exists (select from private.trial_claims c where c.identity = v_identity or c.user_id = auth.uid());
  v_organization := private.create_organization(p_name, p_branch, p_time_zone, case when v_trial then 'pro' else 'basic' end,
                                                case when v_trial then 14 else 0 end);
  if v_trial then
    insert into private.trial_claims (identity, user_id, organization_id) values (v_identity, auth.uid(), v_organization);
  end if;
  insert into public.admin_users (organization_id, user_id, email, full_name, role, all_branches)
  values (v_organization, auth.uid(), lower(auth.jwt() ->> 'email'), p_full_name, 'owner', true);
  perform private.append_audit(v_organization, 'shop', p_full_name, 'organization.signed_up', 'organizations', v_organization, null,
                               jsonb_build_object('trial', v_trial));
  perform private.enqueue('mail.welcome', jsonb_build_object('organizationId', v_organization, 'to', lower(auth.jwt() ->> 'email')));
  return v_organization;
end
$$;
grant execute on function private.sign_up_organization(text, text, text, text) to authenticated;
