-- Staff take back an end that they ordered, as long as it has not come: until now only the shop's payment did. What the owner
-- ended is the owner's to take back. Owners had been written to, so they are written to again.
create function private.console_resume_subscription(p_organization uuid, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
  v_reason text := private.staff_reason(p_reason);
  v_now timestamptz := private.clock(p_organization);
  v_sub public.subscriptions := private.living_of(p_organization);
begin
  if not v_sub.ended_by_staff then
    perform private.fail('subscription.not_possible');
  end if;
  perform private.append_audit(p_organization, 'console', v_staff.full_name, 'subscription.resumed', 'subscriptions', v_sub.id, v_reason, '{}');
  update public.subscriptions s set cancel_at_period_end = false, updated_at = now()
  where s.organization_id = v_sub.organization_id and s.id = v_sub.id;
  perform private.mail_owners(v_sub, 'end_taken_back', v_now);
end
$$;
grant execute on function private.console_resume_subscription(uuid, text) to authenticated;
