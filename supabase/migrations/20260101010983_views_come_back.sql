-- A shared view goes with its maker and comes back with them: putting somebody out and taking that back leaves everything as
-- it was. And a view is shared nowhere where its maker does not work: they would not see it themselves, while it held their
-- name for it and one of their fifty places.

-- Members of the caller's shop who are at work: views of others are hidden. Definer: reads membership.
create function private.active_members() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
  return array(select m.id from public.admin_users m where m.organization_id = private.current_org() and m.status = 'active');
end
$$;
grant execute on function private.active_members() to authenticated;

alter policy saved_views_read on public.saved_views
  using (organization_id = (select private.current_org()) and list = any ((select private.readable_lists())::text[])
    and member_id = any ((select private.active_members())::uuid[])
    and coalesce(branch_id = any ((select private.current_branches())::uuid[]), member_id = (select private.current_member())));

-- Makes views private that a member shares where they do not work. Granted to nobody.
create function private.unshare_elsewhere(p_member public.admin_users) returns void
language sql volatile set search_path = '' as $$
  update public.saved_views v set branch_id = null
  where v.organization_id = p_member.organization_id and v.member_id = p_member.id
    and v.branch_id <> all (private.branches_of(p_member))
$$;
revoke execute on function private.unshare_elsewhere(public.admin_users) from anon, authenticated;

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
  perform private.unshare_elsewhere(v_after);
  perform private.audit('member.updated', 'admin_users', p_member, null, jsonb_build_object(
    'role', jsonb_build_array(v_before.role, p_role), 'status', jsonb_build_array(v_before.status, p_status),
    'allBranches', p_all_branches, 'branches', v_branches, 'granted', p_granted, 'revoked', p_revoked));
end
$$;

-- Views of today that are shared where their maker does not work.
update public.saved_views v set branch_id = null
from public.admin_users m
where m.organization_id = v.organization_id and m.id = v.member_id and v.branch_id is not null
  and v.branch_id <> all (private.branches_of(m));
