-- What a gateway says of an automatic renewal, compared with what we asked for and applied once: its state, and every charge
-- that it makes as a payment.

-- What a reported state means for a stored one: apply, same (nothing new), review, or illegal.
create function private.auto_renewal_transition(p_from text, p_to text) returns text
language sql immutable set search_path = '' as $$
  select case
    when p_from = p_to then 'same'
    when p_from in ('creating', 'pending') then 'apply'
    when p_from in ('active', 'paused', 'past_due') then case
      when p_to in ('active', 'paused', 'past_due', 'cancelled', 'expired') then 'apply' else 'illegal' end
    -- A payer may agree on a page that we had given up.
    when p_from = 'expired' and p_to in ('active', 'paused', 'past_due') then 'apply'
    -- A person decides what becomes of a review; only its end settles it by itself.
    when p_from = 'review' then case when p_to in ('cancelled', 'expired') then 'apply' else 'same' end
    when p_from in ('cancelled', 'failed') and p_to in ('active', 'paused', 'past_due') then 'review'
    else 'illegal' end
$$;

-- What stands between a reported renewal and our own: null when reference, amount and currency are those that we asked for.
create function private.auto_renewal_mismatch(p_renewal public.auto_renewals, p_state jsonb) returns text
language sql stable set search_path = '' as $$
  select case
    when p_state ->> 'objection' is not null then p_state ->> 'objection'
    when p_state ->> 'reference' is distinct from (
      select r.reference from private.payment_references r
      where r.organization_id = p_renewal.organization_id and r.auto_renewal_id = p_renewal.id and r.kind = 'order') then 'reference_differs'
    when p_state ->> 'currency' <> p_renewal.currency then 'currency_differs'
    when (p_state ->> 'amountMinor')::numeric not in (p_renewal.amount, coalesce(p_renewal.next_amount, p_renewal.amount)) then 'amount_differs'
  end
$$;

-- Applies what the gateway answered when asked about a renewal and its charges, in one transaction. Safe to run twice,
-- in any order and from two workers at once: each charge becomes one payment, whatever names it comes under.
--
-- p_state       the port's AutoRenewalState, or null where only charges are known
-- p_charges     the port's PaymentStates
-- p_fetched_at  when the question began: an answer to an earlier question than the last one changes no state
create function private.apply_auto_renewal_state(p_organization uuid, p_renewal uuid, p_state jsonb, p_charges jsonb,
                                                 p_fetched_at timestamptz, p_events bigint[]) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_before public.auto_renewals;
  v_now public.auto_renewals;
  v_charge jsonb;
  v_verdict text := 'same';
begin
  -- All renewals of the organization, always in this order: which of them collects is decided among them.
  perform from public.auto_renewals a where a.organization_id = p_organization order by a.created_at, a.id for no key update;
  select * into v_before from public.auto_renewals a where a.organization_id = p_organization and a.id = p_renewal;
  if v_before.id is null then
    perform private.fail('auto_renewal.not_found');
  end if;
  if p_state is not null and p_fetched_at >= coalesce(v_before.checked_at, '-infinity') then
    v_verdict := private.step_auto_renewal(v_before, p_state, p_fetched_at);
  end if;
  select * into v_now from public.auto_renewals a where a.organization_id = p_organization and a.id = p_renewal;
  for v_charge in select c from jsonb_array_elements(p_charges) with ordinality e (c, nth) order by nth loop
    perform private.apply_charge(v_now, v_before, v_charge, p_fetched_at);
  end loop;
  perform private.close_notices(v_before.gateway, p_fetched_at, p_events);
  return jsonb_build_object('verdict', v_verdict, 'from', v_before.status, 'to', v_now.status, 'reason', v_now.reason,
                            'charges', jsonb_array_length(p_charges));
end
$$;

-- The state of the renewal itself: its step on the lattice, its next charge, a price that was agreed.
create function private.step_auto_renewal(p_renewal public.auto_renewals, p_state jsonb, p_fetched_at timestamptz) returns text
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

-- One renewal collects at a time, and the one that was opened last is the one that is meant: older ones are asked to end.
create function private.make_room_for(p_renewal public.auto_renewals) returns void
language plpgsql set search_path = '' as $$
declare
  v_older uuid;
