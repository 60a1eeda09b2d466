-- A change of access: nobody gives what they do not hold, branches included, nor overwrites what somebody else changed meanwhile.

-- Raises what stands in the way of turning a member into what they shall be; p_branch_ids are the branches of afterwards.
-- What somebody has already may stay or be taken, whoever asks. Granted to nobody.
create function private.demand_access_change(p_actor public.admin_users, p_before public.admin_users, p_after public.admin_users,
                                             p_branch_ids uuid[]) returns void
language plpgsql stable set search_path = '' as $$
declare
  v_branches uuid[] := private.branches_of(p_before);
  v_added uuid[] := array(select unnest(p_branch_ids) except select unnest(v_branches));
  v_moves boolean := p_after.all_branches <> p_before.all_branches
                     or (not p_after.all_branches and not (p_branch_ids @> v_branches and p_branch_ids <@ v_branches));
begin
  if (p_actor.role <> 'owner' and p_before.role = 'owner')
     or (p_after.role <> p_before.role and not private.may_give(p_actor, p_after.role)) then
    perform private.fail('access.forbidden');
  end if;
  if p_before.id = p_actor.id
     and (p_after.role <> p_actor.role or p_after.status <> 'active' or (v_moves and p_actor.role <> 'owner')) then
    perform private.fail('member.self_change');
  end if;
  if not private.may_place(p_actor, p_after.all_branches and not p_before.all_branches, v_added) then
    perform private.fail('access.forbidden');
  end if;
  if exists (select from unnest(p_after.granted_permissions) g
             where g <> all (p_before.granted_permissions) and (not private.member_may(p_actor, g) or g like 'billing.%'))
     or exists (select from unnest(p_before.revoked_permissions) r
                where r <> all (p_after.revoked_permissions) and not private.member_may(p_actor, r)) then
    perform private.fail('access.forbidden');
  end if;
end
$$;
revoke execute on function private.demand_access_change(public.admin_users, public.admin_users, public.admin_users, uuid[])
  from anon, authenticated;

-- Changes a member: role, branches, state, single permissions. Takes effect on the member's next statement.
-- p_seen_at: when the member had last been changed, as the caller saw it; null for whoever saw nothing before.
drop function private.update_member(uuid, text, text, boolean, uuid[], text[], text[]);
create function private.update_member(p_member uuid, p_role text, p_status text, p_all_branches boolean, p_branch_ids uuid[],
                                      p_granted text[], p_revoked text[], p_seen_at timestamptz default null) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_actor public.admin_users := private.require_permission('users.manage');
  v_branches uuid[] := array(select b.id from public.branches b
                             where b.organization_id = v_actor.organization_id and b.id = any (p_branch_ids));
  v_before public.admin_users;
  v_after public.admin_users;
begin
  -- Every owner's row is locked in one order, so that two owners cannot remove each other at once.
  perform 1 from public.admin_users m where m.organization_id = v_actor.organization_id and m.role = 'owner' order by m.id for update;
  select * into v_before from public.admin_users m
  where m.organization_id = v_actor.organization_id and m.id = p_member for update;
  if v_before.id is null then
    perform private.fail('member.not_found');
  end if;
  if p_seen_at <> v_before.updated_at then
    perform private.fail('conflict');
  end if;
  v_after := v_before;
  v_after.role := p_role;
  v_after.status := p_status;
  v_after.all_branches := p_all_branches;
  v_after.granted_permissions := p_granted;
  v_after.revoked_permissions := p_revoked;
  perform private.demand_access_change(v_actor, v_before, v_after, v_branches);
  update public.admin_users set role = p_role, status = p_status, all_branches = p_all_branches,
    granted_permissions = p_granted, revoked_permissions = p_revoked, updated_at = now()
  where organization_id = v_actor.organization_id and id = p_member;
  if not exists (select from public.admin_users m where m.organization_id = v_actor.organization_id and m.role = 'owner' and m.status = 'active') then
    perform private.fail('member.last_owner');
  end if;
  delete from public.member_branches where organization_id = v_actor.organization_id and member_id = p_member;
  insert into public.member_branches (organization_id, member_id, branch_id)
  select v_actor.organization_id, p_member, b from unnest(v_branches) b;
  perform private.withdraw_invitations_of(v_before, v_after);
  if p_status = 'removed' then
    -- Nobody shares with a shop in which they do not work. The views stay theirs, for the day they come back.
    update public.saved_views set branch_id = null
    where organization_id = v_actor.organization_id and member_id = p_member and branch_id is not null;
  end if;
  perform private.audit('member.updated', 'admin_users', p_member, null, jsonb_build_object(
    'role', jsonb_build_array(v_before.role, p_role), 'status', jsonb_build_array(v_before.status, p_status),
    'allBranches', p_all_branches, 'branches', v_branches, 'granted', p_granted, 'revoked', p_revoked));
end
$$;
grant execute on function private.update_member(uuid, text, text, boolean, uuid[], text[], text[], timestamptz) to authenticated;
