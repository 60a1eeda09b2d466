-- No invitation outlives its sender's right to send it: neither one from before that rule, nor one that was being written
-- while the right was taken.

-- Invites a person by mail. Returns the invitation; the token goes out by mail alone.
create or replace function private.invite_member(p_email text, p_role text, p_all_branches boolean, p_branch_ids uuid[]) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('users.manage');
  v_branches uuid[] := array(select b.id from public.branches b
                             where b.organization_id = v_member.organization_id and b.id = any (p_branch_ids));
  v_open public.invitations;
begin
  -- Who changes the sender waits until the invitation can be seen, and withdraws it; or came first, and is seen here.
  perform from public.admin_users m where m.organization_id = v_member.organization_id and m.id = v_member.id for share;
  v_member := private.require_permission('users.manage');
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

-- Open ones from before: what their sender could not send today is withdrawn. Those of the platform's staff stay.
do $$
declare
  v_open public.invitations;
begin
  for v_open in
    select i.* from public.invitations i
    join public.admin_users m on m.organization_id = i.organization_id and m.user_id = i.invited_by
    where i.accepted_at is null and i.revoked_at is null
      and not exists (select from public.platform_admins p where p.user_id = i.invited_by)
      and (m.status <> 'active' or not private.member_may(m, 'users.manage') or not private.may_give(m, i.role)
           or not private.may_place(m, i.all_branches, i.branch_ids))
    order by i.organization_id, i.id for update of i
  loop
    update public.invitations set revoked_at = now() where organization_id = v_open.organization_id and id = v_open.id;
    perform private.append_audit(v_open.organization_id, 'system', 'Opttius', 'member.invitation_revoked', 'invitations', v_open.id, null,
      jsonb_build_object('email', v_open.email, 'role', v_open.role));
  end loop;
end
$$;
