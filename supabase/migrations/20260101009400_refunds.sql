-- Money going back: ordered by platform staff, applied as the gateway tells it.

-- Who decided about a refund above the limit; see private.approval_limits.
create table private.refund_approvals (
  organization_id uuid not null,
  refund_id       uuid not null,
  approved        boolean not null,
  decided_by      uuid not null,
  decided_at      timestamptz not null default now(),
  reason          text check (length(reason) <= 500),
  primary key (organization_id, refund_id),
  foreign key (organization_id, refund_id) references public.refunds (organization_id, id) on delete restrict
);
comment on table private.refund_approvals is 'The second person''s word: never the one who ordered the refund.';

-- What may still go back of a payment, and in which currency. Of money in review that is what came in; where the
-- gateway never told how much, at most the price.
create function private.refundable(p_payment public.payments, p_except uuid default null, out amount bigint, out currency text)
language plpgsql stable set search_path = '' as $$
declare
  v_reserved bigint;
  v_open bigint;
begin
  select coalesce(sum(f.amount), 0), coalesce(sum(f.amount) filter (where f.status <> 'succeeded'), 0) into v_reserved, v_open from public.refunds f
  where f.organization_id = p_payment.organization_id and f.payment_id = p_payment.id and f.status not in ('failed', 'cancelled')
    and f.id is distinct from p_except;
  currency := p_payment.currency;
  amount := 0;
  if p_payment.paid_at is null and p_payment.status in ('review', 'failed') then
    select u.* into amount, currency from private.unapplied_of(p_payment) u;
    amount := case when amount > 0 then amount - v_open
      when p_payment.status = 'review' and not exists (select from private.ledger_transactions t
        where t.organization_id = p_payment.organization_id and t.payment_id = p_payment.id and t.kind = 'payment_in_review')
        then p_payment.amount - v_reserved
      else 0 end;
  elsif p_payment.status in ('succeeded', 'partially_refunded') then
    amount := p_payment.amount - greatest(p_payment.refunded_amount, v_reserved);
  end if;
end
$$;

-- A refund as the port's request needs it; is_new says whether the gateway is to hear of it now.
create function private.refund_order(p_payment public.payments, p_refund public.refunds, p_new boolean)
returns table (id uuid, payment_id uuid, organization_id uuid, is_new boolean, is_partial boolean, status text, amount bigint, currency text,
               gateway text, reference text, payer_email text, names jsonb)
language sql stable set search_path = '' as $$
  select p_refund.id, p_payment.id, p_refund.organization_id, p_new,
         p_refund.amount < case when p_payment.paid_at is null then greatest((private.unapplied_of(p_payment)).amount, p_refund.amount) else p_payment.amount end,
         p_refund.status, p_refund.amount, p_refund.currency, p_payment.gateway, r.reference, p_payment.payer_email,
         (select jsonb_agg(jsonb_build_object('kind', n.kind, 'value', n.reference)) from private.payment_references n
          where n.organization_id = p_payment.organization_id and n.payment_id = p_payment.id and n.refund_id is null)
  from private.payment_references r
  where r.organization_id = p_refund.organization_id and r.payment_id = p_payment.id and r.refund_id = p_refund.id and r.kind = 'refund_order'
$$;

-- Orders a refund: reserves the money before the gateway hears of it, so that two orders never give back one payment twice.
-- When what one person orders of a payment without another's word would pass the limit, it awaits approval.
-- Definer: platform staff belong to no organization. The step-up is checked here, whatever the page above did.
create function private.console_request_refund(p_key text, p_payment uuid, p_amount bigint, p_reason text)
returns table (id uuid, payment_id uuid, organization_id uuid, is_new boolean, is_partial boolean, status text, amount bigint, currency text,
               gateway text, reference text, payer_email text, names jsonb)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  v_staff public.platform_admins := private.require_platform(true);
  v_payment public.payments := private.lock_payment(p_payment);
  v_refund public.refunds;
  v_left record;
  v_alone bigint;
  v_new boolean := false;
