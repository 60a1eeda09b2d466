-- What a purchase costs, told before and taken exactly: price, coupon, what the running period is still worth, credit.

-- Money of a shop that stands with us: the rest of an upgrade, in the currency that was paid. The ledger's account
-- `credits` says the same; this row is what can be locked.
create table private.account_credits (
  organization_id uuid not null references public.organizations on delete restrict,
  currency        text not null check (currency ~ '^[A-Z]{3}$'),
  balance         bigint not null default 0 check (balance >= 0),
  primary key (organization_id, currency)
);
comment on table private.account_credits is 'Minor units. Never below zero; the sum of the ledger''s account credits, turned round.';

-- The price that was promised to one payment: a promise about the account of that moment.
create table private.payment_quotes (
  organization_id uuid not null,
  payment_id      uuid not null,
  price           bigint not null check (price > 0),
  coupon_code     text,
  coupon          bigint not null default 0 check (coupon >= 0),
  proration       bigint not null default 0 check (proration >= 0),
  credit          bigint not null default 0 check (credit >= 0),
  total           bigint not null check (total >= 0),
  lines           jsonb not null,
  withdrawn_at    timestamptz,
  primary key (organization_id, payment_id),
  foreign key (organization_id, payment_id) references public.payments (organization_id, id) on delete restrict,
  check (price - coupon - proration - credit = total)
);
comment on column private.payment_quotes.withdrawn_at is
  'The account changed before it was paid: another payment was applied, a period was paid back. Money for it waits for a person.';

-- Below this no gateway takes a payment (Flow: 350 pesos).
create function private.smallest_charge(p_currency text) returns bigint
language sql immutable set search_path = '' as $$
  select case p_currency when 'CLP' then 500 else 100 end
$$;

-- What one period of a tier costs an organization now. Minor units; lines add up to the total.
--   price      from the price book; who bought a version of a tier keeps it, everybody else gets the newest on sale
--   coupon     of the price, the one that is named or one that still has periods to give
--   proration  an upgrade: what the running periods are still worth, by the second, rounded down
--   credit     what stands in the account
-- A total that no gateway would take grows to the smallest it takes, out of credit; what is not used stays credit.
create function private.quote_payment(p_organization uuid, p_tier text, p_interval text, p_currency text, p_coupon text default null)
returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_now timestamptz := private.clock(p_organization);
  v_sub public.subscriptions;
  v_tier public.subscription_tiers;
  v_change text;
  v_price bigint;
  v_coupon jsonb;
  v_off bigint;
  v_proration bigint := 0;
  v_credit bigint;
  v_total bigint;
  v_give bigint;
begin
  select * into v_sub from public.subscriptions s where s.organization_id = p_organization and s.status <> 'cancelled';
  v_tier := private.tier_on_sale(p_organization, p_tier, p_currency, p_interval);
  v_price := private.tier_price(v_tier, p_currency, p_interval);
  v_change := coalesce(private.plan_change(v_sub, v_tier.code, v_tier.version, p_interval), 'new');
  v_coupon := private.coupon_for(p_organization, p_coupon, p_tier, p_currency);
  v_off := private.coupon_discount(v_coupon, v_price, p_currency);
  if v_change = 'upgrade' and private.paid_until(v_sub, v_now) > v_now then
    v_proration := least(private.unused_value(p_organization, p_currency, v_now), v_price - v_off);
  end if;
  -- Credit rests while a payment is disputed: it may be what that payment became.
  v_credit := case when private.is_disputed(p_organization) then 0 else least(coalesce((select c.balance from private.account_credits c
    where c.organization_id = p_organization and c.currency = p_currency), 0), v_price - v_off - v_proration) end;
  v_total := v_price - v_off - v_proration - v_credit;
  if v_total > 0 and v_total < private.smallest_charge(p_currency) then
    v_give := least(v_credit, private.smallest_charge(p_currency) - v_total);
    v_credit := v_credit - v_give;
    v_total := v_total + v_give;
    v_give := greatest(0, least(v_proration, private.smallest_charge(p_currency) - v_total));
    v_proration := v_proration - v_give;
    v_total := v_total + v_give;
    if v_total < private.smallest_charge(p_currency) then  -- what a coupon left is too little to collect
      v_off := v_off + v_total;
      v_total := 0;
    end if;
  end if;
  return jsonb_build_object('tier', v_tier.code, 'version', v_tier.version, 'interval', p_interval, 'currency', p_currency,
    'change', v_change, 'startsAt', case when v_sub.id is null then v_now else private.period_start(v_sub, v_change, p_interval, v_now) end,
    'couponCode', case when v_off > 0 then v_coupon ->> 'code' end,
    'price', v_price, 'coupon', v_off, 'proration', v_proration, 'credit', v_credit, 'total', v_total,
    'lines', (select jsonb_agg(jsonb_build_object('kind', l.kind, 'amount', l.amount) order by l.n)
      from (values (1, 'price', v_price), (2, 'coupon', -v_off), (3, 'proration', -v_proration), (4, 'credit', -v_credit)) as l (n, kind, amount)
      where l.amount <> 0));
