-- What a shop buys is priced by what it has left, so one purchase waits for the other. A shop whose subscription ended has no
-- row to wait at: two purchases at once were each priced with what was left of its paid time, and each of them got it.

-- The lock of an organization's subscription, whether one lives or not. Taken before the audit trail's.
create function private.lock_subscription(p_organization uuid) returns void
language plpgsql set search_path = '' as $$
begin
  perform from public.subscriptions s where s.organization_id = p_organization and s.status <> 'cancelled' for update;
  if not found then
    perform pg_advisory_xact_lock(hashtextextended('subscription ' || p_organization, 0));
    -- While we waited it may have come to life.
    perform from public.subscriptions s where s.organization_id = p_organization and s.status <> 'cancelled' for update;
  end if;
end
$$;

-- Opens a payment: the intent that is committed before the gateway hears of it. Same key, same payment.
-- A total of nothing (credit, a coupon) is paid with that: its gateway is `credit`, and it is settled here.
-- Definer: members may read payments and write none. The price, the payer and the organization are the server's word.
create or replace function private.open_payment(p_key text, p_gateway text, p_currency text, p_tier text, p_interval text,
                                     p_request_hash text, p_language text, p_coupon text default null)
returns table (id uuid, organization_id uuid, is_new boolean, status text, amount bigint, currency text, reference text,
               redirect_url text, redirect_method text, payer_email text, expires_at timestamptz)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  v_member public.admin_users := private.require_permission('billing.manage');
  v_quote jsonb;
  v_payment public.payments;
  v_new boolean := false;
begin
  -- The same order again is answered before anything is priced: what it took (a coupon, credit) is no longer there to quote.
  select p.* into v_payment from public.payments p where p.organization_id = v_member.organization_id and p.idempotency_key = p_key;
  if v_payment.id is null then
    perform private.lock_subscription(v_member.organization_id);
    -- While we waited for the lock the same order may have been taken.
    select p.* into v_payment from public.payments p where p.organization_id = v_member.organization_id and p.idempotency_key = p_key;
  end if;
  if v_payment.id is null then
    v_quote := private.quote_payment(v_member.organization_id, p_tier, p_interval, p_currency, p_coupon);
    insert into public.payments (organization_id, gateway, amount, currency, tier_code, tier_version, billing_interval,
                                 idempotency_key, request_hash, payer_email, language, created_by, expires_at)
    values (v_member.organization_id, case when (v_quote ->> 'total')::bigint = 0 then 'credit' else p_gateway end, (v_quote ->> 'total')::bigint,
            p_currency, v_quote ->> 'tier', (v_quote ->> 'version')::int, p_interval, p_key, p_request_hash, v_member.email, p_language,
            auth.uid(), now() + interval '24 hours')
    on conflict (organization_id, idempotency_key) do nothing
    returning * into v_payment;
    v_new := v_payment.id is not null;
  end if;

  if v_new then
    -- Opaque and random: it binds organization, amount and currency without telling any of them.
    insert into private.payment_references (gateway, reference, kind, organization_id, payment_id)
    values (v_payment.gateway, encode(extensions.gen_random_bytes(16), 'hex'), 'order', v_payment.organization_id, v_payment.id);
    perform private.audit('payment.opened', 'payments', v_payment.id, null, jsonb_build_object(
      'gateway', v_payment.gateway, 'amount', v_payment.amount, 'currency', p_currency, 'tier', v_payment.tier_code, 'interval', p_interval));
    v_payment := private.take_quote(v_payment, v_quote);
  else
    select p.* into v_payment from public.payments p
    where p.organization_id = v_member.organization_id and p.idempotency_key = p_key;
    if v_payment.request_hash <> p_request_hash then
      perform private.fail('idempotency.key_reused');
    end if;
    if v_payment.status = 'creating' then
      perform private.fail('idempotency.in_progress', jsonb_build_object('retryAfterSeconds', 5));
    end if;
  end if;

  return query
  select v_payment.id, v_payment.organization_id, v_new, v_payment.status, v_payment.amount, v_payment.currency, r.reference,
         v_payment.redirect_url, v_payment.redirect_method, v_payment.payer_email, v_payment.expires_at
  from private.payment_references r
  where r.organization_id = v_payment.organization_id and r.payment_id = v_payment.id and r.kind = 'order';
