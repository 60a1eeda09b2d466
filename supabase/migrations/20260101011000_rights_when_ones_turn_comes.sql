-- Who changes a member waits for others who change one, and may have lost the right to it when their turn comes.

-- Changes a member: role, branches, state, single permissions. Takes effect on the member's next statement.
-- p_seen_at: when the member had last been changed, as the caller saw it; null for whoever saw nothing before.
create or replace function private.update_member(p_member uuid, p_role text, p_status text, p_all_branches boolean, p_branch_ids uuid[],
                                                 p_granted text[], p_revoked text[], p_seen_at timestamptz default null) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_actor public.admin_users := private.require_permission('users.manage');
  v_branches uuid[] := array(select b.id from public.branches b
                             where b.organization_id = v_actor.organization_id and b.id = any (p_branch_ids));
  v_before public.admin_users;
  v_after public.admin_users;
begin
  -- Every owner's row, the member's and the actor's own are locked in one order, so that two owners cannot remove each
  -- other at once, and nobody goes on with a right that is being taken from them: it is asked for again.
  perform 1 from public.admin_users m
  where m.organization_id = v_actor.organization_id and (m.role = 'owner' or m.id in (v_actor.id, p_member)) order by m.id for update;
  v_actor := private.require_permission('users.manage');
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
  -- What they sent before the place that they free, as whoever answers an invitation takes the two: else each could wait
  -- for the other.
  perform 1 from public.invitations i
  where i.organization_id = v_actor.organization_id and i.invited_by = v_before.user_id and i.accepted_at is null and i.revoked_at is null
  order by i.id for update;
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
  perform private.unshare_elsewhere(v_after);
  perform private.audit('member.updated', 'admin_users', p_member, null, jsonb_build_object(
    'role', jsonb_build_array(v_before.role, p_role), 'status', jsonb_build_array(v_before.status, p_status),
    'allBranches', p_all_branches, 'branches', v_branches, 'granted', p_granted, 'revoked', p_revoked));
end
$$;
