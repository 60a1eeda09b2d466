-- Who ended a subscription decides who takes that back. The owner takes back their own word with a click; what staff ended
-- goes on by paying. And owners who ended nothing are not told that they did.

alter table public.subscriptions add column ended_by_staff boolean not null default false;
alter table public.subscriptions add check (cancel_at_period_end or not ended_by_staff);
comment on column public.subscriptions.ended_by_staff is
  'Staff ordered the end that is planned: the owner goes on by paying, not by taking it back.';

update public.subscriptions s set ended_by_staff = true
where s.cancel_at_period_end and s.status <> 'cancelled' and 'console' = (
  select e.via from public.audit_entries e
  where e.organization_id = s.organization_id and e.object_type = 'subscriptions' and e.object_id = s.id
    and e.action = 'subscription.cancel_planned' order by e.seq desc limit 1);

-- Whatever changes a subscription is looked at by the clock, and the organization learns whom it is open to. With the plan
-- to end it goes who ordered that.
create or replace function private.keep_subscription() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and (old.status, old.trial_ends_at, old.current_period_end, old.cancel_at_period_end, old.next_tier_code, old.next_interval)
     is distinct from (new.status, new.trial_ends_at, new.current_period_end, new.cancel_at_period_end, new.next_tier_code, new.next_interval)
     and old.next_step_at is not distinct from new.next_step_at then
    new.next_step_at := null;
  end if;
  if tg_op = 'UPDATE' and old.status <> new.status and old.state_since = new.state_since then
    new.state_since := private.clock(new.organization_id);
  end if;
  new.ended_by_staff := new.ended_by_staff and new.cancel_at_period_end;
  return new;
end
$$;

-- The owner stays after all, as long as it has not ended and it was the owner who ended it. A renewal that was stopped has
-- to be agreed to again.
create or replace function private.resume_subscription() returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('billing.manage');
  v_sub public.subscriptions := private.living_of(v_member.organization_id);
begin
  if not v_sub.cancel_at_period_end then
    return;
  end if;
  if v_sub.ended_by_staff then
    perform private.fail('subscription.ended_by_staff');
  end if;
  update public.subscriptions s set cancel_at_period_end = false, updated_at = now()
  where s.organization_id = v_sub.organization_id and s.id = v_sub.id;
  perform private.audit('subscription.resumed', 'subscriptions', v_sub.id, null, '{}');
end
$$;

-- Staff end a subscription: when what runs ends, or at once. What was paid and not used is not lost: it runs on when the
-- shop buys again (resume_paid_time). Money goes back by a refund, not by this.
create or replace function private.console_cancel_subscription(p_organization uuid, p_when text, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
  v_reason text := private.staff_reason(p_reason);
  v_now timestamptz := private.clock(p_organization);
  v_sub public.subscriptions := private.living_of(p_organization);
  v_ends timestamptz := case p_when when 'now' then v_now else private.next_due_at(v_sub) end;
begin
  if p_when = 'period_end' and (v_sub.cancel_at_period_end or v_sub.status not in ('active', 'trialing') or v_ends <= v_now) then
    perform private.fail('subscription.not_possible');
  end if;
  perform private.stop_renewals(p_organization);
  perform private.withdraw_quotes(p_organization, gen_random_uuid());
  perform private.append_audit(p_organization, 'console', v_staff.full_name, 'subscription.cancel_planned', 'subscriptions', v_sub.id, v_reason,
    jsonb_build_object('endsAt', v_ends));
  update public.subscriptions s set cancel_at_period_end = true, ended_by_staff = true,
    next_tier_code = null, next_tier_version = null, next_interval = null,
    trial_ends_at = case when s.status = 'trialing' then v_ends else s.trial_ends_at end,
    current_period_end = case when s.status = 'active' then v_ends else s.current_period_end end, updated_at = now()
  where s.organization_id = v_sub.organization_id and s.id = v_sub.id;
  if p_when = 'now' then
    perform private.transition_subscription(p_organization, v_sub.id, v_sub.status, 'cancelled',
      case when v_sub.status in ('active', 'trialing') then 'clock' else 'cancel' end, v_now);
    perform private.mail_owners(v_sub, 'ended_by_staff', v_now);
  else
    perform private.mail_owners(v_sub, 'end_planned_by_staff', v_now, jsonb_build_object('endsAt', v_ends));
  end if;
end
$$;
