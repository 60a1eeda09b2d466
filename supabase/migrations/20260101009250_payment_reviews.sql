-- Payments in review: people decide what becomes of money that is not the money we asked for. Above a limit, two of them.

-- Up to here one person of the platform may decide about money alone; above, another one approves.
create table private.approval_limits (
  currency text primary key check (currency ~ '^[A-Z]{3}$'),
  amount   bigint not null check (amount >= 0)
);
insert into private.approval_limits (currency, amount) values ('CLP', 100000), ('USD', 10000);
comment on table private.approval_limits is 'In minor units. A currency that is not here has no amount that one person may decide about.';

create function private.needs_approval(p_currency text, p_amount bigint) returns boolean
language sql stable set search_path = '' as $$
  select p_amount > coalesce((select l.amount from private.approval_limits l where l.currency = p_currency), 0)
$$;

create table private.review_decisions (
  organization_id uuid not null,
  id              uuid not null default gen_random_uuid(),
  payment_id      uuid not null,
  decision        text not null check (decision in ('accept', 'reject')),
  status          text not null check (status in ('awaiting_approval', 'applied', 'declined')),
  amount          bigint check (amount > 0),
  currency        text check (currency ~ '^[A-Z]{3}$'),
  asked_amount    bigint not null,
  asked_currency  text not null,
  reason          text not null check (length(reason) between 5 and 500),
  decided_by      uuid not null,
  decided_at      timestamptz not null default now(),
  approved_by     uuid check (approved_by <> decided_by),
  approved_at     timestamptz,
  approval_reason text check (length(approval_reason) <= 500),
  primary key (organization_id, id),
  foreign key (organization_id, payment_id) references public.payments (organization_id, id) on delete restrict,
  check ((decision = 'accept') = (amount is not null))
);
create unique index review_decisions_open on private.review_decisions (organization_id, payment_id) where status <> 'declined';
comment on table private.review_decisions is 'What people decided about payments in review. amount and currency are the money as received, asked_… the price.';

