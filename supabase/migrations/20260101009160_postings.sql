-- Postings: what each step of a payment means in the ledger. Written in the transaction of the step, under the
-- lock of the payment, so that neither exists without the other.
--
--   charge             receivable  →  revenue      what the period costs
--   payment            gateway     →  receivable   what came in
--   payment_in_review  gateway     →  unapplied    what came in and is not (yet) for anything
--   refund, refunded_there          refunds → gateway
--   dispute_opened, dispute_won     disputes → gateway, and back

-- The name of something that may happen to one payment more than once: the same happening always has the same name.
create function private.posting_source(p_payment uuid, p_what text) returns uuid
language sql immutable strict set search_path = '' as $$
  select encode(substring(sha256(convert_to(p_payment::text || ' ' || p_what, 'UTF8')) from 1 for 16), 'hex')::uuid
$$;

-- An entry that moves an amount from one account (credit) to another (debit).
create function private.ledger_move(p_to text, p_from text, p_amount bigint) returns jsonb
language sql immutable strict set search_path = '' as $$
  select jsonb_build_array(jsonb_build_object('account', p_to, 'amount', p_amount),
                           jsonb_build_object('account', p_from, 'amount', -p_amount))
$$;

-- Money of a payment that is for nothing yet, and its currency; 0 in the payment's currency when there is none.
create function private.unapplied_of(p_payment public.payments, out amount bigint, out currency text)
language sql stable set search_path = '' as $$
  select coalesce(-sum(u.amount), 0)::bigint, coalesce(max(u.currency), p_payment.currency)
  from (select e.currency, sum(e.amount) as amount from private.ledger_transactions t
        join private.ledger_entries e on e.transaction_id = t.id and e.account = 'unapplied'
        where t.organization_id = p_payment.organization_id and t.payment_id = p_payment.id
        group by e.currency having sum(e.amount) <> 0 order by sum(e.amount) limit 1) u
$$;

