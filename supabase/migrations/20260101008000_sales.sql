-- Cash sessions, orders, their items and payments, discount approvals and parked sales: what is kept of selling.

create table public.cash_sessions (
  organization_id uuid not null references public.organizations on delete restrict,
  id              uuid not null default gen_random_uuid(),
  branch_id       uuid not null,
  member_id       uuid not null,
  member_name     text not null,
  status          text not null default 'open' check (status in ('open', 'closed')),
  opening_float   bigint not null check (opening_float between 0 and 100000000),
  business_date   date not null,
  opened_at       timestamptz not null default now(),
  closed_at       timestamptz,
  closed_by       uuid,
  counted         jsonb,
  expected        jsonb,
  cash_difference bigint,
  note            text check (length(note) <= 500),
  primary key (organization_id, id),
  unique (organization_id, branch_id, id),
  foreign key (organization_id, branch_id) references public.branches (organization_id, id) on delete restrict,
  foreign key (organization_id, member_id) references public.admin_users (organization_id, id) on delete restrict,
  check ((status = 'closed') = (closed_at is not null and counted is not null and expected is not null and cash_difference is not null))
);
create unique index cash_sessions_open on public.cash_sessions (organization_id, branch_id, member_id) where status = 'open';
create index cash_sessions_by_branch on public.cash_sessions (organization_id, branch_id, opened_at desc, id);
create index cash_sessions_by_member on public.cash_sessions (organization_id, member_id);
comment on column public.cash_sessions.counted is 'Blind count at closing, pesos by tender: {"cash", "debit", "credit", "transfer"}.';
comment on column public.cash_sessions.business_date is 'Local date of the branch at opening; kept when the session passes midnight.';

create table public.cash_movements (
  organization_id uuid not null references public.organizations on delete restrict,
  id              uuid not null default gen_random_uuid(),
  branch_id       uuid not null,
  cash_session_id uuid not null,
  kind            text not null check (kind in ('paid_in', 'paid_out')),
  amount          bigint not null check (amount between 1 and 100000000),
  reason          text not null check (length(reason) between 3 and 200),
  idempotency_key text not null check (length(idempotency_key) between 8 and 80),
  created_by      uuid not null,
  created_at      timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, idempotency_key),
  foreign key (organization_id, branch_id, cash_session_id) references public.cash_sessions (organization_id, branch_id, id) on delete restrict
);
create index cash_movements_of_session on public.cash_movements (organization_id, cash_session_id, created_at);
create index cash_movements_by_branch on public.cash_movements (organization_id, branch_id, cash_session_id);

create table public.orders (
  organization_id uuid not null references public.organizations on delete restrict,
  id              uuid not null default gen_random_uuid(),
  branch_id       uuid not null,
  receipt_number  bigint not null check (receipt_number > 0),
  status          text not null default 'completed' check (status in ('completed', 'voided')),
  customer_id     uuid,
  customer_name   text,
  member_id       uuid not null,
  sold_by_name    text not null,
  cash_session_id uuid,
  business_date   date not null,
  item_count      int not null,
  gross           bigint not null check (gross >= 0),
  discount        bigint not null check (discount between 0 and gross),
  net             bigint not null check (net >= 0),
  tax             bigint not null check (tax >= 0),
  exempt          bigint not null check (exempt >= 0),
  total           bigint not null,
  cash_rounding   bigint not null default 0 check (cash_rounding between -5 and 4),
  change          bigint not null default 0 check (change >= 0),
  note            text check (length(note) <= 500),
  prints          int not null default 0,
  idempotency_key text not null check (length(idempotency_key) between 8 and 80),
  request_hash    bytea not null,
  voided_at       timestamptz,
  voided_by_name  text,
  void_reason     text check (length(void_reason) between 3 and 500),
  created_at      timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, branch_id, id),
  unique (organization_id, branch_id, receipt_number),
  unique (organization_id, idempotency_key),
  foreign key (organization_id, branch_id) references public.branches (organization_id, id) on delete restrict,
  foreign key (organization_id, customer_id) references public.customers (organization_id, id) on delete restrict,
  foreign key (organization_id, member_id) references public.admin_users (organization_id, id) on delete restrict,
  foreign key (organization_id, branch_id, cash_session_id) references public.cash_sessions (organization_id, branch_id, id) on delete restrict,
  check (total = gross - discount),
  check (net + tax + exempt = total),
  check ((status = 'voided') = (voided_at is not null and void_reason is not null))
);
create index orders_by_time on public.orders (organization_id, branch_id, created_at desc, id);
create index orders_by_day on public.orders (organization_id, branch_id, business_date);
create index orders_of_customer on public.orders (organization_id, customer_id, created_at desc) where customer_id is not null;
create index orders_of_session on public.orders (organization_id, cash_session_id) where cash_session_id is not null;
create index orders_of_member on public.orders (organization_id, member_id);
comment on table public.orders is 'Sales. The receipt is an internal document, no tax document (docs/decisions).';

