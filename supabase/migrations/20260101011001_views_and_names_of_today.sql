-- A view is shared where its maker works, and a name is changed by whoever belongs to the shop, when their turn comes: what
-- was read before waiting for somebody who changes the member may be over.

-- Saves a view under a new id, or an own one anew. Definer: whose it is, is not the caller's to say.
create or replace function private.save_view(p_id uuid, p_list text, p_name text, p_query text, p_branch uuid, p_opens_first boolean)
returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.membership(false);
  v_id uuid;
begin
  -- One after the other: two windows of one person must neither pass the limit nor open two views first. Whoever changes
  -- the member holds the row too: what they may and where they work is read afterwards.
  perform from public.admin_users m where m.organization_id = v_member.organization_id and m.id = v_member.id for no key update;
  v_member := private.membership(false);
  if v_member.id is null or p_list <> all (private.readable_lists()) then
    perform private.fail('access.forbidden');
  end if;
  if p_branch is not null and p_branch <> all (private.branches_of(v_member)) then
    perform private.fail('branch.not_found');
  end if;
  if p_opens_first then
    update public.saved_views v set opens_first = false
    where v.organization_id = v_member.organization_id and v.member_id = v_member.id and v.list = p_list and v.opens_first;
  end if;
  if p_id is null then
    if (select count(*) from public.saved_views v
        where v.organization_id = v_member.organization_id and v.member_id = v_member.id) >= 50 then
      perform private.fail('view.too_many');
    end if;
    insert into public.saved_views (organization_id, member_id, list, name, query, branch_id, opens_first)
    values (v_member.organization_id, v_member.id, p_list, p_name, p_query, p_branch, p_opens_first)
    returning id into v_id;
  else
    update public.saved_views v set name = p_name, query = p_query, branch_id = p_branch, opens_first = p_opens_first
    where v.organization_id = v_member.organization_id and v.member_id = v_member.id and v.id = p_id and v.list = p_list
    returning v.id into v_id;
    if v_id is null then
      perform private.fail('view.not_found');
    end if;
  end if;
  return v_id;
end
$$;

-- One's own name. Role, state and branches are others' to change.
create or replace function private.update_own_name(p_full_name text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.membership(false);
begin
  -- The own row before the trail, as whoever changes a member does: else each could wait for the other. Who they
  -- are, and how they were called, is read once it is held.
  perform from public.admin_users m where m.organization_id = v_member.organization_id and m.id = v_member.id for no key update;
  v_member := private.membership(false);
  if v_member.id is null then
    perform private.fail('access.forbidden');
  end if;
  if v_member.full_name = p_full_name then
    return;
  end if;
  -- The entry first, under the name of before. It waits for every other one of this shop: two people cannot both find a name free.
  perform private.audit('member.renamed', 'admin_users', v_member.id, null,
    jsonb_build_object('name', jsonb_build_array(v_member.full_name, p_full_name)));
  perform private.demand_free_name(v_member.organization_id, v_member.id, p_full_name);
  update public.admin_users set full_name = p_full_name, updated_at = now()
  where organization_id = v_member.organization_id and id = v_member.id;
end
$$;
