-- Nobody takes from a colleague what they could not give: else whoever may not put somebody out lowers them first.

-- Whether somebody may take from a member what these lose by a change; an owner may. p_left_ids: branches where they would
-- not work any more. Granted to nobody.
create function private.may_take(p_actor public.admin_users, p_before public.admin_users, p_after public.admin_users, p_left_ids uuid[])
returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return p_actor.role = 'owner' or (
    (p_after.role = p_before.role or private.may_give(p_actor, p_before.role))
    and (p_after.all_branches
         or private.may_place(p_actor, p_before.all_branches, private.unarchived(p_before.organization_id, p_left_ids)))
    and not exists (
      select from ((select unnest(p_before.granted_permissions) except select unnest(p_after.granted_permissions))
                   union
                   (select unnest(p_after.revoked_permissions) except select unnest(p_before.revoked_permissions))) t (name)
      where not private.member_may(p_actor, t.name) or t.name like 'billing.%'));
end
$$;
revoke execute on function private.may_take(public.admin_users, public.admin_users, public.admin_users, uuid[])
  from anon, authenticated;

-- Raises what stands in the way of turning a member into what they shall be; p_branch_ids are the branches of afterwards.
-- What somebody has already may stay, whoever asks; it is taken by who could give it. Putting them out, or letting them in
-- again, is for who could give them all of it. Granted to nobody.
create or replace function private.demand_access_change(p_actor public.admin_users, p_before public.admin_users, p_after public.admin_users,
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
  if p_after.status <> p_before.status
     and not (private.could_give_all(p_actor, p_before, v_branches) and private.could_give_all(p_actor, p_after, p_branch_ids)) then
    perform private.fail('member.out_of_reach');
  end if;
  if not private.may_take(p_actor, p_before, p_after, array(select unnest(v_branches) except select unnest(p_branch_ids))) then
    perform private.fail('member.out_of_reach');
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