create table public.order_items (
  organization_id uuid not null references public.organizations on delete restrict,
  id              uuid not null default gen_random_uuid(),
  branch_id       uuid not null,
  order_id        uuid not null,
  position        int not null,
  product_id      uuid not null,
  product_name    text not null,
  sku             text not null,
  quantity        int not null check (quantity between 1 and 9999),
  unit_price      bigint not null check (unit_price >= 0),
  discount_bp     int not null check (discount_bp between 0 and 10000),
  discount        bigint not null check (discount >= 0),
  total           bigint not null check (total >= 0),
  tax_kind        text not null check (tax_kind in ('taxable', 'exempt')),
  primary key (organization_id, id),
  foreign key (organization_id, branch_id, order_id) references public.orders (organization_id, branch_id, id) on delete restrict,
  foreign key (organization_id, product_id) references public.products (organization_id, id) on delete restrict,
  check (total = unit_price * quantity - discount)
);
create index order_items_of_order on public.order_items (organization_id, branch_id, order_id, position);
create index order_items_of_product on public.order_items (organization_id, product_id);

create table public.order_payments (
  organization_id uuid not null references public.organizations on delete restrict,
  id              uuid not null default gen_random_uuid(),
  branch_id       uuid not null,
  order_id        uuid not null,
  cash_session_id uuid,
  kind            text not null default 'payment' check (kind in ('payment', 'void')),
  method          text not null check (method in ('cash', 'debit', 'credit', 'transfer')),
  amount          bigint not null,
  handed_over     bigint check (handed_over >= 0),
  created_at      timestamptz not null default now(),
  primary key (organization_id, id),
  foreign key (organization_id, branch_id, order_id) references public.orders (organization_id, branch_id, id) on delete restrict,
  foreign key (organization_id, branch_id, cash_session_id) references public.cash_sessions (organization_id, branch_id, id) on delete restrict,
  check ((kind = 'payment') = (amount >= 0) or amount = 0)
);
create index order_payments_of_order on public.order_payments (organization_id, branch_id, order_id);
create index order_payments_of_session on public.order_payments (organization_id, branch_id, cash_session_id) where cash_session_id is not null;
comment on column public.order_payments.amount is 'What entered the drawer or the account, after cash rounding; negative when a sale is voided.';

-- A manager's word at the till: one discount, one sale, five minutes.
create table public.discount_approvals (
  organization_id uuid not null references public.organizations on delete restrict,
  id              uuid not null default gen_random_uuid(),
  branch_id       uuid not null,
  max_discount_bp int not null check (max_discount_bp between 1 and 10000),
  requested_by    uuid not null,
  approved_by     uuid not null,
  created_at      timestamptz not null default now(),
  expires_at      timestamptz not null default now() + interval '5 minutes',
  order_id        uuid,
  primary key (organization_id, id),
  foreign key (organization_id, branch_id) references public.branches (organization_id, id) on delete restrict,
  foreign key (organization_id, requested_by) references public.admin_users (organization_id, id) on delete restrict,
  foreign key (organization_id, approved_by) references public.admin_users (organization_id, id) on delete restrict,
  foreign key (organization_id, order_id) references public.orders (organization_id, id) on delete restrict
);
create index discount_approvals_of_order on public.discount_approvals (organization_id, order_id) where order_id is not null;

