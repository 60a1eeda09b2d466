-- An approval that was given by a version of the application from before amounts were kept, while that is being replaced,
-- holds for its five minutes. The customer stands at the counter.

-- A manager approves a discount at somebody else's till with the short code: at most this share of any line, and at most this
-- much of the whole sale. Null says nothing of the sale: a version of the application from before amounts were kept calls so
-- while it is being replaced. Returns {"approvalId"} or {"problem"}: a wrong code must be counted, so the function cannot raise.
create or replace function private.approve_discount(p_branch uuid, p_approver uuid, p_pin text, p_discount_bp int, p_discount bigint default null)
returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('sales.create');
  v_approver_name text;
  v_pin private.approval_pins;
  v_approval uuid;
begin
  perform private.require_branch(p_branch);
  select a.full_name into v_approver_name from private.list_approvers(p_branch) a where a.member_id = p_approver;
  if not found then
    return jsonb_build_object('problem', 'sale.approval_invalid');
  end if;
  select * into v_pin from private.approval_pins p
  where p.organization_id = v_member.organization_id and p.member_id = p_approver for update;
  if v_pin.locked_until > now() then
    return jsonb_build_object('problem', 'rate.limited', 'retryAfterSeconds', ceil(extract(epoch from v_pin.locked_until - now())));
  end if;
  -- No code is a wrong code too.
  if v_pin.pin_hash is distinct from extensions.crypt(p_pin, v_pin.pin_hash) then
    update private.approval_pins p set failures = (p.failures + 1) % 5,
      locked_until = case when p.failures + 1 >= 5 then now() + interval '15 minutes' end
    where p.organization_id = v_member.organization_id and p.member_id = p_approver;
    perform private.record_security_event('approval.wrong_pin', 'warning', p_approver::text, null, '{}');
    return jsonb_build_object('problem', 'sale.approval_invalid');
  end if;
  update private.approval_pins p set failures = 0 where p.organization_id = v_member.organization_id and p.member_id = p_approver;
  insert into public.discount_approvals (organization_id, branch_id, max_discount_bp, max_discount, requested_by, approved_by, approved_by_name)
  values (v_member.organization_id, p_branch, p_discount_bp, p_discount, v_member.id, p_approver, v_approver_name) returning id into v_approval;
  perform private.audit('discount.approved', 'discount_approvals', v_approval, null,
    jsonb_build_object('approvedBy', p_approver, 'discountBp', p_discount_bp, 'discount', p_discount));
  return jsonb_build_object('approvalId', v_approval);
end
$$;

-- Refuses a discount above the role's ceiling without a live approval for this till that covers it, as a share of a line and in
-- pesos of the whole sale where it has any. Locks the approval: it serves once.
create or replace function private.require_discount(p_member public.admin_users, p_branch uuid, p_discount_bp int, p_discount bigint, p_approval uuid)
returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_ceiling int := (select r.max_discount_bp from private.roles r where r.role = p_member.role);
begin
  if p_discount_bp <= v_ceiling then
    return;
  end if;
  if p_approval is null then
    perform private.fail('sale.discount_not_allowed', jsonb_build_object('maxPercent', v_ceiling / 100.0));
  end if;
  perform 1 from public.discount_approvals a
  where a.organization_id = p_member.organization_id and a.id = p_approval and a.branch_id = p_branch and a.requested_by = p_member.id
    and a.order_id is null and a.expires_at > now() and a.max_discount_bp >= p_discount_bp
    and coalesce(a.max_discount >= p_discount, true) for update;
  if not found then
    perform private.fail('sale.approval_invalid');
  end if;
end
$$;