end
$$;

-- Whether the price of a payment was withdrawn: its reason then. Takes the subscription's lock first, so that another
-- payment of the shop which is being applied right now has said so.
create or replace function private.outdated_price(p_payment public.payments) returns text
language plpgsql set search_path = '' as $$
begin
  perform private.lock_subscription(p_payment.organization_id);
  if exists (select from private.payment_quotes q where q.organization_id = p_payment.organization_id and q.payment_id = p_payment.id
             and q.withdrawn_at is not null) then
    return 'price_outdated';
  end if;
  return null;
end
$$;

-- What the life of a payment means for the subscription, whoever writes its state: a dispute and its end, a charge that
-- failed, a coupon that was held for nothing. Owners hear of a dispute while a subscription lives: what the mail says of it
-- is not so of one that ended, and people are called all the same.
create or replace function private.follow_payment() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_now timestamptz := private.clock(new.organization_id);
  v_sub public.subscriptions;
  v_news text;
begin
  if new.status in ('failed', 'cancelled', 'expired') then
    perform private.release_coupon(new);
  end if;
  if new.status in ('succeeded', 'partially_refunded', 'refunded', 'disputed') then
    -- Whatever follows takes the subscription's lock: here, before the audit trail's, as everybody else does.
    perform private.lock_subscription(new.organization_id);
    select * into v_sub from public.subscriptions s where s.organization_id = new.organization_id and s.status <> 'cancelled';
  end if;
  if new.status = 'failed' and new.auto_renewal_id is not null then
    update public.subscriptions s set next_step_at = null where s.organization_id = new.organization_id and s.status <> 'cancelled';
  end if;
  if new.status = 'disputed' or old.status = 'disputed' then
    update private.payment_ledger l set superseded_by = case new.status when 'disputed' then new.id end
    where l.organization_id = new.organization_id and l.payment_id = new.id and l.effect_kind = 'activated'
      and l.superseded_by is not distinct from case new.status when 'disputed' then null else new.id end;
    if new.status = 'disputed' then
      perform private.withdraw_quotes(new.organization_id, new.id);
      v_news := 'chargeback';
    elsif new.status <> 'refunded' then  -- what follows a lost dispute is a refund's (revoke_period)
      v_news := 'dispute_won';
    end if;
    if v_news is not null then
      perform private.settle_subscription(new.organization_id, v_news);
    end if;
    if v_news is not null and v_sub.id is not null then
      perform private.mail_owners(v_sub, v_news, v_now);
    end if;
  end if;
  return null;
end
$$;

-- Applies what the gateway answered when asked about a renewal and its charges, in one transaction. Safe to run twice,
-- in any order and from two workers at once: each charge becomes one payment, whatever names it comes under.
--
-- p_state       the port's AutoRenewalState, or null where only charges are known
-- p_charges     the port's PaymentStates
-- p_fetched_at  when the question began: an answer to an earlier question than the last one changes no state
create or replace function private.apply_auto_renewal_state(p_organization uuid, p_renewal uuid, p_state jsonb, p_charges jsonb,
                                                 p_fetched_at timestamptz, p_events bigint[]) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_before public.auto_renewals;
  v_now public.auto_renewals;
  v_charge jsonb;
  v_verdict text := 'same';
begin
  -- The subscription first, as whoever stops a renewal has it. Then all renewals of the organization, always in this order:
  -- which of them collects is decided among them.
  perform private.lock_subscription(p_organization);
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
