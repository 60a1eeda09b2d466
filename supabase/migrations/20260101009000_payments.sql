-- Payments of subscriptions: intents, refunds, the names that gateways give them, and how a checkout is opened.
-- Money is bigint in minor units. What a browser or a notice claims is never written here: only what we asked
-- for (open_payment) and what the gateway answered when asked (payment_states).

create table public.auto_renewals (
  organization_id  uuid not null references public.organizations on delete restrict,
  id               uuid not null default gen_random_uuid(),
  gateway          text not null check (gateway ~ '^[a-z]{2,32}$'),
  status           text not null default 'creating' check (status in (
    'creating', 'pending', 'active', 'paused', 'past_due', 'cancelled', 'expired', 'failed', 'review')),
  amount           bigint not null check (amount > 0),
  currency         text not null check (currency ~ '^[A-Z]{3}$'),
  tier_code        text not null,
  tier_version     int not null,
  billing_interval text not null check (billing_interval in ('month', 'year')),
  method_label     text check (length(method_label) <= 60),
  first_charge_at  timestamptz,
  next_charge_at   timestamptz,
  cancel_requested_at timestamptz,
  checked_at       timestamptz,
  redirect_url     text check (length(redirect_url) <= 2000),
  redirect_method  text check (redirect_method in ('GET', 'POST')),
  expires_at       timestamptz,
  reason           text check (length(reason) <= 300),
  idempotency_key  text not null check (length(idempotency_key) between 1 and 200),
  request_hash     text not null check (length(request_hash) <= 128),
  subject          text not null default 'Opttius' check (length(subject) between 1 and 200),
  payer_email      text not null check (length(payer_email) <= 254),
  payer_name       text not null default '' check (length(payer_name) <= 200),
  return_url       text not null default '' check (length(return_url) <= 500),
  notify_url       text not null default '' check (length(notify_url) <= 500),
  language         text not null default 'es' check (language in ('es', 'en')),
  gateway_status   text check (length(gateway_status) <= 100),
  next_amount       bigint check (next_amount > 0),
  next_tier_code    text,
  next_tier_version int,
  created_by       uuid not null,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, idempotency_key),
  foreign key (tier_code, tier_version) references public.subscription_tiers (code, version) on delete restrict,
  foreign key (next_tier_code, next_tier_version) references public.subscription_tiers (code, version) on delete restrict,
  check (num_nonnulls(next_amount, next_tier_code, next_tier_version) in (0, 3))
);
-- One gateway collects at a time: two would collect twice. One that was asked to stop makes room.
create unique index auto_renewals_current on public.auto_renewals (organization_id)
  where status in ('active', 'paused', 'past_due') and cancel_requested_at is null;
create index auto_renewals_alive on public.auto_renewals (created_at) where status in ('creating', 'pending', 'active', 'paused', 'past_due');
comment on table public.auto_renewals is 'An agreement that a gateway collects each period by itself. Its charges are payments. Written by private functions only.';
comment on column public.auto_renewals.cancel_requested_at is 'That somebody wants it to end; status says whether the gateway confirmed it.';
comment on column public.auto_renewals.checked_at is 'When the question began whose answer stands here: an older answer changes nothing.';
comment on column public.auto_renewals.next_amount is 'A price that was asked for and that the gateway has not confirmed yet.';
comment on column public.auto_renewals.subject is 'With payer, return_url and notify_url what the gateway was asked: what is left to do is done with the same words.';

