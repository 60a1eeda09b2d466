-- A saved view tells what somebody searched for: it is seen by who may read its list, and does not outlive its maker's time here.

-- Lists that the caller may read, under the names that their views have: what each page asks for. Asked of the member and
-- not of the shop's subscription: a read-only shop goes on reading. Definer: reads membership.
create function private.readable_lists() returns text[]
language plpgsql stable security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.membership(false);
begin
  return array(
    select distinct l.list
    from (values ('customers', 'customers.read'), ('products', 'products.read'), ('stock', 'inventory.read'),
                 ('stock_documents', 'inventory.read'), ('orders', 'orders.read'), ('cash_sessions', 'cash.operate'),
                 ('cash_sessions', 'cash.review')) as l (list, permission)
    where private.member_may(v_member, l.permission));
end
$$;
grant execute on function private.readable_lists() to authenticated;

alter policy saved_views_read on public.saved_views
  using (organization_id = (select private.current_org()) and list = any ((select private.readable_lists())::text[])
    and coalesce(branch_id = any ((select private.current_branches())::uuid[]), member_id = (select private.current_member())));

-- Saves a view under a new id, or an own one anew. Definer: whose it is, is not the caller's to say.
create or replace function private.save_view(p_id uuid, p_list text, p_name text, p_query text, p_branch uuid, p_opens_first boolean)
returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.membership(false);
  v_id uuid;
begin
  if v_member.id is null or p_list <> all (private.readable_lists()) then
    perform private.fail('access.forbidden');
  end if;
  if p_branch is not null and p_branch <> all (private.branches_of(v_member)) then
    perform private.fail('branch.not_found');
  end if;
  -- One after the other: two windows of one person must neither pass the limit nor open two views first.
  perform from public.admin_users m where m.organization_id = v_member.organization_id and m.id = v_member.id for no key update;
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

-- Removes an own view, or one that a colleague shares at a branch of a member who administers the people. Definer, as above.
create or replace function private.remove_view(p_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.membership(false);
  v_administers boolean := v_member.role = 'owner' or private.member_may(v_member, 'users.manage');
begin
  delete from public.saved_views v
  where v.organization_id = v_member.organization_id and v.id = p_id
    and (v.member_id = v_member.id
         or (v_administers and v.branch_id = any (private.branches_of(v_member)) and v.list = any (private.readable_lists())));
  if not found then
    perform private.fail('view.not_found');
  end if;
end
$$;

-- Views of people who left before; update_member sees to those who leave from now on. They stay their makers', who may come back.
update public.saved_views v set branch_id = null
from public.admin_users m
where m.organization_id = v.organization_id and m.id = v.member_id and m.status = 'removed' and v.branch_id is not null;
