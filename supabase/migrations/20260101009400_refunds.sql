-- Money going back: ordered by platform staff, applied as the gateway tells it.

-- Orders a refund: reserves the money before the gateway hears of it, so that two orders never give back one payment twice.
-- Definer: platform staff belong to no organization. The step-up is checked here, whatever the page above did.
create function private.console_request_refund(p_key text, p_payment uuid, p_amount bigint, p_reason text)
returns table (id uuid, organization_id uuid, is_new boolean, is_partial boolean, status text, amount bigint, currency text,
               gateway text, reference text, payer_email text, names jsonb)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  v_payment public.payments;
  v_refund public.refunds;
  v_left bigint;
  v_new boolean := false;
begin
  perform private.require_platform(false);
  select p.* into v_payment from public.payments p where p.id = p_payment for update;
  if v_payment.id is null then
    perform private.fail('payment.not_found');
  end if;
  select f.* into v_refund from public.refunds f
  where f.organization_id = v_payment.organization_id and f.payment_id = v_payment.id and f.idempotency_key = p_key;
  if v_refund.id is not null and (v_refund.amount <> coalesce(p_amount, v_refund.amount) or v_refund.reason <> p_reason) then
    perform private.fail('idempotency.key_reused');
  end if;
  if v_refund.id is null then
    select v_payment.amount - greatest(v_payment.refunded_amount, coalesce(sum(f.amount), 0)) into v_left from public.refunds f
    where f.organization_id = v_payment.organization_id and f.payment_id = v_payment.id and f.status not in ('failed', 'cancelled');
    if v_payment.status not in ('succeeded', 'partially_refunded', 'review') or v_left <= 0 or coalesce(p_amount, v_left) not between 1 and v_left then
      perform private.fail('payment.not_refundable', jsonb_build_object('available', v_left));
    end if;
    insert into public.refunds (organization_id, payment_id, amount, currency, reason, idempotency_key, requested_by)
    values (v_payment.organization_id, v_payment.id, coalesce(p_amount, v_left), v_payment.currency, p_reason, p_key, auth.uid())
    returning * into v_refund;
    v_new := true;
    insert into private.payment_references (gateway, reference, kind, organization_id, payment_id, refund_id)
    values (v_payment.gateway, encode(extensions.gen_random_bytes(16), 'hex'), 'refund_order', v_payment.organization_id, v_payment.id, v_refund.id);
    perform private.append_audit(v_payment.organization_id, 'console',
      (select a.full_name from public.platform_admins a where a.user_id = auth.uid()), 'refund.requested', 'payments', v_payment.id, p_reason,
      jsonb_build_object('refund', v_refund.id, 'amount', v_refund.amount));
  end if;
  return query
  select v_refund.id, v_refund.organization_id, v_new, v_refund.amount < v_payment.amount, v_refund.status, v_refund.amount, v_refund.currency,
         v_payment.gateway, r.reference, v_payment.payer_email,
         (select jsonb_agg(jsonb_build_object('kind', n.kind, 'value', n.reference)) from private.payment_references n
          where n.organization_id = v_payment.organization_id and n.payment_id = v_payment.id and n.refund_id is null)
  from private.payment_references r
  where r.organization_id = v_refund.organization_id and r.payment_id = v_payment.id and r.refund_id = v_refund.id and r.kind = 'refund_order';
end
$$;
grant execute on function private.console_request_refund(text, uuid, bigint, text) to authenticated;

-- Applies what the gateway answered about a refund; p_state as the port's RefundState, or unknown when the answer was lost.
create function private.apply_refund_state(p_organization uuid, p_refund uuid, p_state jsonb, p_fetched_at timestamptz, p_events bigint[])
returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_payment public.payments;
  v_refund public.refunds;
  v_to text := p_state ->> 'normalized';
  v_total bigint;
begin
  select * into v_refund from public.refunds f where f.organization_id = p_organization and f.id = p_refund;
  -- The payment's lock is the lock of all its refunds, in the order that payments themselves take it.
  select * into v_payment from public.payments p where p.organization_id = p_organization and p.id = v_refund.payment_id for update;
  select * into v_refund from public.refunds f where f.organization_id = p_organization and f.id = p_refund for update;
  if v_refund.id is null then
    perform private.fail('not_found');
  end if;
  if v_to = 'succeeded' and (p_state ->> 'amountMinor')::numeric is distinct from v_refund.amount then
    v_to := 'unknown';
  end if;
  perform private.close_notices(v_payment.gateway, p_fetched_at, p_events);
  if v_to = v_refund.status or v_refund.status in ('succeeded', 'failed', 'cancelled') or (v_refund.status = 'processing' and v_to = 'unknown'
     and p_state ->> 'amountMinor' is null) then
    return jsonb_build_object('verdict', 'same', 'from', v_refund.status, 'to', v_refund.status);
  end if;

  update public.refunds f set status = v_to, gateway_status = left(p_state ->> 'rawStatus', 100), updated_at = now()
  where f.organization_id = p_organization and f.id = p_refund;
  insert into private.payment_references (gateway, reference, kind, organization_id, payment_id, refund_id)
  select v_payment.gateway, n ->> 'value', n ->> 'kind', p_organization, v_payment.id, p_refund
  from jsonb_array_elements(coalesce(p_state -> 'references', '[]')) n on conflict do nothing;
  update private.webhook_events e set next_attempt_at = now()
  where e.status = 'received' and e.gateway = v_payment.gateway
    and e.reference in (select n ->> 'value' from jsonb_array_elements(coalesce(p_state -> 'references', '[]')) n);
  perform private.append_audit(p_organization, 'system', v_payment.gateway, 'refund.' || v_to, 'payments', v_payment.id, null,
    jsonb_build_object('refund', p_refund, 'amount', v_refund.amount, 'status', jsonb_build_array(v_refund.status, v_to)));

  if v_to = 'succeeded' then
    select sum(f.amount) into v_total from public.refunds f
    where f.organization_id = p_organization and f.payment_id = v_payment.id and f.status = 'succeeded';
    update public.payments p set refunded_amount = least(p.amount, greatest(p.refunded_amount, v_total)), updated_at = now(),
      status = case when v_total >= p.amount then 'refunded' when p.status = 'review' then p.status else 'partially_refunded' end
    where p.organization_id = p_organization and p.id = v_payment.id;
    if v_total >= v_payment.amount then
      perform private.revoke_period(v_payment);
    end if;
    perform private.mail_about_payment(v_payment, 'refunded');
  elsif v_to = 'unknown' then
    perform private.enqueue('alert.raise', jsonb_build_object('rule', 'refund.unknown', 'severity', 'error', 'organizationId', p_organization,
      'subject', p_refund, 'reason', p_state ->> 'rawStatus'));
  end if;
  return jsonb_build_object('verdict', 'apply', 'from', v_refund.status, 'to', v_to);
end
$$;
