-- The one transition function of payments: what a gateway answered, compared with what we asked for, applied once.

-- What a reported state means for a stored one: apply, same (nothing new), review, or illegal.
-- The lattice of docs/decisions: later states only, refunds and disputes after success, late money to review.
create function private.payment_transition(p_from text, p_to text) returns text
language sql immutable set search_path = '' as $$
  select case
    when p_from = p_to then 'same'
    when p_from in ('creating', 'pending', 'processing') then case
      when p_to = 'creating' or (p_from = 'processing' and p_to = 'pending') then 'illegal' else 'apply' end
    when p_from in ('failed', 'cancelled', 'expired') then case
      when p_to in ('succeeded', 'partially_refunded', 'refunded', 'disputed') then 'review' else 'illegal' end
    -- A person decides what becomes of a review; only that the money went back settles it by itself.
    when p_from = 'review' then case when p_to = 'refunded' then 'apply' else 'same' end
    -- Gateways that keep refunds apart go on saying "paid" about a payment that was paid back.
    when p_from in ('partially_refunded', 'refunded') and p_to = 'succeeded' then 'same'
    when p_from = 'succeeded' and p_to in ('partially_refunded', 'refunded', 'disputed') then 'apply'
    when p_from = 'partially_refunded' and p_to in ('refunded', 'disputed') then 'apply'
    when p_from = 'disputed' and p_to in ('succeeded', 'partially_refunded', 'refunded') then 'apply'
    else 'illegal' end
$$;

-- What stands between a reported payment and our own: null when amount, currency and reference are those we asked for.
create function private.payment_mismatch(p_payment public.payments, p_state jsonb) returns text
language sql stable set search_path = '' as $$
  select case
    when p_state ->> 'objection' is not null then p_state ->> 'objection'
    when p_state ->> 'reference' is distinct from (
      select r.reference from private.payment_references r
      where r.organization_id = p_payment.organization_id and r.kind = 'order'
        and (r.payment_id = p_payment.id or r.auto_renewal_id = p_payment.auto_renewal_id)) then 'reference_differs'
    when p_state ->> 'currency' is distinct from p_payment.currency then 'currency_differs'
    when (p_state ->> 'amountExpectedMinor')::numeric is distinct from p_payment.amount then 'amount_differs'
    when (p_state ->> 'amountPaidMinor')::numeric is distinct from p_payment.amount then 'amount_differs'
    when (p_state ->> 'underpaid')::boolean then 'underpaid'
  end
$$;

-- Whether people looked at the money of a payment and decided that it is not for it: the gateway goes on saying "paid".
create function private.review_was_rejected(p_payment public.payments) returns boolean
language sql stable set search_path = '' as $$
  select p_payment.status = 'failed' and exists (select from private.review_decisions d
    where d.organization_id = p_payment.organization_id and d.payment_id = p_payment.id and d.decision = 'reject' and d.status = 'applied')
$$;

-- Applies what the gateway answered when asked, in one transaction: payment, ledger, period, tier, limits, audit, mail,
-- and the notices that this answer settles. Safe to run twice, in any order and from two workers at once.
--
-- p_fetched_at  when the question began: notices of the same name received later may tell of something newer, and an answer
--               to an earlier question than the last one ends no dispute
-- p_events      the claimed notices
create function private.apply_payment_state(p_organization uuid, p_payment uuid, p_state jsonb, p_fetched_at timestamptz, p_events bigint[])
returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_payment public.payments;
  v_to text := p_state ->> 'normalized';
  v_gateway_at timestamptz := (p_state ->> 'updatedAt')::timestamptz;
  v_refunded bigint := least((p_state ->> 'amountRefundedMinor')::bigint, 9007199254740991);
  v_verdict text;
  v_reason text := p_state ->> 'reason';