end
$$;

-- The same for the page, before anything is opened. Definer: prices of coupons and the account are in no member's tables.
create function private.preview_payment(p_tier text, p_interval text, p_currency text, p_coupon text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('billing.read');
begin
  return private.quote_payment(v_member.organization_id, p_tier, p_interval, p_currency, p_coupon);
end
$$;
grant execute on function private.preview_payment(text, text, text, text) to authenticated;

-- Holds what a quote promises for one payment: its coupon's use, and no second open payment on the same credit.
-- The caller has the subscription's lock since before it quoted.
create function private.take_quote(p_payment public.payments, p_quote jsonb) returns public.payments
language plpgsql set search_path = '' as $$
declare
  v_payment public.payments := p_payment;
  v_reduced boolean := (p_quote ->> 'price')::bigint <> (p_quote ->> 'total')::bigint;
begin
  insert into private.payment_quotes (organization_id, payment_id, price, coupon_code, coupon, proration, credit, total, lines)
  values (p_payment.organization_id, p_payment.id, (p_quote ->> 'price')::bigint, p_quote ->> 'couponCode', (p_quote ->> 'coupon')::bigint,
          (p_quote ->> 'proration')::bigint, (p_quote ->> 'credit')::bigint, (p_quote ->> 'total')::bigint, p_quote -> 'lines');
  if not v_reduced then
    return v_payment;
  end if;
  if exists (select from public.payments p join private.payment_quotes q on q.organization_id = p.organization_id and q.payment_id = p.id
             where p.organization_id = p_payment.organization_id and p.id <> p_payment.id and p.status = 'processing'
               and q.price <> q.total and q.withdrawn_at is null) then
    perform private.fail('payment.in_progress');
  end if;
  if p_quote ->> 'couponCode' is not null then
    perform private.hold_coupon(p_quote ->> 'couponCode', p_payment);
  end if;
  perform private.withdraw_quotes(p_payment.organization_id, p_payment.id);
  if p_payment.amount = 0 then
    update public.payments p set status = 'succeeded', paid_at = now(), updated_at = now()
    where p.organization_id = p_payment.organization_id and p.id = p_payment.id returning * into v_payment;
    perform private.mail_about_payment(v_payment, private.activate_subscription(v_payment));
  end if;
  return v_payment;
end
$$;

-- Whether the price of a payment was withdrawn: its reason then. Takes the subscription's lock first, so that another
-- payment of the shop which is being applied right now has said so.
create function private.outdated_price(p_payment public.payments) returns text
language plpgsql set search_path = '' as $$
begin
  perform from public.subscriptions s where s.organization_id = p_payment.organization_id and s.status <> 'cancelled' for update;
  if exists (select from private.payment_quotes q where q.organization_id = p_payment.organization_id and q.payment_id = p_payment.id
             and q.withdrawn_at is not null) then
    return 'price_outdated';
  end if;
  return null;
end
$$;

-- Reduced prices of other open payments no longer hold: the account they were made of has changed. Their pages close;
-- one that another worker is applying right now finds its quote withdrawn (outdated_price).
create function private.withdraw_quotes(p_organization uuid, p_but uuid) returns void
language plpgsql set search_path = '' as $$
begin
  update private.payment_quotes q set withdrawn_at = now()
  from public.payments p
  where q.organization_id = p_organization and q.payment_id <> p_but and q.withdrawn_at is null and q.price <> q.total
    and p.organization_id = q.organization_id and p.id = q.payment_id and p.status in ('creating', 'pending', 'processing');
  update public.payments p set status = 'cancelled', reason = 'price_outdated', updated_at = now()
  where (p.organization_id, p.id) in (
    select x.organization_id, x.id from public.payments x
    join private.payment_quotes q on q.organization_id = x.organization_id and q.payment_id = x.id and q.withdrawn_at is not null
    where x.organization_id = p_organization and x.id <> p_but and x.status in ('creating', 'pending') for update of x skip locked);
end
$$;

-- Moves a shop's credit and writes it into the ledger, once for each reason and source. A taking beyond the balance
-- takes what there is. Returns what was moved.
create function private.change_credit(p_organization uuid, p_currency text, p_kind text, p_source uuid, p_amount bigint, p_at timestamptz)
returns bigint
language plpgsql set search_path = '' as $$
declare
  v_balance bigint;
  v_moved bigint;
begin
  insert into private.account_credits (organization_id, currency) values (p_organization, p_currency) on conflict do nothing;
  select c.balance into v_balance from private.account_credits c
  where c.organization_id = p_organization and c.currency = p_currency for update;
  v_moved := greatest(p_amount, -v_balance);
  if v_moved = 0 or not private.post_ledger(p_organization, p_kind, private.credit_source(p_source, p_currency), p_currency,
      jsonb_build_array(jsonb_build_object('account', 'revenue', 'amount', v_moved), jsonb_build_object('account', 'credits', 'amount', -v_moved)), p_at) then
    return 0;
  end if;
  update private.account_credits c set balance = c.balance + v_moved where c.organization_id = p_organization and c.currency = p_currency;
  return v_moved;
end
$$;

-- One upgrade may give credit in two currencies: each needs a source of its own.
create function private.credit_source(p_source uuid, p_currency text) returns uuid
language sql immutable set search_path = '' as $$
  select md5(p_source::text || p_currency)::uuid
$$;

-- A paid quote takes the credit and the coupon's use that it promised, and ends the other promises.
create function private.spend_quote(p_payment public.payments, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  v_quote private.payment_quotes;
begin
  select * into v_quote from private.payment_quotes q
  where q.organization_id = p_payment.organization_id and q.payment_id = p_payment.id and q.withdrawn_at is null;
  if v_quote.credit > 0 and private.change_credit(p_payment.organization_id, p_payment.currency, 'credit_used', p_payment.id, -v_quote.credit, p_now)
     <> -v_quote.credit then
    perform private.enqueue('alert.raise', jsonb_build_object('rule', 'credit.short', 'severity', 'error',
      'organizationId', p_payment.organization_id, 'subject', p_payment.id));
  end if;
  perform private.redeem_coupon(p_payment);
  perform private.withdraw_quotes(p_payment.organization_id, p_payment.id);
end
$$;

-- A payment that was paid back: the credit it used stands in the account again, the credit it gave is taken back as far
-- as it is still there.
create function private.unspend_quote(p_payment public.payments, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  v_given record;
begin
  perform private.change_credit(p_payment.organization_id, p_payment.currency, 'credit_returned', p_payment.id,
    coalesce((select q.credit from private.payment_quotes q
              where q.organization_id = p_payment.organization_id and q.payment_id = p_payment.id), 0), p_now);
  for v_given in
    select c.currency, -e.amount as amount from private.account_credits c
    join private.ledger_transactions t on t.kind = 'credit' and t.source = private.credit_source(p_payment.id, c.currency)
    join private.ledger_entries e on e.transaction_id = t.id and e.account = 'credits'
    where c.organization_id = p_payment.organization_id
  loop
    perform private.change_credit(p_payment.organization_id, v_given.currency, 'credit_revoked', p_payment.id, -v_given.amount, p_now);
  end loop;
end
$$;