begin
  for v_older in
    update public.auto_renewals a set cancel_requested_at = now(), updated_at = now()
    where a.organization_id = p_renewal.organization_id and a.cancel_requested_at is null
      and a.status not in ('cancelled', 'expired', 'failed') and (a.created_at, a.id) < (p_renewal.created_at, p_renewal.id)
    returning a.id
  loop
    perform private.enqueue('payments.cancel_auto_renewal', jsonb_build_object('organizationId', p_renewal.organization_id, 'autoRenewalId', v_older));
  end loop;
  -- It may itself be the older one, agreed to on a page that was left open.
  update public.auto_renewals a set cancel_requested_at = now(), updated_at = now()
  where a.organization_id = p_renewal.organization_id and a.id = p_renewal.id and a.cancel_requested_at is null
    and exists (select from public.auto_renewals n where n.organization_id = a.organization_id and n.cancel_requested_at is null
                and n.status in ('active', 'paused', 'past_due') and (n.created_at, n.id) > (a.created_at, a.id));
  if found then
    perform private.enqueue('payments.cancel_auto_renewal', jsonb_build_object('organizationId', p_renewal.organization_id, 'autoRenewalId', p_renewal.id));
  end if;
end
$$;

-- A renewal that is not the one we asked for: shown to people. What it collects is held or applied charge by charge.
create function private.hold_auto_renewal(p_renewal public.auto_renewals, p_reason text, p_state jsonb) returns void
language plpgsql set search_path = '' as $$
begin
  update public.auto_renewals a set status = 'review', reason = p_reason, updated_at = now()
  where a.organization_id = p_renewal.organization_id and a.id = p_renewal.id;
  insert into private.security_events (kind, severity, organization_id, subject, details)
  values ('auto_renewal.review', 'critical', p_renewal.organization_id, p_renewal.id::text,
          p_state || jsonb_build_object('because', p_reason, 'gateway', p_renewal.gateway,
                                        'expected', jsonb_build_object('amount', p_renewal.amount, 'currency', p_renewal.currency)));
  perform private.append_audit(p_renewal.organization_id, 'system', p_renewal.gateway, 'auto_renewal.review', 'auto_renewals', p_renewal.id,
                               p_reason, jsonb_build_object('status', jsonb_build_array(p_renewal.status, 'review')));
  perform private.enqueue('alert.raise', jsonb_build_object('rule', 'auto_renewal.review', 'severity', 'critical',
    'organizationId', p_renewal.organization_id, 'subject', p_renewal.id, 'reason', p_reason));
end
$$;