-- A payment that came in as asked for, or as a person accepted it (p_from: unapplied).
create function private.post_payment(p_payment public.payments, p_from text, p_at timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  perform private.post_ledger(p_payment.organization_id, 'charge', p_payment.id, p_payment.currency,
    private.ledger_move('receivable', 'revenue', p_payment.amount), p_at, p_payment.id);
  perform private.post_ledger(p_payment.organization_id, 'payment', p_payment.id, p_payment.currency,
    private.ledger_move(p_from, 'receivable', p_payment.amount), p_at, p_payment.id);
end
$$;

-- Money that came in and waits for a person. Nothing is posted while the gateway names no usable amount, nor for
-- money of others (a test payment, another merchant's account).
create function private.post_unapplied(p_payment public.payments, p_state jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  v_paid numeric := case when jsonb_typeof(p_state -> 'amountPaidMinor') = 'number' then (p_state ->> 'amountPaidMinor')::numeric end;
  v_currency text := p_state ->> 'currency';
begin
  if p_state ->> 'objection' is null and p_state ->> 'normalized' in ('succeeded', 'partially_refunded')
     and v_currency ~ '^[A-Z]{3}$' and v_paid > 0 and v_paid = trunc(v_paid) and v_paid <= 9007199254740991 then
    v_paid := v_paid - greatest(0, coalesce((p_state ->> 'amountRefundedMinor')::numeric, 0));
    perform private.post_ledger(p_payment.organization_id, 'payment_in_review', p_payment.id, v_currency,
      private.ledger_move('gateway:' || p_payment.gateway, 'unapplied', greatest(0, v_paid)::bigint),
      private.clock(p_payment.organization_id), p_payment.id);
  end if;
end
$$;

-- More came in than was asked for, after the payment was applied (a second capture): kept apart. Returns how much more
-- than was known before.
create function private.post_surplus(p_payment public.payments, p_paid bigint) returns bigint
language plpgsql set search_path = '' as $$
declare
  v_new bigint := p_paid - p_payment.amount - coalesce((
    select sum(e.amount) from private.ledger_transactions t join private.ledger_entries e on e.transaction_id = t.id and e.amount > 0
    where t.organization_id = p_payment.organization_id and t.payment_id = p_payment.id and t.kind = 'surplus'), 0);
begin
  if v_new <= 0 then
    return 0;
  end if;
  perform private.post_ledger(p_payment.organization_id, 'surplus', private.posting_source(p_payment.id, 'paid ' || p_paid),
    p_payment.currency, private.ledger_move('gateway:' || p_payment.gateway, 'unapplied', v_new),
    private.clock(p_payment.organization_id), p_payment.id);
  return v_new;
end
$$;

-- Brings the ledger to what a payment now stands at: the gateway keeps its amount less what was refunded, and
-- nothing of what is refunded whole or disputed. What is known already is not posted again.
--
-- p_payment   as it was before the step (its amount, currency and status)
-- p_refunded  everything that is known to have gone back
-- p_refund    the refund of ours that is the reason, if one is
create function private.post_movement(p_payment public.payments, p_to text, p_refunded bigint, p_refund uuid default null) returns void
language plpgsql set search_path = '' as $$
declare
  v_gateway text := 'gateway:' || p_payment.gateway;
  v_at timestamptz := private.clock(p_payment.organization_id);
  v_held bigint := private.ledger_of_payment(p_payment.organization_id, p_payment.id, v_gateway)
                 + private.ledger_of_payment(p_payment.organization_id, p_payment.id, 'unapplied');
  v_disputed bigint := private.ledger_of_payment(p_payment.organization_id, p_payment.id, 'disputes');
  v_known bigint := private.ledger_of_payment(p_payment.organization_id, p_payment.id, 'refunds');
  v_gone bigint := v_held - case when p_to in ('refunded', 'disputed') then 0 else p_payment.amount - p_refunded end;
  v_nth bigint;
begin
  select count(*) into v_nth from private.ledger_transactions t
  where t.organization_id = p_payment.organization_id and t.payment_id = p_payment.id and t.kind in ('dispute_opened', 'dispute_won');
  if p_refund is not null and p_payment.status = 'disputed' then
    -- The dispute had taken it already: a refund that was under way settles that much of it.
    perform private.post_ledger(p_payment.organization_id, 'refund', p_refund, p_payment.currency,
      private.ledger_move('refunds', 'disputes', greatest(0, least(v_disputed, p_refunded - v_known))), v_at, p_payment.id, p_refund);
  elsif v_gone > 0 and p_to = 'disputed' then
    perform private.post_ledger(p_payment.organization_id, 'dispute_opened', private.posting_source(p_payment.id, 'dispute ' || v_nth),
      p_payment.currency, private.ledger_move('disputes', v_gateway, v_gone), v_at, p_payment.id);
  elsif v_gone > 0 and p_refund is not null then
    perform private.post_ledger(p_payment.organization_id, 'refund', p_refund, p_payment.currency,
      private.ledger_move('refunds', v_gateway, v_gone), v_at, p_payment.id, p_refund);
  elsif v_gone > 0 then
    perform private.post_ledger(p_payment.organization_id, 'refunded_there', private.posting_source(p_payment.id, 'refunded ' || (v_known + v_gone)),
      p_payment.currency, private.ledger_move('refunds', v_gateway, v_gone), v_at, p_payment.id);
  elsif v_gone < 0 and v_disputed > 0 then
    perform private.post_ledger(p_payment.organization_id, 'dispute_won', private.posting_source(p_payment.id, 'dispute ' || v_nth),
      p_payment.currency, private.ledger_move(v_gateway, 'disputes', least(-v_gone, v_disputed)), v_at, p_payment.id);
  end if;
end
$$;

-- Money in review that went back. p_amount null: all that is left. What a gateway paid back had come in, whether or
-- not it ever said how much. Returns what is left.
create function private.post_unapplied_return(p_payment public.payments, p_amount bigint, p_currency text, p_refund uuid default null) returns bigint
language plpgsql set search_path = '' as $$
declare
  v_left bigint := (private.unapplied_of(p_payment)).amount;
  v_back bigint := coalesce(p_amount, v_left);
  v_source uuid := coalesce(p_refund, p_payment.id);
  v_at timestamptz := private.clock(p_payment.organization_id);
begin
  if v_back > v_left then
    perform private.post_ledger(p_payment.organization_id, 'receipt_proven', v_source, p_currency,
      private.ledger_move('gateway:' || p_payment.gateway, 'unapplied', v_back - v_left), v_at, p_payment.id, p_refund);
  end if;
  perform private.post_ledger(p_payment.organization_id, 'unapplied_returned', v_source, p_currency,
    private.ledger_move('unapplied', 'gateway:' || p_payment.gateway, v_back), v_at, p_payment.id, p_refund);
  return greatest(0, v_left - v_back);
end
$$;

-- Revenue between two instants, in minor units: what was charged, less what was let off, went back or was lost.
create function private.ledger_revenue(p_currency text, p_from timestamptz, p_to timestamptz) returns bigint
language sql stable set search_path = '' as $$
  select coalesce(-sum(e.amount), 0)::bigint from private.ledger_transactions t
  join private.ledger_entries e on e.transaction_id = t.id and e.account in ('revenue', 'discounts', 'refunds', 'disputes', 'rounding')
  where t.currency = p_currency and t.at >= p_from and t.at < p_to
$$;