create table public.payments (
  organization_id    uuid not null references public.organizations on delete restrict,
  id                 uuid not null default gen_random_uuid(),
  gateway            text not null check (gateway ~ '^[a-z]{2,32}$'),
  status             text not null default 'creating' check (status in (
    'creating', 'pending', 'processing', 'succeeded', 'failed', 'cancelled', 'expired', 'review',
    'partially_refunded', 'refunded', 'disputed')),
  status_rank        smallint not null generated always as (case status
    when 'creating' then 0 when 'pending' then 10 when 'processing' then 20 when 'review' then 35
    when 'partially_refunded' then 40 when 'refunded' then 50 when 'disputed' then 60 else 30 end) stored,
  amount             bigint not null check (amount > 0 or (amount = 0 and gateway = 'credit')),
  currency           text not null check (currency ~ '^[A-Z]{3}$'),
  refunded_amount    bigint not null default 0 check (refunded_amount between 0 and amount),
  tier_code          text not null,
  tier_version       int not null,
  billing_interval   text not null check (billing_interval in ('month', 'year')),
  reason             text check (length(reason) <= 300),
  redirect_url       text check (length(redirect_url) <= 2000),
  redirect_method    text check (redirect_method in ('GET', 'POST')),
  expires_at         timestamptz not null,
  paid_at            timestamptz,
  idempotency_key    text not null check (length(idempotency_key) between 1 and 200),
  request_hash       text not null check (length(request_hash) <= 128),
  payer_email        text not null check (length(payer_email) <= 254),
  language           text not null default 'es' check (language in ('es', 'en')),
  gateway_status     text check (length(gateway_status) <= 100),
  gateway_updated_at timestamptz,
  checked_at         timestamptz,
  auto_renewal_id    uuid,
  test_mode          boolean not null default false,
  created_by         uuid,
  created_at         timestamptz not null default now(),
  updated_at         timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, idempotency_key),
  foreign key (organization_id, auto_renewal_id) references public.auto_renewals (organization_id, id) on delete restrict,
  foreign key (tier_code, tier_version) references public.subscription_tiers (code, version) on delete restrict,
  check (created_by is not null or auto_renewal_id is not null)
);
create index payments_by_time on public.payments (organization_id, created_at desc, id);
create index payments_of_renewal on public.payments (organization_id, auto_renewal_id) where auto_renewal_id is not null;
-- The sweep walks payments that should have moved, across tenants.
create index payments_unsettled on public.payments (created_at) where status in ('creating', 'pending', 'processing', 'review');
comment on table public.payments is 'One attempt to pay for one period of a tier. Written by private functions only.';
comment on column public.payments.checked_at is 'When the gateway last answered about it: what was not asked lately is not known, and no shop is stopped by what is not known.';
comment on column public.payments.auto_renewal_id is 'The renewal that collected it; such a payment was opened by nobody.';
comment on column public.payments.test_mode is 'Opened while its gateway moved no money: never revenue.';
comment on column public.payments.amount is 'What was asked for, IVA included: the snapshot with which the gateway''s answer is compared.';
comment on column public.payments.reason is 'Why it failed or is in review: a code of ours, or the gateway''s words.';

create table public.refunds (
  organization_id uuid not null references public.organizations on delete restrict,
  id              uuid not null default gen_random_uuid(),
  payment_id      uuid not null,
  amount          bigint not null check (amount > 0),
  currency        text not null check (currency ~ '^[A-Z]{3}$'),
  status          text not null default 'creating' check (status in ('awaiting_approval', 'creating', 'processing', 'succeeded', 'failed', 'cancelled', 'unknown')),
  reason          text not null check (length(reason) between 1 and 500),
  idempotency_key text not null check (length(idempotency_key) between 1 and 200),
  requested_by    uuid not null,
  gateway_status  text check (length(gateway_status) <= 100),
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, payment_id, idempotency_key),
  foreign key (organization_id, payment_id) references public.payments (organization_id, id) on delete restrict
);
create index refunds_unsettled on public.refunds (created_at) where status in ('creating', 'processing', 'unknown');
comment on table public.refunds is 'Money going back, ordered by platform staff. unknown: the answer was lost; asked about, never sent again.';

-- Names under which gateways know our payments, refunds and automatic renewals: unique across tenants, so they live here.
create table private.payment_references (
  gateway         text not null,
  reference       text not null check (length(reference) between 1 and 200),
  kind            text not null,
  organization_id uuid not null,
  payment_id      uuid,
  refund_id       uuid,
  auto_renewal_id uuid,
  created_at      timestamptz not null default now(),
  primary key (gateway, reference, kind),
  check (num_nonnulls(payment_id, auto_renewal_id) = 1),
  check (refund_id is null or payment_id is not null),
  foreign key (organization_id, auto_renewal_id) references public.auto_renewals (organization_id, id) on delete restrict,
  foreign key (organization_id, payment_id) references public.payments (organization_id, id) on delete restrict,
  foreign key (organization_id, refund_id) references public.refunds (organization_id, id) on delete restrict
);
create index payment_references_of_payment on private.payment_references (organization_id, payment_id);
create index payment_references_of_renewal on private.payment_references (organization_id, auto_renewal_id) where auto_renewal_id is not null;
comment on column private.payment_references.kind is 'order is our own opaque reference; the others are the gateway''s (token, flow_order, …).';

alter table public.auto_renewals enable row level security, force row level security;
create policy auto_renewals_read on public.auto_renewals for select to authenticated
  using (organization_id = (select private.billing_org()) and (select private.has_permission('billing.read')));
grant select (organization_id, id, gateway, status, amount, currency, tier_code, tier_version, billing_interval, method_label,
  first_charge_at, next_charge_at, cancel_requested_at, redirect_url, redirect_method, reason, next_amount, next_tier_code,
  next_tier_version, created_by, created_at, updated_at)
  on public.auto_renewals to authenticated;

