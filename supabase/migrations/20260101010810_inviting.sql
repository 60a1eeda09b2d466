-- Who invites gives no more than they hold, branches included; and what they sent does not outlive their right to send it.

-- Nobody lets others into branches in which they do not work themselves. Granted to nobody.
create function private.may_place(p_actor public.admin_users, p_all_branches boolean, p_branch_ids uuid[]) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return p_actor.role = 'owner' or p_actor.all_branches
      or (not p_all_branches and p_branch_ids <@ private.branches_of(p_actor));
end
$$;
revoke execute on function private.may_place(public.admin_users, boolean, uuid[]) from anon, authenticated;

-- Withdraws an open invitation, and says so in the trail. Granted to nobody: whether it may be done, the caller asks.
create function private.withdraw_invitation(p_invitation public.invitations) returns void
language plpgsql set search_path = '' as $$
begin
  update public.invitations set revoked_at = now()
  where organization_id = p_invitation.organization_id and id = p_invitation.id;
  perform private.audit('member.invitation_revoked', 'invitations', p_invitation.id, null,
    jsonb_build_object('email', p_invitation.email, 'role', p_invitation.role));
end
$$;
revoke execute on function private.withdraw_invitation(public.invitations) from anon, authenticated;

-- Invites a person by mail. Returns the invitation; the token goes out by mail alone.
create or replace function private.invite_member(p_email text, p_role text, p_all_branches boolean, p_branch_ids uuid[]) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('users.manage');
  v_branches uuid[] := array(select b.id from public.branches b
                             where b.organization_id = v_member.organization_id and b.id = any (p_branch_ids));
  v_open public.invitations;
begin
  if not private.may_give(v_member, p_role) or not private.may_place(v_member, p_all_branches, v_branches) then
    perform private.fail('access.forbidden');
  end if;
  if exists (select from public.admin_users m where m.organization_id = v_member.organization_id
             and m.email = lower(p_email) and m.status <> 'removed') then
    perform private.fail('invitation.already_member');
  end if;
  -- A new invitation to the same address replaces the old one, by whoever may withdraw that.
  select i.* into v_open from public.invitations i
  where i.organization_id = v_member.organization_id and i.email = lower(p_email) and i.accepted_at is null and i.revoked_at is null
  for update;
  if v_open.id is not null then
    if not private.may_give(v_member, v_open.role) then
      perform private.fail('access.forbidden');
    end if;
    perform private.withdraw_invitation(v_open);
  end if;
  return private.create_invitation(v_member.organization_id, lower(p_email), p_role, p_all_branches, v_branches);
end
$$;

-- Takes an invitation back: its link is dead. What may not be given may not be taken either.
create or replace function private.revoke_invitation(p_invitation uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('users.manage');
  v_open public.invitations;
begin
  select i.* into v_open from public.invitations i
  where i.organization_id = v_member.organization_id and i.id = p_invitation and i.accepted_at is null and i.revoked_at is null
  for update;
  if v_open.id is null then
    perform private.fail('invitation.invalid');
  end if;
  if not private.may_give(v_member, v_open.role) then
    perform private.fail('access.forbidden');
  end if;
  perform private.withdraw_invitation(v_open);
end
$$;

-- Withdraws the open invitations of a member who changed: all of them when they are out or their role allows less than
-- before, else those that they could not send any more. Granted to nobody.
create function private.withdraw_invitations_of(p_before public.admin_users, p_after public.admin_users) returns void
language plpgsql set search_path = '' as $$
declare
  v_all boolean := p_after.status <> 'active' or not private.member_may(p_after, 'users.manage') or exists (
    select from private.roles b cross join private.roles a
    where b.role = p_before.role and a.role = p_after.role and not b.permissions <@ a.permissions);
  v_open public.invitations;
begin
  for v_open in
    select i.* from public.invitations i
    where i.organization_id = p_after.organization_id and i.invited_by = p_after.user_id
      and i.accepted_at is null and i.revoked_at is null
    order by i.id for update
  loop
    if v_all or not private.may_give(p_after, v_open.role)
       or not private.may_place(p_after, v_open.all_branches, v_open.branch_ids) then
      perform private.withdraw_invitation(v_open);
    end if;
  end loop;
end
$$;
revoke execute on function private.withdraw_invitations_of(public.admin_users, public.admin_users) from anon, authenticated;
