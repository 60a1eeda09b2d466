-- Days that staff give count from the end that they saw. Of two who look at the same page, the second would else have given
-- fewer days than it was told: what reaches further than the first one's end was all that the database asked for.

drop function private.console_extend_subscription(uuid, timestamptz, text);

-- Staff give time: a longer trial before anything was paid, afterwards a longer paid period. The shop works at once.
--
-- p_from  from when the days are counted: the end that was on the screen, or the hour of that page where it had passed.
--         Null: a page of a version that does not say it yet.
create function private.console_extend_subscription(p_organization uuid, p_until timestamptz, p_reason text, p_from timestamptz default null)
returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
  v_now timestamptz := private.clock(p_organization);
  v_sub public.subscriptions := private.living_of(p_organization);
  v_to text := case when v_sub.status in ('trialing', 'expired', 'pending_payment') then 'trialing' else 'active' end;
  v_end timestamptz := case v_to when 'trialing' then v_sub.trial_ends_at else v_sub.current_period_end end;
begin
  if length(trim(coalesce(p_reason, ''))) < 5 or p_until > v_now + interval '1 year' or p_until <= greatest(v_now, v_end)
     or not private.is_end_seen(v_end, p_from, v_now) then
    perform private.fail('input.invalid', '{"field": "until"}');
  end if;
  if v_to = 'trialing' then
    update public.subscriptions s set trial_ends_at = p_until where s.organization_id = p_organization and s.id = v_sub.id;
  else
    perform private.give_period(v_sub, p_until, v_now, v_staff.user_id, v_staff.email);
    update public.subscriptions s set current_period_end = p_until, current_period_start = coalesce(s.current_period_start, v_now)
    where s.organization_id = p_organization and s.id = v_sub.id;
    perform private.void_invoice(p_organization, v_sub.id);
  end if;
  if not (v_sub.status = 'grace' and private.is_disputed(p_organization)) then
    perform private.transition_subscription(p_organization, v_sub.id, v_sub.status, v_to, 'extend', v_now);
  end if;
  perform private.append_audit(p_organization, 'console', v_staff.full_name, 'subscription.extended', 'subscriptions', v_sub.id, trim(p_reason),
    jsonb_build_object('until', p_until));
end
$$;
grant execute on function private.console_extend_subscription(uuid, timestamptz, text, timestamptz) to authenticated;

-- Whether an end is still the one from which a page counts. Browsers know milliseconds. A page on which the end had passed
-- counts from its own hour: any end after that has moved since.
create function private.is_end_seen(p_end timestamptz, p_from timestamptz, p_now timestamptz) returns boolean
language sql immutable set search_path = '' as $$
  select p_from is null
    or coalesce(p_end between p_from - interval '1 millisecond' and p_from + interval '1 millisecond', false)
    or (p_from <= p_now and coalesce(p_end, '-infinity') < p_from)
$$;
