-- Who agrees to an automatic renewal means to stay. While an end was planned the checkout offered one and named its first
-- charge, and on that day the shop was closed and its new renewal stopped. A page that we had given up and that was agreed to
-- all the same counts, too.

-- A renewal that was agreed to after an end was planned, or after it came, takes that end back.
create function private.stay_by_renewal(p_renewal public.auto_renewals) returns void
language plpgsql set search_path = '' as $$
declare
  v_sub public.subscriptions;
begin
  select * into v_sub from public.subscriptions s where s.organization_id = p_renewal.organization_id and s.status <> 'cancelled';
  if v_sub.id is null then
    perform private.resume_paid_time(p_renewal.organization_id);
  elsif v_sub.cancel_at_period_end then
    update public.subscriptions s set cancel_at_period_end = false, updated_at = now()
    where s.organization_id = v_sub.organization_id and s.id = v_sub.id;
    perform private.append_audit(v_sub.organization_id, 'system', 'billing', 'subscription.resumed', 'subscriptions', v_sub.id, null,
      jsonb_build_object('autoRenewal', p_renewal.id));
  end if;
end
$$;

-- The state of the renewal itself: its step on the lattice, its next charge, a price that was agreed.
create or replace function private.step_auto_renewal(p_renewal public.auto_renewals, p_state jsonb, p_fetched_at timestamptz) returns text
language plpgsql set search_path = '' as $$
declare
  v_to text := p_state ->> 'normalized';
  v_lives boolean;
  v_verdict text;
  v_reason text;
begin
  if v_to = 'pending' and p_fetched_at > p_renewal.expires_at + interval '1 hour' then
    v_to := 'expired';
  end if;
  v_lives := v_to in ('active', 'paused', 'past_due');
  v_verdict := private.auto_renewal_transition(p_renewal.status, v_to);
  v_reason := case when v_verdict = 'review' then 'active_after_' || p_renewal.status
                   when v_lives and v_verdict in ('apply', 'same') and p_renewal.status <> 'review' then private.auto_renewal_mismatch(p_renewal, p_state) end;
  perform private.name_auto_renewal(p_renewal, coalesce(p_state -> 'references', '[]'));

  if v_reason is not null then
    v_verdict := 'review';
    perform private.hold_auto_renewal(p_renewal, v_reason, p_state);
  elsif v_verdict = 'apply' then
    if v_lives then
      perform private.make_room_for(p_renewal);
    end if;
    update public.auto_renewals a set status = v_to, reason = null, updated_at = now()
    where a.organization_id = p_renewal.organization_id and a.id = p_renewal.id;
    perform private.append_audit(p_renewal.organization_id, 'system', p_renewal.gateway, 'auto_renewal.' || v_to, 'auto_renewals', p_renewal.id,
                                 null, jsonb_build_object('status', jsonb_build_array(p_renewal.status, v_to)));
    -- A renewal that was asked to stop before the gateway told of it keeps nobody and brings nobody back.
    if v_to = 'active' and p_renewal.status in ('creating', 'pending', 'expired') and p_renewal.cancel_requested_at is null then
      perform private.stay_by_renewal(p_renewal);
    end if;
  elsif v_verdict = 'illegal' then
    perform private.count_payment_event('illegal_transition', p_renewal.gateway);
  end if;
  update public.auto_renewals a set
    next_charge_at = case when v_lives then (p_state ->> 'nextChargeAt')::timestamptz end,
    method_label = coalesce(left(p_state ->> 'methodLabel', 60), a.method_label),
    gateway_status = left(p_state ->> 'rawStatus', 100), checked_at = p_fetched_at
  where a.organization_id = p_renewal.organization_id and a.id = p_renewal.id;
  if v_lives and v_reason is null and (p_state ->> 'amountMinor')::numeric = p_renewal.next_amount then
    perform private.agree_auto_renewal_price(p_renewal.organization_id, p_renewal.id);
  end if;
  return v_verdict;
end
$$;
