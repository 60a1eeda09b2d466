-- Nobody joins under the name of a colleague, as nobody takes it later; and the name of somebody suspended is theirs still.

-- Raises that another member of the shop, who is not removed, is called so. Asked after an entry in the trail, which waits
-- for every other one of the shop: two people cannot both find a name free. Granted to nobody.
create function private.demand_free_name(p_organization uuid, p_member uuid, p_full_name text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if exists (select from public.admin_users m where m.organization_id = p_organization and m.id <> p_member
             and m.status <> 'removed' and private.name_read(m.full_name) = private.name_read(p_full_name)) then
    perform private.fail('member.name_taken');
  end if;
end
$$;
revoke execute on function private.demand_free_name(uuid, uuid, text) from anon, authenticated;

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
  -- The own row before the trail, as whoever changes a member does: else each could wait for the other.
  perform from public.admin_users m where m.organization_id = v_member.organization_id and m.id = v_member.id for no key update;
  -- The entry first, under the name of before. It waits for every other one of this shop: two people cannot both find a name free.
  perform private.audit('member.renamed', 'admin_users', v_member.id, null,
    jsonb_build_object('name', jsonb_build_array(v_member.full_name, p_full_name)));
  perform private.demand_free_name(v_member.organization_id, v_member.id, p_full_name);
  update public.admin_users set full_name = p_full_name, updated_at = now()
  where organization_id = v_member.organization_id and id = v_member.id;
end
$$;

-- Joins the caller to the organization. The address was proved by a one-time code; role and branches come from the row.
create or replace function private.accept_invitation(p_token text, p_full_name text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_invitation public.invitations;
  v_member public.admin_users;
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
  returning m.* into v_member;
  if v_member.id is null then
    perform private.fail('invitation.already_member');
  end if;
  delete from public.member_branches where organization_id = v_invitation.organization_id and member_id = v_member.id;
  insert into public.member_branches (organization_id, member_id, branch_id)
  select b.organization_id, v_member.id, b.id from public.branches b
  where b.organization_id = v_invitation.organization_id and b.id = any (v_invitation.branch_ids);
  -- Who comes back finds their views, shared where they work now.
  perform private.unshare_elsewhere(v_member);
  perform private.append_audit(v_invitation.organization_id, 'shop', p_full_name, 'member.joined', 'admin_users', v_member.id, null,
                               jsonb_build_object('role', v_invitation.role));
  perform private.demand_free_name(v_invitation.organization_id, v_member.id, p_full_name);
  return v_invitation.organization_id;
end
$$;