begin
  select f.* into v_refund from public.refunds f
  where f.organization_id = v_payment.organization_id and f.payment_id = v_payment.id and f.idempotency_key = p_key;
  if v_refund.id is not null and (v_refund.amount <> coalesce(p_amount, v_refund.amount) or v_refund.reason <> p_reason) then
    perform private.fail('idempotency.key_reused');
  end if;
  if v_refund.id is null then
    select u.* into v_left from private.refundable(v_payment) u;
    if v_left.amount <= 0 or coalesce(p_amount, v_left.amount) not between 1 and v_left.amount then
      perform private.fail('payment.not_refundable', jsonb_build_object('available', v_left.amount));
    end if;
    select coalesce(sum(f.amount), 0) + coalesce(p_amount, v_left.amount) into v_alone from public.refunds f
    where f.organization_id = v_payment.organization_id and f.payment_id = v_payment.id and f.status not in ('failed', 'cancelled')
      and not exists (select from private.refund_approvals a where a.organization_id = f.organization_id and a.refund_id = f.id);
    insert into public.refunds (organization_id, payment_id, amount, currency, reason, idempotency_key, requested_by, status)
    values (v_payment.organization_id, v_payment.id, coalesce(p_amount, v_left.amount), v_left.currency, p_reason, p_key, auth.uid(),
            case when private.needs_approval(v_left.currency, v_alone) then 'awaiting_approval' else 'creating' end)
    returning * into v_refund;
    v_new := v_refund.status = 'creating';
    insert into private.payment_references (gateway, reference, kind, organization_id, payment_id, refund_id)
    values (v_payment.gateway, encode(extensions.gen_random_bytes(16), 'hex'), 'refund_order', v_payment.organization_id, v_payment.id, v_refund.id);
    perform private.append_audit(v_payment.organization_id, 'console', v_staff.full_name, 'refund.requested', 'payments', v_payment.id, p_reason,
      jsonb_build_object('refund', v_refund.id, 'amount', v_refund.amount));
    if not v_new then
      perform private.ask_for_approval('refund', v_payment, v_refund.id, v_refund.amount, v_refund.currency, v_staff.full_name, p_reason);
    end if;
  end if;
  return query select * from private.refund_order(v_payment, v_refund, v_new);
end
$$;

-- Another one than who ordered a refund above the limit approves it, and the gateway hears of it now, or declines it.
-- The same answer given again by the same person changes nothing.
create function private.console_approve_refund(p_refund uuid, p_approve boolean, p_reason text default null)
returns table (id uuid, payment_id uuid, organization_id uuid, is_new boolean, is_partial boolean, status text, amount bigint, currency text,
               gateway text, reference text, payer_email text, names jsonb)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  v_staff public.platform_admins := private.require_platform(true);
  v_payment public.payments;
  v_refund public.refunds;
  v_new boolean := false;
begin
  select f.* into v_refund from public.refunds f where f.id = p_refund;
  if v_refund.id is null then
    perform private.fail('not_found');
  end if;
  v_payment := private.lock_payment(v_refund.payment_id);
  select f.* into v_refund from public.refunds f where f.id = p_refund for update;
  if not exists (select from private.refund_approvals a where a.organization_id = v_refund.organization_id and a.refund_id = v_refund.id
                 and a.decided_by = auth.uid() and a.approved = p_approve) then
    perform private.require_second_person(v_refund.status, v_refund.requested_by);
    if p_approve and (private.refundable(v_payment, v_refund.id)).amount < v_refund.amount then
      perform private.fail('payment.not_refundable');
    end if;
    insert into private.refund_approvals (organization_id, refund_id, approved, decided_by, reason)
    values (v_refund.organization_id, v_refund.id, p_approve, auth.uid(), nullif(trim(p_reason), ''));
    update public.refunds f set status = case when p_approve then 'creating' else 'cancelled' end, updated_at = now()
    where f.organization_id = v_refund.organization_id and f.id = v_refund.id returning f.* into v_refund;
    v_new := p_approve;
    perform private.append_audit(v_payment.organization_id, 'console', v_staff.full_name,
      case when p_approve then 'refund.approved' else 'refund.declined' end, 'payments', v_payment.id, nullif(trim(p_reason), ''),
      jsonb_build_object('refund', v_refund.id, 'amount', v_refund.amount));
  end if;
  return query select * from private.refund_order(v_payment, v_refund, v_new);
end
$$;
grant execute on function private.console_request_refund(text, uuid, bigint, text), private.console_approve_refund(uuid, boolean, text) to authenticated;

-- Applies what the gateway answered about a refund; p_state as the port's RefundState, or unknown when the answer was lost.
create function private.apply_refund_state(p_organization uuid, p_refund uuid, p_state jsonb, p_fetched_at timestamptz, p_events bigint[])
returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_payment public.payments;
  v_refund public.refunds;
  v_to text := p_state ->> 'normalized';
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
    perform private.settle_refund(v_payment, v_refund);
  elsif v_to = 'unknown' then
    perform private.enqueue('alert.raise', jsonb_build_object('rule', 'refund.unknown', 'severity', 'error', 'organizationId', p_organization,
      'subject', p_refund, 'reason', p_state ->> 'rawStatus'));
  end if;
  return jsonb_build_object('verdict', 'apply', 'from', v_refund.status, 'to', v_to);
end
$$;

-- Money that went back: the payment, the ledger, and the period when nothing of the payment is left.
create function private.settle_refund(p_payment public.payments, p_refund public.refunds) returns void
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
  perform private.mail_about_payment(p_payment, 'refunded');
end
$$;
