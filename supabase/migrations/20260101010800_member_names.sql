-- One's own name: the trail tells who is called otherwise from now on, and nobody signs as a colleague.

-- How a name reads: accents, case and doubled spaces tell no two people apart. Granted to nobody.
create function private.name_read(p_name text) returns text
language sql immutable parallel safe set search_path = '' as $$
  select private.fold(regexp_replace(normalize(p_name), '\s+', ' ', 'g'))
$$;
revoke execute on function private.name_read(text) from anon, authenticated;

-- One's own name. Role, state and branches are others' to change.
create or replace function private.update_own_name(p_full_name text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.membership(false);
begin
  if v_member.id is null then
    perform private.fail('access.forbidden');
  end if;
  if v_member.full_name = p_full_name then
    return;
  end if;
  -- The entry first, under the name of before. It waits for every other one of this shop: two people cannot both find a name free.
  perform private.audit('member.renamed', 'admin_users', v_member.id, null,
    jsonb_build_object('name', jsonb_build_array(v_member.full_name, p_full_name)));
  if exists (select from public.admin_users m where m.organization_id = v_member.organization_id and m.id <> v_member.id
             and m.status = 'active' and private.name_read(m.full_name) = private.name_read(p_full_name)) then
    perform private.fail('member.name_taken');
  end if;
  update public.admin_users set full_name = p_full_name, updated_at = now()
  where organization_id = v_member.organization_id and id = v_member.id;
end
$$;
