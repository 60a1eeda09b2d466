-- Identity: platform staff, second factor, sign-up, invitations, members, the session's context.

create table public.platform_admins (
  user_id     uuid primary key,
  email       text not null,
  full_name   text not null,
  role        text not null check (role in ('super_admin', 'support')),
  disabled_at timestamptz,
  created_at  timestamptz not null default now()
);
comment on table public.platform_admins is 'People who run the service. Written by the migration role and the command line only.';

-- Second factor (TOTP). The secret is encrypted by the application; its digest lets the database demand
-- proof that the caller could decrypt it, so that a token alone never steps up (docs/decisions).
create table private.two_factor (
  user_id          uuid primary key,
  secret_encrypted text not null,
  secret_digest    bytea not null,
  confirmed_at     timestamptz,
  last_step        bigint not null default 0,
  created_at       timestamptz not null default now()
);
create table private.recovery_codes (
  user_id   uuid not null,
  code_hash bytea not null,
  used_at   timestamptz,
  primary key (user_id, code_hash)
);
create table private.step_ups (
  session_id uuid primary key,
  user_id    uuid not null,
  at         timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '12 hours'
);

-- Definer throughout: rows of the caller alone, in tables that no role may read.
create function private.stepped_up() returns boolean
language sql stable security definer set search_path = '' as $$
  select private.session_is_live() and exists (
    select from private.step_ups s
    where s.session_id = (auth.jwt() ->> 'session_id')::uuid and s.user_id = auth.uid() and s.expires_at > now())
$$;

-- The caller's platform role: null unless the person is staff, not disabled, and this session has stepped up.
create function private.platform_role() returns text
language plpgsql stable security definer set search_path = '' as $$
begin
  if not private.stepped_up() then
    return null;
  end if;
  return (select p.role from public.platform_admins p where p.user_id = auth.uid() and p.disabled_at is null);
end
$$;
grant execute on function private.stepped_up(), private.platform_role() to authenticated;

alter table public.platform_admins enable row level security, force row level security;
create policy platform_admins_read on public.platform_admins for select to authenticated
  using ((select private.platform_role()) is not null);
grant select on public.platform_admins to authenticated;

-- Starts (or restarts, while unconfirmed) enrolment. A confirmed factor is replaced only after removal.
create function private.begin_two_factor(p_secret_encrypted text, p_secret_digest bytea) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not private.session_is_live() then
    perform private.fail('access.unauthenticated');
  end if;
  insert into private.two_factor (user_id, secret_encrypted, secret_digest) values (auth.uid(), p_secret_encrypted, p_secret_digest)
  on conflict (user_id) do update set secret_encrypted = excluded.secret_encrypted, secret_digest = excluded.secret_digest,
    created_at = now() where two_factor.confirmed_at is null;
  if not found then
    perform private.fail('conflict');
  end if;
end
$$;

create function private.my_two_factor() returns table (secret_encrypted text, confirmed boolean, recovery_codes_left int)
language sql stable security definer set search_path = '' as $$
  select f.secret_encrypted, f.confirmed_at is not null,
         (select count(*)::int from private.recovery_codes c where c.user_id = f.user_id and c.used_at is null)
  from private.two_factor f where f.user_id = auth.uid() and private.session_is_live()
$$;

-- Steps this session up. p_secret is the decrypted secret (proof), p_step the TOTP time step that matched:
-- a step is taken once, so that a code seen over a shoulder is worth nothing.
create function private.complete_step_up(p_secret bytea, p_step bigint) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update private.two_factor f set last_step = p_step, confirmed_at = coalesce(f.confirmed_at, now())
  where f.user_id = auth.uid() and f.secret_digest = sha256(p_secret) and f.last_step < p_step
    and abs(p_step - floor(extract(epoch from now()) / 30)) <= 2 and private.session_is_live();
  if not found then
    perform private.fail('two_factor.code_invalid');
  end if;
  perform private.open_step_up();
end
$$;

create function private.open_step_up() returns void
language sql volatile security definer set search_path = '' as $$
  insert into private.step_ups (session_id, user_id) values ((auth.jwt() ->> 'session_id')::uuid, auth.uid())
  on conflict (session_id) do update set at = now(), expires_at = now() + interval '12 hours'
$$;
revoke execute on function private.open_step_up() from anon, authenticated;