alter table public.payments enable row level security, force row level security;
create policy payments_read on public.payments for select to authenticated
  using (organization_id = (select private.billing_org()) and (select private.has_permission('billing.read')));
grant select (organization_id, id, gateway, status, amount, currency, refunded_amount, tier_code, tier_version, billing_interval,
  reason, redirect_url, redirect_method, expires_at, paid_at, checked_at, auto_renewal_id, test_mode, created_by, created_at, updated_at) on public.payments to authenticated;

alter table public.refunds enable row level security, force row level security;
create policy refunds_read on public.refunds for select to authenticated
  using (organization_id = (select private.billing_org()) and (select private.has_permission('billing.read')));
grant select (organization_id, id, payment_id, amount, currency, status, created_at, updated_at) on public.refunds to authenticated;

-- The price of a tier, from the price book alone.
create function private.tier_price(p_tier public.subscription_tiers, p_currency text, p_interval text) returns bigint
language sql immutable set search_path = '' as $$
  select case p_currency || ' ' || p_interval
    when 'CLP month' then p_tier.price_clp_month when 'CLP year' then p_tier.price_clp_year
    when 'USD month' then p_tier.price_usd_month when 'USD year' then p_tier.price_usd_year end
$$;

-- The version of a tier that an organization is sold: its own while it has one, else the newest on sale.
create function private.tier_on_sale(p_organization uuid, p_tier text, p_currency text, p_interval text) returns public.subscription_tiers
language plpgsql stable set search_path = '' as $$
declare
  v_tier public.subscription_tiers;
begin
  select t.* into v_tier from public.subscription_tiers t
  left join public.subscriptions s on s.organization_id = p_organization and s.status <> 'cancelled'
    and s.tier_code = t.code and s.tier_version = t.version
  where t.code = p_tier and (s.id is not null or private.is_on_sale(t))
  order by (s.id is not null) desc, t.version desc limit 1;
  if v_tier.code is null or coalesce(private.tier_price(v_tier, p_currency, p_interval), 0) <= 0 then
    perform private.fail('payment.tier_unavailable', jsonb_build_object('tier', p_tier));
  end if;
  return v_tier;
end
$$;

-- Opens a payment: the intent that is committed before the gateway hears of it. Same key, same payment.
-- A total of nothing (credit, a coupon) is paid with that: its gateway is `credit`, and it is settled here.
-- Definer: members may read payments and write none. The price, the payer and the organization are the server's word.
create function private.open_payment(p_key text, p_gateway text, p_currency text, p_tier text, p_interval text,
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
    perform from public.subscriptions s where s.organization_id = v_member.organization_id and s.status <> 'cancelled' for update;
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
grant execute on function private.open_payment(text, text, text, text, text, text, text, text) to authenticated;

-- What createCheckout answered: where to send the payer, and the gateway's names, the one that notices carry first.
-- That one must be new; the others only help to ask, and a number that a gateway gave twice binds nothing.
-- Notices that came before us wake up.
create function private.record_checkout(p_organization uuid, p_payment uuid, p_redirect_url text, p_redirect_method text,
                                        p_references jsonb, p_expires_at timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  v_payment public.payments;
begin
  update public.payments p set
    status = case when p.status = 'creating' then 'pending' else p.status end,
    redirect_url = p_redirect_url, redirect_method = p_redirect_method, expires_at = p_expires_at, updated_at = now()
  where p.organization_id = p_organization and p.id = p_payment returning * into v_payment;
  insert into private.payment_references (gateway, reference, kind, organization_id, payment_id)
  select v_payment.gateway, n ->> 'value', n ->> 'kind', p_organization, p_payment from jsonb_array_elements(p_references) with ordinality r (n, nth)
  where nth = 1;
  insert into private.payment_references (gateway, reference, kind, organization_id, payment_id)
  select v_payment.gateway, n ->> 'value', n ->> 'kind', p_organization, p_payment from jsonb_array_elements(p_references) n
  on conflict do nothing;
  update private.webhook_events e set next_attempt_at = now()
  where e.status = 'received' and e.gateway = v_payment.gateway
    and e.reference in (select n ->> 'value' from jsonb_array_elements(p_references) n);
end
$$;

-- A checkout that certainly came to nothing. Only from creating: whatever the gateway knows of is asked about instead.
create function private.fail_checkout(p_organization uuid, p_payment uuid, p_reason text) returns void
language sql volatile set search_path = '' as $$
  update public.payments p set status = 'failed', reason = left(p_reason, 300), updated_at = now()
  where p.organization_id = p_organization and p.id = p_payment and p.status = 'creating'
$$;