-- Decides about a payment in review.
--   accept  the money as received (p_received, minor units) is the price of what was bought: applied at once, or
--           awaiting_approval above the limit. Where the gateway told an amount, it must be that one.
--   reject  nothing is given; the money stays unapplied until it is refunded
-- Returns {decision, decisionId, status, amount, currency}; status is awaiting_approval or applied.
-- Definer: platform staff belong to no organization.
create function private.console_resolve_review(p_payment uuid, p_decision text, p_reason text, p_received bigint default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
  v_payment public.payments;
  v_came record;
  v_decision private.review_decisions;
begin
  if p_decision not in ('accept', 'reject') or length(trim(coalesce(p_reason, ''))) < 5
     or (p_decision = 'accept' and coalesce(p_received, 0) <= 0) then
    perform private.fail('input.invalid', '{"field": "reason"}');
  end if;
  v_payment := private.lock_payment(p_payment);
  if v_payment.status <> 'review' or exists (select from public.refunds f where f.organization_id = v_payment.organization_id
      and f.payment_id = v_payment.id and f.status not in ('failed', 'cancelled')) then
    perform private.fail('payment.not_in_review');
  end if;
  select u.* into v_came from private.unapplied_of(v_payment) u;
  if p_decision = 'accept' and v_came.amount > 0 and p_received <> v_came.amount then
    perform private.fail('payment.received_differs', jsonb_build_object('received', v_came.amount, 'currency', v_came.currency));
  end if;
  if exists (select from private.review_decisions d where d.organization_id = v_payment.organization_id
             and d.payment_id = v_payment.id and d.status = 'awaiting_approval') then
    perform private.fail('approval.pending');
  end if;
  insert into private.review_decisions (organization_id, payment_id, decision, status, amount, currency, asked_amount, asked_currency, reason, decided_by)
  values (v_payment.organization_id, v_payment.id, p_decision,
          case when p_decision = 'accept' and private.needs_approval(v_came.currency, p_received) then 'awaiting_approval' else 'applied' end,
          case p_decision when 'accept' then p_received end, case p_decision when 'accept' then v_came.currency end,
          v_payment.amount, v_payment.currency, trim(p_reason), auth.uid())
  returning * into v_decision;
  if v_decision.status = 'applied' then
    perform private.apply_review_decision(v_payment, v_decision, v_staff.full_name);
  else
    perform private.ask_for_approval('payment.review', v_payment, v_decision.id, v_decision.amount, v_decision.currency, v_staff.full_name, v_decision.reason);
  end if;
  return private.review_decision_view(v_decision);
end
$$;

-- Another one than who decided approves an acceptance, or declines it. Returns as console_resolve_review.
create function private.console_approve_review(p_decision uuid, p_approve boolean, p_reason text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
  v_payment public.payments;
  v_decision private.review_decisions;
begin
  select * into v_decision from private.review_decisions d where d.id = p_decision;
  if v_decision.id is null then
    perform private.fail('not_found');
  end if;
  v_payment := private.lock_payment(v_decision.payment_id);
  select * into v_decision from private.review_decisions d where d.id = p_decision for update;
  perform private.require_second_person(v_decision.status, v_decision.decided_by);
  if p_approve and v_payment.status <> 'review' then
    perform private.fail('payment.not_in_review');
  end if;
  update private.review_decisions d set status = case when p_approve then 'applied' else 'declined' end,
    approved_by = auth.uid(), approved_at = now(), approval_reason = nullif(trim(p_reason), '')
  where d.id = p_decision returning * into v_decision;
  if p_approve then
    perform private.apply_review_decision(v_payment, v_decision, v_staff.full_name);
  else
    perform private.append_audit(v_payment.organization_id, 'console', v_staff.full_name, 'payment.review_declined', 'payments', v_payment.id,
                                 v_decision.approval_reason, jsonb_build_object('decision', v_decision.id));
  end if;
  return private.review_decision_view(v_decision);
end
$$;
grant execute on function private.console_resolve_review(uuid, text, text, bigint), private.console_approve_review(uuid, boolean, text) to authenticated;

-- The payment of an id, whoever's, locked; staff alone come here.
create function private.lock_payment(p_payment uuid) returns public.payments
language plpgsql set search_path = '' as $$
declare
  v_payment public.payments;
begin
  select * into v_payment from public.payments p where p.id = p_payment for update;
  if v_payment.id is null then
    perform private.fail('payment.not_found');
  end if;
  return v_payment;
end
$$;

-- Four eyes: who asked may not answer, and a question is answered once.
create function private.require_second_person(p_status text, p_asked_by uuid) returns void
language plpgsql set search_path = '' as $$
begin
  if p_status <> 'awaiting_approval' then
    perform private.fail('approval.not_pending');
  end if;
  if p_asked_by = auth.uid() then
    perform private.fail('approval.same_person');
  end if;
end
$$;

create function private.ask_for_approval(p_what text, p_payment public.payments, p_subject uuid, p_amount bigint, p_currency text,
                                         p_asked_by text, p_reason text) returns void
language plpgsql set search_path = '' as $$
begin
  perform private.append_audit(p_payment.organization_id, 'console', p_asked_by, p_what || '_approval_asked', 'payments', p_payment.id, p_reason,
    jsonb_build_object('subject', p_subject, 'amount', p_amount, 'currency', p_currency));
  perform private.enqueue('alert.raise', jsonb_build_object('rule', p_what || '.awaiting_approval', 'severity', 'warning',
    'organizationId', p_payment.organization_id, 'subject', p_subject, 'gateway', p_payment.gateway));
end
$$;

-- An accepted payment is one over the money that came: its amount becomes that, so that refunds, revenue and the
-- gateway's own word agree from then on; what was asked for stands in the decision.
create function private.apply_review_decision(p_payment public.payments, p_decision private.review_decisions, p_staff text) returns void
language plpgsql set search_path = '' as $$
declare
  v_payment public.payments := p_payment;
begin
  perform private.append_audit(p_payment.organization_id, 'console', p_staff, 'payment.review_' || p_decision.decision || 'ed', 'payments', p_payment.id,
    p_decision.reason, jsonb_build_object('amount', jsonb_build_array(p_payment.amount, p_decision.amount),
                                          'currency', jsonb_build_array(p_payment.currency, p_decision.currency)));
  if p_decision.decision = 'reject' then
    update public.payments p set status = 'failed', reason = 'review_rejected', updated_at = now()
    where p.organization_id = p_payment.organization_id and p.id = p_payment.id;
    return;
  end if;
  if (private.unapplied_of(p_payment)).amount = 0 then
    perform private.post_ledger(p_payment.organization_id, 'payment_in_review', p_payment.id, p_decision.currency,
      private.ledger_move('gateway:' || p_payment.gateway, 'unapplied', p_decision.amount), private.clock(p_payment.organization_id), p_payment.id);
  end if;
  update public.payments p set amount = p_decision.amount, currency = p_decision.currency
  where p.organization_id = p_payment.organization_id and p.id = p_payment.id returning * into v_payment;
  perform private.settle_payment(v_payment, 'succeeded', 'review_accepted', jsonb_build_object('rawStatus', v_payment.gateway_status), 0);
end
$$;

create function private.review_decision_view(p_decision private.review_decisions) returns jsonb
language sql immutable set search_path = '' as $$
  select jsonb_build_object('decision', p_decision.decision, 'decisionId', p_decision.id, 'status', p_decision.status,
                            'amount', p_decision.amount, 'currency', p_decision.currency)
$$;