begin
  select * into v_payment from public.payments p where p.organization_id = p_organization and p.id = p_payment for update;
  if v_payment.id is null then
    perform private.fail('payment.not_found');
  end if;
  -- The gateway confirms that nobody paid, and its page has been closed for an hour.
  if v_to = 'pending' and p_fetched_at > v_payment.expires_at + interval '1 hour' then
    v_to := 'expired';
  end if;
  -- A dispute that was won leaves what had gone back before it.
  if v_to = 'succeeded' and v_payment.status = 'disputed' and v_payment.refunded_amount > 0 then
    v_to := 'partially_refunded';
  end if;
  -- The one way back in the lattice: gateways date a dispute by nothing in the payment, and a slow worker may bring what was
  -- true before it.
  v_verdict := case when v_gateway_at < v_payment.gateway_updated_at
      or (v_payment.status = 'disputed' and v_to in ('succeeded', 'partially_refunded') and p_fetched_at < v_payment.checked_at) then 'same'
    else private.payment_transition(v_payment.status, v_to) end;
  if v_verdict = 'same' and v_to = 'partially_refunded' and v_payment.status = v_to and v_refunded > v_payment.refunded_amount then
    v_verdict := 'apply';
  end if;
  if v_verdict = 'review' and private.review_was_rejected(v_payment) then
    v_verdict := case v_to when 'refunded' then 'apply' else 'same' end;
  elsif v_verdict = 'review' then
    v_reason := 'paid_after_' || v_payment.status;
  elsif v_verdict = 'apply' and v_payment.status <> 'review' and v_payment.paid_at is null
        and v_to in ('succeeded', 'partially_refunded', 'refunded', 'disputed') then
    v_reason := coalesce(private.payment_mismatch(v_payment, p_state), private.outdated_price(v_payment));
    if v_reason is not null then
      v_verdict := 'review';
    end if;
  end if;

  if v_verdict = 'review' then
    v_to := 'review';
    perform private.hold_for_review(v_payment, v_reason, p_state);
  elsif v_verdict = 'apply' then
    perform private.settle_payment(v_payment, v_to, v_reason, p_state, v_refunded);
  elsif v_verdict = 'illegal' then
    perform private.count_payment_event('illegal_transition', v_payment.gateway);
  elsif v_payment.paid_at is not null then
    perform private.note_surplus(v_payment, p_state);
  end if;
  update public.payments p set checked_at = greatest(p.checked_at, p_fetched_at) where p.organization_id = p_organization and p.id = p_payment;
  perform private.close_notices(v_payment.gateway, p_fetched_at, p_events);
  return jsonb_build_object('verdict', v_verdict, 'from', v_payment.status, 'to', v_to, 'reason', v_reason);
end
$$;

-- Money that is not the money we asked for, or came too late: kept, shown to people, grants nothing.
create function private.hold_for_review(p_payment public.payments, p_reason text, p_state jsonb) returns void
language plpgsql set search_path = '' as $$
begin
  update public.payments p set status = 'review', reason = p_reason, gateway_status = left(p_state ->> 'rawStatus', 100), updated_at = now()
  where p.organization_id = p_payment.organization_id and p.id = p_payment.id;
  insert into private.security_events (kind, severity, organization_id, subject, details)
  values ('payment.review', 'critical', p_payment.organization_id, p_payment.id::text,
          p_state || jsonb_build_object('because', p_reason, 'gateway', p_payment.gateway,
                                        'expected', jsonb_build_object('amount', p_payment.amount, 'currency', p_payment.currency)));
  perform private.post_unapplied(p_payment, p_state);
  perform private.append_audit(p_payment.organization_id, 'system', p_payment.gateway, 'payment.review', 'payments', p_payment.id, p_reason,
                               jsonb_build_object('status', jsonb_build_array(p_payment.status, 'review')));
  perform private.enqueue('alert.raise', jsonb_build_object('rule', 'payment.review', 'severity', 'critical',
    'organizationId', p_payment.organization_id, 'subject', p_payment.id, 'reason', p_reason));
  perform private.mail_about_payment(p_payment, 'review');
end
$$;

