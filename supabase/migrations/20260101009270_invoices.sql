-- Invoices of the subscription: one for each period, numbered for each organization without gaps. No tax documents.

create table public.invoices (
  organization_id  uuid not null references public.organizations on delete restrict,
  id               uuid not null default gen_random_uuid(),
  number           bigint not null check (number > 0),
  subscription_id  uuid not null,
  payment_id       uuid,
  status           text not null check (status in ('open', 'paid', 'void', 'refunded')),
  tier_code        text not null,
  tier_version     int not null,
  billing_interval text not null check (billing_interval in ('month', 'year')),
  period_start     timestamptz not null,
  period_end       timestamptz not null check (period_end > period_start),
  currency         text not null check (currency ~ '^[A-Z]{3}$'),
  lines            jsonb not null check (jsonb_typeof(lines) = 'array'),
  total            bigint not null check (total >= 0),
  tax              bigint not null check (tax between 0 and total),
  issued_at        timestamptz not null,
  paid_at          timestamptz,
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id, subscription_id) references public.subscriptions (organization_id, id) on delete restrict,
  foreign key (organization_id, payment_id) references public.payments (organization_id, id) on delete restrict,
  foreign key (tier_code, tier_version) references public.subscription_tiers (code, version) on delete restrict,
  check ((status in ('paid', 'refunded')) = (payment_id is not null)),
  check ((status in ('paid', 'refunded')) = (paid_at is not null))
);
create unique index invoices_of_payment on public.invoices (organization_id, payment_id) where payment_id is not null;
create unique index invoices_open on public.invoices (organization_id, subscription_id) where status = 'open';
comment on table public.invoices is 'What a period of the subscription cost. Not a tax document. Written by private functions only.';
comment on column public.invoices.lines is '[{"kind": "price" | "coupon" | "proration" | "credit", "amount"}], minor units; they add up to the total.';
comment on column public.invoices.tax is 'IVA that the total includes.';

alter table public.invoices enable row level security, force row level security;
create policy invoices_read on public.invoices for select to authenticated
  using (organization_id = (select private.billing_org()) and (select private.has_permission('billing.read')));
grant select on public.invoices to authenticated;

-- The last number that an organization used; the row's lock is what leaves no gap.
create table private.invoice_heads (
  organization_id uuid primary key references public.organizations on delete restrict,
  last_number     bigint not null
);

create function private.next_invoice_number(p_organization uuid) returns bigint
language sql volatile set search_path = '' as $$
  insert into private.invoice_heads as h (organization_id, last_number) values (p_organization, 1)
  on conflict (organization_id) do update set last_number = h.last_number + 1 returning last_number
$$;

-- The period that came due unpaid: what it will cost, open until it is paid or comes to nothing. Once.
create function private.issue_open_invoice(p_sub public.subscriptions, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  v_interval text := coalesce(p_sub.next_interval, p_sub.billing_interval);
  v_currency text := coalesce((select p.currency from public.payments p where p.organization_id = p_sub.organization_id
    and p.paid_at is not null and p.amount > 0 order by p.created_at desc limit 1), 'CLP');
  v_quote jsonb;
begin
  if exists (select from public.invoices i where i.organization_id = p_sub.organization_id and i.subscription_id = p_sub.id
             and i.period_start = p_sub.current_period_end and i.status in ('open', 'paid')) then
    return;
  end if;
  perform private.void_invoice(p_sub.organization_id, p_sub.id);
  v_quote := private.quote_payment(p_sub.organization_id, coalesce(p_sub.next_tier_code, p_sub.tier_code), v_interval, v_currency, null);
  insert into public.invoices (organization_id, number, subscription_id, status, tier_code, tier_version, billing_interval, period_start,
                               period_end, currency, lines, total, tax, issued_at)
  values (p_sub.organization_id, private.next_invoice_number(p_sub.organization_id), p_sub.id, 'open', v_quote ->> 'tier',
          (v_quote ->> 'version')::int, v_interval, p_sub.current_period_end,
          private.next_period_end(private.period_anchor(p_sub.organization_id, p_sub.current_period_end), p_sub.current_period_end, v_interval),
          v_currency, v_quote -> 'lines', (v_quote ->> 'total')::bigint,
          (v_quote ->> 'total')::bigint - private.net_of((v_quote ->> 'total')::bigint), p_now);
end
$$;

-- The invoice of a payment: the open one of its period, else a new number. An open one of another period comes to nothing.
create function private.pay_invoice(p_payment public.payments, p_subscription uuid, p_start timestamptz, p_end timestamptz, p_now timestamptz)
returns void
language plpgsql set search_path = '' as $$
declare
  v_lines jsonb := coalesce(
    (select q.lines from private.payment_quotes q where q.organization_id = p_payment.organization_id and q.payment_id = p_payment.id),
    jsonb_build_array(jsonb_build_object('kind', 'price', 'amount', p_payment.amount)));
begin
  if exists (select from public.invoices i where i.organization_id = p_payment.organization_id and i.payment_id = p_payment.id) then
    return;
  end if;
  update public.invoices i set status = 'paid', payment_id = p_payment.id, paid_at = p_now, lines = v_lines, total = p_payment.amount,
    tax = p_payment.amount - private.net_of(p_payment.amount), currency = p_payment.currency, tier_code = p_payment.tier_code,
    tier_version = p_payment.tier_version, billing_interval = p_payment.billing_interval, period_end = p_end
  where i.organization_id = p_payment.organization_id and i.subscription_id = p_subscription and i.status = 'open' and i.period_start = p_start;
  if found then
    return;
  end if;
  perform private.void_invoice(p_payment.organization_id, p_subscription);
  insert into public.invoices (organization_id, number, subscription_id, payment_id, status, tier_code, tier_version, billing_interval,
                               period_start, period_end, currency, lines, total, tax, issued_at, paid_at)
  values (p_payment.organization_id, private.next_invoice_number(p_payment.organization_id), p_subscription, p_payment.id, 'paid',
          p_payment.tier_code, p_payment.tier_version, p_payment.billing_interval, p_start, p_end, p_payment.currency, v_lines,
          p_payment.amount, p_payment.amount - private.net_of(p_payment.amount), p_now, p_now);
end
$$;

create function private.void_invoice(p_organization uuid, p_subscription uuid) returns void
language sql volatile set search_path = '' as $$
  update public.invoices i set status = 'void'
  where i.organization_id = p_organization and i.subscription_id = p_subscription and i.status = 'open'
$$;

create function private.refund_invoice(p_payment public.payments) returns void
language sql volatile set search_path = '' as $$
  update public.invoices i set status = 'refunded' where i.organization_id = p_payment.organization_id and i.payment_id = p_payment.id
$$;

-- A period that a refund of an earlier one moved forward.
create function private.move_invoice(p_organization uuid, p_payment uuid, p_start timestamptz, p_end timestamptz) returns void
language sql volatile set search_path = '' as $$
  update public.invoices i set period_start = p_start, period_end = p_end where i.organization_id = p_organization and i.payment_id = p_payment
$$;