-- Ten new codes replace the old ones; only a session that has stepped up may ask.
create function private.replace_recovery_codes(p_hashes bytea[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not private.stepped_up() then
    perform private.fail('access.step_up_required');
  end if;
  if cardinality(p_hashes) <> 10 then
    perform private.fail('input.invalid');
  end if;
  delete from private.recovery_codes where user_id = auth.uid();
  insert into private.recovery_codes (user_id, code_hash) select auth.uid(), h from unnest(p_hashes) h;
end
$$;

-- A lost telephone: one recovery code, once, steps the session up.
create function private.use_recovery_code(p_hash bytea) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update private.recovery_codes set used_at = now()
  where user_id = auth.uid() and code_hash = p_hash and used_at is null and private.session_is_live();
  if not found then
    perform private.fail('two_factor.code_invalid');
  end if;
  perform private.open_step_up();
end
$$;

-- Turns the factor off for oneself; platform staff may not be without one.
create function private.remove_two_factor() returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not private.stepped_up() then
    perform private.fail('access.step_up_required');
  end if;
  if exists (select from public.platform_admins p where p.user_id = auth.uid() and p.disabled_at is null) then
    perform private.fail('access.forbidden');
  end if;
  delete from private.recovery_codes where user_id = auth.uid();
  delete from private.two_factor where user_id = auth.uid();
  delete from private.step_ups where user_id = auth.uid();
end
$$;

-- A new password ends the other sessions and is told to the person by mail: whoever did not do it must hear of it.
-- p_keep_this: the session that changed it goes on (from the profile); after a forgotten one, none does.
create function private.password_changed(p_keep_this boolean, p_language text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not private.session_is_live() then
    perform private.fail('access.unauthenticated');
  end if;
  perform private.revoke_all_sessions(p_keep_this);
  perform private.enqueue('mail.password_changed', jsonb_build_object('to', lower(auth.jwt() ->> 'email'),
    'language', case when p_language = 'en' then 'en' else 'es' end));
  perform private.record_security_event('auth.password_changed', 'info', auth.uid()::text, null, '{}');
end
$$;
grant execute on function private.password_changed(boolean, text) to authenticated;
grant execute on function private.begin_two_factor(text, bytea), private.my_two_factor(), private.complete_step_up(bytea, bigint),
  private.replace_recovery_codes(bytea[]), private.use_recovery_code(bytea), private.remove_two_factor() to authenticated;

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
  v_member public.admin_users;
  v_allowed uuid[];
  v_context jsonb;
begin
  if not private.session_is_live() then
    return null;
  end if;
  v_member := private.membership(true);
  v_context := jsonb_build_object(
    'userId', auth.uid(),
    'twoFactor', exists (select from private.two_factor f where f.user_id = auth.uid() and f.confirmed_at is not null),
    'steppedUp', private.stepped_up(),
    'platform', (select jsonb_build_object('role', p.role, 'fullName', p.full_name, 'email', p.email)
                 from public.platform_admins p where p.user_id = auth.uid() and p.disabled_at is null));
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
      'organization', jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name, 'status', o.status, 'currency', o.currency,
        'readOnly', private.is_read_only(o.id)),
      'organizations', (select count(*) from public.admin_users m where m.user_id = auth.uid() and m.status = 'active'),
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
  v_version int := (select max(version) from public.subscription_tiers where code = p_tier and retired_at is null);
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

-- Nobody gives a role that may more than they may themselves. Granted to nobody.
create function private.may_give(p_actor public.admin_users, p_role text) returns boolean
language sql stable security definer set search_path = '' as $$
  select p_actor.role = 'owner' or (p_role <> 'owner' and not exists (
    select from private.roles r cross join unnest(r.permissions) p (name)
    where r.role = p_role and not private.member_may(p_actor, p.name)))
$$;
revoke execute on function private.may_give(public.admin_users, text) from anon, authenticated;

-- Invites a person by mail. Returns the invitation; the token goes out by mail alone.
create function private.invite_member(p_email text, p_role text, p_all_branches boolean, p_branch_ids uuid[]) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('users.manage');
begin
  if not private.may_give(v_member, p_role) then
    perform private.fail('access.forbidden');
  end if;
  if exists (select from public.admin_users m where m.organization_id = v_member.organization_id
             and m.email = lower(p_email) and m.status <> 'removed') then
    perform private.fail('invitation.already_member');
  end if;
  -- A new invitation to the same address replaces the old one.
  update public.invitations set revoked_at = now()
  where organization_id = v_member.organization_id and email = lower(p_email) and accepted_at is null and revoked_at is null;
  return private.create_invitation(v_member.organization_id, lower(p_email), p_role, p_all_branches,
    array(select b.id from public.branches b where b.organization_id = v_member.organization_id and b.id = any (p_branch_ids)));
end
$$;

-- Granted to nobody: writes the invitation, its token's digest and the mail, in the caller's transaction.
create function private.create_invitation(p_organization uuid, p_email text, p_role text, p_all_branches boolean, p_branch_ids uuid[])
returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_invitation uuid;
  v_token text := encode(extensions.gen_random_bytes(32), 'hex');
begin
  insert into public.invitations (organization_id, email, role, all_branches, branch_ids, invited_by)
  values (p_organization, p_email, p_role, p_all_branches, p_branch_ids, auth.uid()) returning id into v_invitation;
  insert into private.invitation_tokens (token_hash, organization_id, invitation_id)
  values (sha256(convert_to(v_token, 'UTF8')), p_organization, v_invitation);
  perform private.enqueue('mail.invitation', jsonb_build_object('organizationId', p_organization, 'invitationId', v_invitation,
    'to', p_email, 'token', v_token));
  perform private.append_audit(p_organization, case when private.platform_role() is null then 'shop' else 'console' end,
    coalesce((private.membership(true)).full_name, (select p.full_name from public.platform_admins p where p.user_id = auth.uid())),
    'member.invited', 'invitations', v_invitation, null, jsonb_build_object('email', p_email, 'role', p_role));
  return v_invitation;
end
$$;
revoke execute on function private.create_invitation(uuid, text, text, boolean, uuid[]) from anon, authenticated;

create function private.revoke_invitation(p_invitation uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('users.manage');
begin
  update public.invitations set revoked_at = now()
  where organization_id = v_member.organization_id and id = p_invitation and accepted_at is null and revoked_at is null;
  if not found then
    perform private.fail('invitation.invalid');
  end if;
  perform private.audit('member.invitation_revoked', 'invitations', p_invitation, null, null);
end
$$;

-- What the invitation page may show before anyone has signed in: guessing needs 256 bits.
create function private.find_invitation(p_token text) returns table (organization_name text, email text, role text, state text)
language sql stable security definer set search_path = '' as $$
  select o.name, i.email, i.role,
         case when i.accepted_at is not null then 'accepted' when i.revoked_at is not null then 'revoked'
              when i.expires_at <= now() then 'expired' else 'open' end
  from private.invitation_tokens t
  join public.invitations i on i.organization_id = t.organization_id and i.id = t.invitation_id
  join public.organizations o on o.id = i.organization_id
  where t.token_hash = sha256(convert_to(p_token, 'UTF8'))
$$;

-- Joins the caller to the organization. The address was proved by a one-time code; role and branches come from the row.
create function private.accept_invitation(p_token text, p_full_name text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_invitation public.invitations;
  v_member uuid;
begin
  if not private.session_is_live() then
    perform private.fail('access.unauthenticated');
  end if;
  update public.invitations i set accepted_at = now()
  from private.invitation_tokens t
  where t.token_hash = sha256(convert_to(p_token, 'UTF8')) and i.organization_id = t.organization_id and i.id = t.invitation_id
    and i.email = lower(auth.jwt() ->> 'email') and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()
  returning i.* into v_invitation;
  if v_invitation.id is null or exists (select from public.platform_admins p where p.user_id = auth.uid()) then
    perform private.fail('invitation.invalid');
  end if;
  insert into public.admin_users as m (organization_id, user_id, email, full_name, role, all_branches)
  values (v_invitation.organization_id, auth.uid(), v_invitation.email, p_full_name, v_invitation.role, v_invitation.all_branches)
  on conflict (organization_id, user_id) do update
    set status = 'active', role = excluded.role, all_branches = excluded.all_branches, full_name = excluded.full_name,
        granted_permissions = '{}', revoked_permissions = '{}', updated_at = now()
    where m.status = 'removed'
  returning m.id into v_member;
  if v_member is null then
    perform private.fail('invitation.already_member');
  end if;
  delete from public.member_branches where organization_id = v_invitation.organization_id and member_id = v_member;
  insert into public.member_branches (organization_id, member_id, branch_id)
  select b.organization_id, v_member, b.id from public.branches b
  where b.organization_id = v_invitation.organization_id and b.id = any (v_invitation.branch_ids);
  perform private.append_audit(v_invitation.organization_id, 'shop', p_full_name, 'member.joined', 'admin_users', v_member, null,
                               jsonb_build_object('role', v_invitation.role));
  return v_invitation.organization_id;
end
$$;
grant execute on function private.invite_member(text, text, boolean, uuid[]), private.revoke_invitation(uuid),
  private.accept_invitation(text, text) to authenticated;
grant execute on function private.find_invitation(text) to anon, authenticated;

-- Changes a member: role, branches, state, single permissions. Takes effect on the member's next statement.
create function private.update_member(p_member uuid, p_role text, p_status text, p_all_branches boolean, p_branch_ids uuid[],
                                      p_granted text[], p_revoked text[]) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_actor public.admin_users := private.require_permission('users.manage');
  v_target public.admin_users;
begin
  -- Every owner's row is locked in one order, so that two owners cannot remove each other at once.
  perform 1 from public.admin_users m where m.organization_id = v_actor.organization_id and m.role = 'owner' order by m.id for update;
  select * into v_target from public.admin_users m
  where m.organization_id = v_actor.organization_id and m.id = p_member for update;
  if v_target.id is null then
    perform private.fail('member.not_found');
  end if;
  if (v_actor.role <> 'owner' and v_target.role = 'owner')
     or (p_role <> v_target.role and not private.may_give(v_actor, p_role)) then
    perform private.fail('access.forbidden');
  end if;
  if v_target.id = v_actor.id and (p_role <> v_actor.role or p_status <> 'active') then
    perform private.fail('member.self_change');
  end if;
  if exists (select from unnest(p_granted) g where not private.member_may(v_actor, g) or g like 'billing.%') then
    perform private.fail('access.forbidden');
  end if;
  update public.admin_users set role = p_role, status = p_status, all_branches = p_all_branches,
    granted_permissions = p_granted, revoked_permissions = p_revoked, updated_at = now()
  where organization_id = v_actor.organization_id and id = p_member;
  if not exists (select from public.admin_users m where m.organization_id = v_actor.organization_id and m.role = 'owner' and m.status = 'active') then
    perform private.fail('member.last_owner');
  end if;
  delete from public.member_branches where organization_id = v_actor.organization_id and member_id = p_member;
  insert into public.member_branches (organization_id, member_id, branch_id)
  select b.organization_id, p_member, b.id from public.branches b
  where b.organization_id = v_actor.organization_id and b.id = any (p_branch_ids);
  perform private.audit('member.updated', 'admin_users', p_member, null, jsonb_build_object(
    'role', jsonb_build_array(v_target.role, p_role), 'status', jsonb_build_array(v_target.status, p_status),
    'allBranches', p_all_branches, 'branches', p_branch_ids, 'granted', p_granted, 'revoked', p_revoked));
end
$$;

-- One's own name. Role, state and branches are others' to change.
create function private.update_own_name(p_full_name text) returns void
language sql volatile security definer set search_path = '' as $$
  update public.admin_users set full_name = p_full_name, updated_at = now()
  where organization_id = private.current_org() and id = private.current_member()
$$;

-- A member who lost the telephone and the codes: the owner takes the factor away, and everybody can see that he did.
-- Platform staff are out of reach here; theirs is reset from the command line.
create function private.reset_member_two_factor(p_member uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_actor public.admin_users := private.require_permission('users.manage');
  v_target public.admin_users;
begin
  select * into v_target from public.admin_users m where m.organization_id = v_actor.organization_id and m.id = p_member;
  if v_target.id is null then
    perform private.fail('member.not_found');
  end if;
  if v_actor.role <> 'owner' or v_target.id = v_actor.id
     or exists (select from public.platform_admins p where p.user_id = v_target.user_id)
     or exists (select from public.admin_users m where m.user_id = v_target.user_id and m.organization_id <> v_actor.organization_id and m.status = 'active') then
    perform private.fail('access.forbidden');
  end if;
  delete from private.recovery_codes where user_id = v_target.user_id;
  delete from private.two_factor where user_id = v_target.user_id;
  -- A token that was stolen and never stepped up would open the shop now.
  delete from private.step_ups where user_id = v_target.user_id;
  perform private.end_sessions(v_target.user_id, null);
  perform private.audit('member.two_factor_reset', 'admin_users', p_member, null, null);
  perform private.enqueue('mail.two_factor_reset', jsonb_build_object('to', v_target.email, 'organizationId', v_actor.organization_id));
end
$$;

-- Members of the caller's shop who sign in with a second factor. Definer: the factors themselves are nobody's to read.
create function private.members_with_second_factor() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select m.id from public.admin_users m
  join private.two_factor f on f.user_id = m.user_id and f.confirmed_at is not null
  where m.organization_id = private.current_org() and private.has_permission('users.read')
$$;
grant execute on function private.update_member(uuid, text, text, boolean, uuid[], text[], text[]), private.update_own_name(text),
  private.reset_member_two_factor(uuid), private.members_with_second_factor() to authenticated;