-- A payment that was applied and of which the gateway now says that more came in: a second capture, a transfer sent twice.
-- What was bought stays bought; the rest waits for people.
create function private.note_surplus(p_payment public.payments, p_state jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  v_paid numeric := case when jsonb_typeof(p_state -> 'amountPaidMinor') = 'number' then (p_state ->> 'amountPaidMinor')::numeric end;
begin
  if p_state ->> 'objection' is null and p_state ->> 'currency' = p_payment.currency and v_paid = trunc(v_paid)
     and v_paid between p_payment.amount + 1 and 9007199254740991 and private.post_surplus(p_payment, v_paid::bigint) > 0 then
    insert into private.security_events (kind, severity, organization_id, subject, details)
    values ('payment.surplus', 'critical', p_payment.organization_id, p_payment.id::text,
            p_state || jsonb_build_object('gateway', p_payment.gateway, 'expected', p_payment.amount));
    perform private.append_audit(p_payment.organization_id, 'system', p_payment.gateway, 'payment.surplus', 'payments', p_payment.id, null,
                                 jsonb_build_object('amount', jsonb_build_array(p_payment.amount, v_paid)));
    perform private.enqueue('alert.raise', jsonb_build_object('rule', 'payment.surplus', 'severity', 'critical',
      'organizationId', p_payment.organization_id, 'subject', p_payment.id, 'gateway', p_payment.gateway));
  end if;
end
$$;

-- A legal step that the gateway confirmed, or a person in its stead, with all that follows from it.
create function private.settle_payment(p_payment public.payments, p_to text, p_reason text, p_state jsonb, p_refunded bigint) returns void
language plpgsql set search_path = '' as $$
declare
  v_paid boolean := p_to in ('succeeded', 'partially_refunded', 'refunded', 'disputed');
  v_was_held boolean := p_payment.status in ('review', 'failed');
  v_stands public.payments;
  v_given text;
begin
  update public.payments p set
    status = p_to, reason = left(p_reason, 300), gateway_status = left(p_state ->> 'rawStatus', 100),
    gateway_updated_at = coalesce((p_state ->> 'updatedAt')::timestamptz, p.gateway_updated_at),
    -- Money that went back from review was never taken as payment.
    paid_at = case when v_paid and not (v_was_held and p_to = 'refunded') then coalesce(p.paid_at, now()) else p.paid_at end,
    refunded_amount = case p_to when 'refunded' then p.amount else least(p.amount, greatest(p.refunded_amount, coalesce(p_refunded, 0))) end,
    updated_at = now()
  where p.organization_id = p_payment.organization_id and p.id = p_payment.id returning * into v_stands;
  if v_was_held and p_to = 'refunded' then
    perform private.post_unapplied_return(p_payment, null, p_payment.currency);
  elsif v_paid then
    perform private.post_payment(p_payment, case when v_was_held then 'unapplied' else 'gateway:' || p_payment.gateway end,
                                 private.clock(p_payment.organization_id));
    perform private.post_movement(p_payment, p_to, v_stands.refunded_amount);
  end if;
  insert into private.payment_references (gateway, reference, kind, organization_id, payment_id)
  select p_payment.gateway, n ->> 'value', n ->> 'kind', p_payment.organization_id, p_payment.id
  from jsonb_array_elements(coalesce(p_state -> 'references', '[]')) n on conflict do nothing;
  perform private.append_audit(p_payment.organization_id, 'system', p_payment.gateway, 'payment.' || p_to, 'payments', p_payment.id, p_reason,
                               jsonb_build_object('status', jsonb_build_array(p_payment.status, p_to)));
  if p_to in ('succeeded', 'partially_refunded') then
    v_given := private.activate_subscription(p_payment);
  elsif p_to = 'refunded' then
    perform private.revoke_period(p_payment);
  end if;
  if p_to = 'succeeded' and p_payment.status <> 'disputed' then
    perform private.mail_about_payment(p_payment, coalesce(v_given, 'received'));
  elsif p_to = 'refunded' or (p_to = 'failed' and p_payment.status <> 'creating') then
    perform private.mail_about_payment(p_payment, p_to);
  elsif p_to = 'disputed' then
    perform private.enqueue('alert.raise', jsonb_build_object('rule', 'payment.disputed', 'severity', 'critical',
      'organizationId', p_payment.organization_id, 'subject', p_payment.id));
  end if;
end
$$;

create function private.mail_about_payment(p_payment public.payments, p_kind text) returns void
language sql volatile set search_path = '' as $$
  select private.enqueue('mail.payment', jsonb_build_object('kind', p_kind, 'organizationId', p_payment.organization_id,
    'paymentId', p_payment.id, 'to', p_payment.payer_email, 'language', p_payment.language))
$$;
