-- Members: invitations by a one-time link, roles, branches, single permissions, removal.

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
