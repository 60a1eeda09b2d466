-- The mail about a refund tells what went back now, not the sum of all that ever went back of its payment, and tells it
-- once, whether the gateway speaks of the refund first or of the payment.

-- p_amount  what went back with this step, minor units
create function private.mail_about_refund(p_payment public.payments, p_amount bigint, p_currency text) returns void
language sql volatile set search_path = '' as $$
  select private.enqueue('mail.payment', jsonb_build_object('kind', 'refunded', 'organizationId', p_payment.organization_id,
    'paymentId', p_payment.id, 'to', p_payment.payer_email, 'language', p_payment.language,
    'refund', jsonb_build_object('amount', p_amount, 'currency', p_currency)))
$$;

-- What the gateway paid back of a payment without a refund of ours having been told of: of money in review what is left of
-- it, in its own currency; the price where nobody ever knew how much had come in.
create function private.untold_refund(p_payment public.payments, out amount bigint, out currency text)
language plpgsql stable set search_path = '' as $$
begin
  if p_payment.status in ('review', 'failed') then
    select u.* into amount, currency from private.unapplied_of(p_payment) u;
  end if;
  if coalesce(amount, 0) = 0 then
    currency := p_payment.currency;
    amount := p_payment.amount - coalesce((select sum(f.amount) from public.refunds f
      where f.organization_id = p_payment.organization_id and f.payment_id = p_payment.id and f.status = 'succeeded'), 0);
  end if;
end
$$;

-- Money that went back: the payment, the ledger, and the period when nothing of the payment is left.
create or replace function private.settle_refund(p_payment public.payments, p_refund public.refunds) returns void
language plpgsql set search_path = '' as $$
declare
  v_total bigint;
  v_is_whole boolean;
begin
  select sum(f.amount) into v_total from public.refunds f
  where f.organization_id = p_payment.organization_id and f.payment_id = p_payment.id and f.status = 'succeeded';
  v_total := greatest(p_payment.refunded_amount, v_total);
  if p_payment.paid_at is null then
    v_is_whole := private.post_unapplied_return(p_payment, p_refund.amount, p_refund.currency, p_refund.id) = 0
      and (v_total >= p_payment.amount or exists (select from private.ledger_transactions t
        where t.organization_id = p_payment.organization_id and t.payment_id = p_payment.id and t.kind = 'payment_in_review'));
  else
    v_is_whole := v_total >= p_payment.amount;
    perform private.post_movement(p_payment, case when v_is_whole then 'refunded' else 'partially_refunded' end, v_total, p_refund.id);
  end if;
  update public.payments p set refunded_amount = least(p.amount, v_total), updated_at = now(),
    status = case when v_is_whole then 'refunded' when p.status in ('review', 'failed', 'disputed') then p.status else 'partially_refunded' end
  where p.organization_id = p_payment.organization_id and p.id = p_payment.id;
  if v_is_whole then
    perform private.revoke_period(p_payment);
  end if;
  -- Of one that was already paid back whole the payer was told by then (settle_payment).
  if p_payment.status <> 'refunded' then
    perform private.mail_about_refund(p_payment, p_refund.amount, p_refund.currency);
  end if;
end
$$;

-- A legal step that the gateway confirmed, or a person in its stead, with all that follows from it.
create or replace function private.settle_payment(p_payment public.payments, p_to text, p_reason text, p_state jsonb, p_refunded bigint) returns void
language plpgsql set search_path = '' as $$
declare
  v_paid boolean := p_to in ('succeeded', 'partially_refunded', 'refunded', 'disputed');
  v_was_held boolean := p_payment.status in ('review', 'failed');
  v_untold record;
  v_stands public.payments;
  v_given text;
begin
  if p_to = 'refunded' then
    select u.* into v_untold from private.untold_refund(p_payment) u;
  end if;
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
  elsif p_to = 'refunded' then
    perform private.mail_about_refund(p_payment, v_untold.amount, v_untold.currency);
  elsif p_to = 'failed' and p_payment.status <> 'creating' then
    perform private.mail_about_payment(p_payment, p_to);
  elsif p_to = 'disputed' then
    perform private.enqueue('alert.raise', jsonb_build_object('rule', 'payment.disputed', 'severity', 'critical',
      'organizationId', p_payment.organization_id, 'subject', p_payment.id));
  end if;
end
$$;
