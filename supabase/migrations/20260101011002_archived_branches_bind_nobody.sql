-- A branch that is archived binds nobody: who once worked there can be put out, and let in again, by whoever could give
-- them the rest.

-- Those of a shop's branches that are not archived. Granted to nobody.
create function private.unarchived(p_organization uuid, p_branch_ids uuid[]) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select b.id from public.branches b
               where b.organization_id = p_organization and b.id = any (p_branch_ids) and b.archived_at is null);
end
$$;
revoke execute on function private.unarchived(uuid, uuid[]) from anon, authenticated;

-- Whether somebody could give a member all that the member has; an owner could. p_branch_ids: where the member works, if
-- not everywhere; archived ones do not count. Granted to nobody.
create or replace function private.could_give_all(p_actor public.admin_users, p_member public.admin_users, p_branch_ids uuid[]) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return p_actor.role = 'owner' or (
    private.may_give(p_actor, p_member.role)
    and private.may_place(p_actor, p_member.all_branches, private.unarchived(p_member.organization_id, p_branch_ids))
    and not exists (select from unnest(p_member.granted_permissions) g
                    where not private.member_may(p_actor, g) or g like 'billing.%'));
end
$$;