create table public.parked_sales (
  organization_id uuid not null default private.current_org() references public.organizations on delete restrict,
  id              uuid not null default gen_random_uuid(),
  branch_id       uuid not null,
  label           text not null check (length(label) between 1 and 80),
  cart            jsonb not null check (pg_column_size(cart) < 65536),
  created_by      uuid not null default auth.uid(),
  created_at      timestamptz not null default now(),
  primary key (organization_id, id),
  foreign key (organization_id, branch_id) references public.branches (organization_id, id) on delete restrict
);
create index parked_sales_by_branch on public.parked_sales (organization_id, branch_id, created_at desc, id);

-- The approver's short code, hashed; five wrong tries close it for fifteen minutes.
create table private.approval_pins (
  organization_id uuid not null,
  member_id       uuid not null,
  pin_hash        text not null,
  failures        int not null default 0,
  locked_until    timestamptz,
  primary key (organization_id, member_id),
  foreign key (organization_id, member_id) references public.admin_users (organization_id, id) on delete cascade
);
-- Last receipt number of each branch: taken last in a sale, so that a number is never lost.
create table private.receipt_counters (
  organization_id uuid not null,
  branch_id       uuid not null,
  last_number     bigint not null default 0,
  primary key (organization_id, branch_id),
  foreign key (organization_id, branch_id) references public.branches (organization_id, id) on delete cascade
);

alter table public.cash_sessions enable row level security, force row level security;
create policy cash_sessions_read on public.cash_sessions for select to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('orders.read')));
create policy cash_sessions_branch on public.cash_sessions as restrictive for select to authenticated
  using (branch_id = any ((select private.current_branches())::uuid[]));
alter table public.cash_movements enable row level security, force row level security;
create policy cash_movements_read on public.cash_movements for select to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('orders.read')));
create policy cash_movements_branch on public.cash_movements as restrictive for select to authenticated
  using (branch_id = any ((select private.current_branches())::uuid[]));
alter table public.orders enable row level security, force row level security;
create policy orders_read on public.orders for select to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('orders.read')));
create policy orders_branch on public.orders as restrictive for select to authenticated
  using (branch_id = any ((select private.current_branches())::uuid[]));
alter table public.order_items enable row level security, force row level security;
create policy order_items_read on public.order_items for select to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('orders.read')));
create policy order_items_branch on public.order_items as restrictive for select to authenticated
  using (branch_id = any ((select private.current_branches())::uuid[]));
alter table public.order_payments enable row level security, force row level security;
create policy order_payments_read on public.order_payments for select to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('orders.read')));
create policy order_payments_branch on public.order_payments as restrictive for select to authenticated
  using (branch_id = any ((select private.current_branches())::uuid[]));
alter table public.discount_approvals enable row level security, force row level security;
create policy discount_approvals_read on public.discount_approvals for select to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('orders.read')));
create policy discount_approvals_branch on public.discount_approvals as restrictive for select to authenticated
  using (branch_id = any ((select private.current_branches())::uuid[]));
alter table public.parked_sales enable row level security, force row level security;
create policy parked_sales_read on public.parked_sales for select to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('sales.create')));
create policy parked_sales_insert on public.parked_sales for insert to authenticated
  with check (organization_id = (select private.current_org()) and (select private.has_permission('sales.create')));
create policy parked_sales_delete on public.parked_sales for delete to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('sales.create')));
create policy parked_sales_branch on public.parked_sales as restrictive for all to authenticated
  using (branch_id = any ((select private.current_branches())::uuid[]))
  with check (branch_id = any ((select private.current_branches())::uuid[]));
grant select on public.cash_sessions, public.cash_movements, public.orders, public.order_items, public.order_payments,
  public.discount_approvals, public.parked_sales to authenticated;
grant insert (branch_id, label, cart) on public.parked_sales to authenticated;
grant delete on public.parked_sales to authenticated;
-- Deferred: a sale moves its stock before its number, the last lock, lets the order be written.
alter table public.stock_movements add foreign key (organization_id, branch_id, order_id)
  references public.orders (organization_id, branch_id, id) on delete no action deferrable initially deferred;
create index stock_movements_of_order on public.stock_movements (organization_id, branch_id, order_id) where order_id is not null;

-- Today in a branch: Santiago at 23:30 is not tomorrow.
create function private.branch_date(p_organization uuid, p_branch uuid) returns date
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select (now() at time zone b.time_zone)::date from public.branches b
          where b.organization_id = p_organization and b.id = p_branch);
end
$$;
revoke execute on function private.branch_date(uuid, uuid) from anon, authenticated;