-- One charge of a renewal: the payment that it is or becomes, and the same transition as every other payment.
create function private.apply_charge(p_renewal public.auto_renewals, p_before public.auto_renewals, p_charge jsonb, p_fetched_at timestamptz)
returns void
language plpgsql set search_path = '' as $$
declare
  v_names jsonb := coalesce(p_charge -> 'references', '[]');
  v_key text := left('charge:' || (v_names #>> '{0,value}'), 200);
  v_payment public.payments;
begin
  if v_key is null then
    perform private.count_payment_event('charge_without_name', p_renewal.gateway);
    return;
  end if;
  select p.* into v_payment from jsonb_array_elements(v_names) n
  join private.payment_references r on r.gateway = p_renewal.gateway and r.kind = n ->> 'kind' and r.reference = n ->> 'value'
  join public.payments p on p.organization_id = r.organization_id and p.id = r.payment_id
  limit 1;
  if v_payment.id is null then
    select p.* into v_payment from public.payments p where p.organization_id = p_renewal.organization_id and p.idempotency_key = v_key;
  end if;
  if v_payment.id is null then
    v_payment := private.adopt_charge(p_renewal, p_before, p_charge, v_key, p_fetched_at);
  elsif v_payment.organization_id <> p_renewal.organization_id or v_payment.auto_renewal_id is distinct from p_renewal.id then
    perform private.report_foreign_charge(p_renewal, v_payment, p_charge);
    return;
  end if;
  insert into private.payment_references (gateway, reference, kind, organization_id, payment_id)
  select p_renewal.gateway, n ->> 'value', n ->> 'kind', p_renewal.organization_id, v_payment.id from jsonb_array_elements(v_names) n
  on conflict do nothing;
  perform private.apply_payment_state(p_renewal.organization_id, v_payment.id, p_charge, p_fetched_at, '{}');
end
$$;

-- A charge that nobody here knows yet, as a payment that nobody opened. It is held against the price that the renewal has now,
-- or had before this very answer: a change of price and the last charge before it may be learned of together.
create function private.adopt_charge(p_renewal public.auto_renewals, p_before public.auto_renewals, p_charge jsonb, p_key text,
                                     p_fetched_at timestamptz) returns public.payments
language plpgsql set search_path = '' as $$
declare
  v_terms public.auto_renewals := p_renewal;
  v_payment public.payments;
begin
  if (p_charge ->> 'amountExpectedMinor')::numeric = p_before.amount then
    v_terms := p_before;
  end if;
  insert into public.payments (organization_id, gateway, status, amount, currency, tier_code, tier_version, billing_interval, idempotency_key,
                               request_hash, payer_email, language, expires_at, auto_renewal_id)
  values (v_terms.organization_id, v_terms.gateway, 'pending', v_terms.amount, v_terms.currency, v_terms.tier_code, v_terms.tier_version,
          v_terms.billing_interval, p_key, '', v_terms.payer_email, v_terms.language, p_fetched_at + interval '31 days', v_terms.id)
  returning * into v_payment;
  perform private.append_audit(v_payment.organization_id, 'system', v_payment.gateway, 'payment.collected', 'payments', v_payment.id, null,
    jsonb_build_object('autoRenewal', v_terms.id, 'amount', v_payment.amount, 'currency', v_payment.currency, 'tier', v_payment.tier_code));
  return v_payment;
end
$$;

-- A renewal that tells of a payment which is not its own: nothing is applied, people are told once.
create function private.report_foreign_charge(p_renewal public.auto_renewals, p_payment public.payments, p_charge jsonb) returns void
language plpgsql set search_path = '' as $$
begin
  if exists (select from private.security_events e where e.kind = 'auto_renewal.foreign_charge' and e.organization_id = p_renewal.organization_id
             and e.subject = p_renewal.id::text and e.details ->> 'payment' = p_payment.id::text) then
    return;
  end if;
  insert into private.security_events (kind, severity, organization_id, subject, details)
  values ('auto_renewal.foreign_charge', 'critical', p_renewal.organization_id, p_renewal.id::text,
          p_charge || jsonb_build_object('payment', p_payment.id, 'gateway', p_renewal.gateway));
  perform private.enqueue('alert.raise', jsonb_build_object('rule', 'auto_renewal.foreign_charge', 'severity', 'critical',
    'organizationId', p_renewal.organization_id, 'subject', p_renewal.id));
end
$$;

-- Renewals that should have moved, whose charge is an hour overdue, or whom nobody asked about today: a notice of our own,
-- once in each bucket. Returns how many.
create function private.sweep_auto_renewals() returns int
language plpgsql set search_path = '' as $$
declare
  v_count int;
begin
  with waiting as (
    select a.gateway, a.organization_id, a.id, 'setup:' || private.sweep_age(a.created_at, now()) as bucket
    from public.auto_renewals a where a.status in ('creating', 'pending') and a.created_at > now() - interval '31 days'
    union all
    select a.gateway, a.organization_id, a.id, 'cancel:' || private.sweep_age(a.cancel_requested_at, now())
    from public.auto_renewals a
    where a.status in ('creating', 'pending', 'active', 'paused', 'past_due', 'review') and a.cancel_requested_at > now() - interval '31 days'
    union all
    select a.gateway, a.organization_id, a.id,
           'due:' || extract(epoch from a.next_charge_at)::bigint || ':' || private.sweep_age(a.next_charge_at, c.now)
    from public.auto_renewals a cross join lateral (select private.clock(a.organization_id) as now) c
    where a.status in ('active', 'past_due') and a.next_charge_at + interval '1 hour' <= c.now
    union all
    select a.gateway, a.organization_id, a.id, 'day:' || current_date
    from public.auto_renewals a
    where a.status in ('active', 'paused', 'past_due') and coalesce(a.checked_at, a.created_at) < now() - interval '23 hours'
       or a.status in ('review', 'cancelled', 'expired') and a.updated_at > now() - interval '31 days' and exists (
         select from public.payments p where p.organization_id = a.organization_id and p.auto_renewal_id = a.id
           and p.status in ('pending', 'processing', 'review'))
  )
  insert into private.webhook_events (gateway, event_key, kind, reference_kind, reference, verified_by)
  select w.gateway, 'sweep:renewal:' || w.id || ':' || w.bucket, 'subscription', 'order', r.reference, 'sweep'
  from waiting w
  join private.payment_references r on r.organization_id = w.organization_id and r.auto_renewal_id = w.id and r.kind = 'order'
  where w.bucket is not null
  on conflict (gateway, event_key) do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
