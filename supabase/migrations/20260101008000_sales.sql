-- Cash sessions, orders and their payments. One sale is one function and one transaction; every amount is computed here.

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
language sql stable security definer set search_path = '' as $$
  select (now() at time zone b.time_zone)::date from public.branches b where b.organization_id = p_organization and b.id = p_branch
$$;
revoke execute on function private.branch_date(uuid, uuid) from anon, authenticated;

-- Sets the caller's own approval code (4 to 8 digits). Definer: the hash is readable by nobody.
create function private.set_approval_pin(p_pin text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('discounts.approve');
begin
  if p_pin !~ '^[0-9]{4,8}$' then
    perform private.fail('input.invalid', '{"field": "pin"}');
  end if;
  insert into private.approval_pins (organization_id, member_id, pin_hash)
  values (v_member.organization_id, v_member.id, extensions.crypt(p_pin, extensions.gen_salt('bf', 8)))
  on conflict (organization_id, member_id) do update set pin_hash = excluded.pin_hash, failures = 0, locked_until = null;
  perform private.audit('member.approval_pin_set', 'admin_users', v_member.id, null, null);
end
$$;

-- Who may be called to the till of a branch: names only.
create function private.list_approvers(p_branch uuid) returns table (member_id uuid, full_name text)
language sql stable security definer set search_path = '' as $$
  select m.id, m.full_name from public.admin_users m
  join private.approval_pins p on p.organization_id = m.organization_id and p.member_id = m.id
  where m.organization_id = private.current_org() and m.status = 'active' and private.member_may(m, 'discounts.approve')
    and p_branch = any (private.current_branches())
    and (m.all_branches or exists (select from public.member_branches b
         where b.organization_id = m.organization_id and b.member_id = m.id and b.branch_id = p_branch))
  order by m.full_name
$$;

-- A manager approves a discount at somebody else's till with the short code.
-- Returns {"approvalId"} or {"problem"}: a wrong code must be counted, so the function cannot raise.
create function private.approve_discount(p_branch uuid, p_approver uuid, p_pin text, p_discount_bp int) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('sales.create');
  v_pin private.approval_pins;
  v_approval uuid;
begin
  perform private.require_branch(p_branch);
  if not exists (select from private.list_approvers(p_branch) a where a.member_id = p_approver) then
    return jsonb_build_object('problem', 'sale.approval_invalid');
  end if;
  select * into v_pin from private.approval_pins p
  where p.organization_id = v_member.organization_id and p.member_id = p_approver for update;
  if v_pin.locked_until > now() then
    return jsonb_build_object('problem', 'rate.limited', 'retryAfterSeconds', ceil(extract(epoch from v_pin.locked_until - now())));
  end if;
  if v_pin.pin_hash <> extensions.crypt(p_pin, v_pin.pin_hash) then
    update private.approval_pins p set failures = (p.failures + 1) % 5,
      locked_until = case when p.failures + 1 >= 5 then now() + interval '15 minutes' end
    where p.organization_id = v_member.organization_id and p.member_id = p_approver;
    perform private.record_security_event('approval.wrong_pin', 'warning', p_approver::text, null, '{}');
    return jsonb_build_object('problem', 'sale.approval_invalid');
  end if;
  update private.approval_pins p set failures = 0 where p.organization_id = v_member.organization_id and p.member_id = p_approver;
  insert into public.discount_approvals (organization_id, branch_id, max_discount_bp, requested_by, approved_by)
  values (v_member.organization_id, p_branch, p_discount_bp, v_member.id, p_approver) returning id into v_approval;
  perform private.audit('discount.approved', 'discount_approvals', v_approval, null,
    jsonb_build_object('approvedBy', p_approver, 'discountBp', p_discount_bp));
  return jsonb_build_object('approvalId', v_approval);
end
$$;
grant execute on function private.set_approval_pin(text), private.list_approvers(uuid), private.approve_discount(uuid, uuid, text, int) to authenticated;

-- What a till is told about a finished sale.
create function private.sale_answer(o public.orders) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('orderId', o.id, 'receiptNumber', o.receipt_number, 'net', o.net, 'tax', o.tax, 'exempt', o.exempt,
    'total', o.total, 'change', o.change, 'cashRounding', o.cash_rounding)
$$;
revoke execute on function private.sale_answer(public.orders) from anon, authenticated;

-- The lines of a sale with prices from the catalogue: quantity, discount and totals in pesos. Granted to nobody.
-- A line's discount is rounded half up once; tax is never computed by line. PL/pgSQL, because it keeps its plan.
create function private.price_lines(p_organization uuid, p_lines jsonb)
returns table (line_no int, product_id uuid, product_name text, sku text, quantity int, unit_price bigint, discount_bp int,
               discount bigint, total bigint, tax_kind text, tracks_stock boolean)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query
  select x.line_no, p.id, p.name, p.sku, x.quantity, p.price, x.discount_bp, d.discount, p.price * x.quantity - d.discount, p.tax_kind, p.tracks_stock
  from (select l.ord::int as line_no, (l.line ->> 'productId')::uuid as product_id, (l.line ->> 'quantity')::int as quantity,
               round(coalesce((l.line ->> 'discountPercent')::numeric, 0) * 100)::int as discount_bp
        from jsonb_array_elements(p_lines) with ordinality l (line, ord)) x
  join public.products p on p.organization_id = p_organization and p.id = x.product_id and p.archived_at is null
  cross join lateral (select (p.price * x.quantity * x.discount_bp + 5000) / 10000 as discount) d;
end
$$;
revoke execute on function private.price_lines(uuid, jsonb) from anon, authenticated;

-- Records one sale. p_sale: {"branchId", "customerId"?, "lines": [{"productId", "quantity", "discountPercent"?}],
-- "tenders": [{"method", "amount"}], "approvalId"?, "note"?, "expectedTotal"?}; the cash amount is what was handed over.
-- expectedTotal is what the till showed to the customer: a price that changed meanwhile is refused, not charged.
-- The same key with the same sale answers the same again; with another sale it is refused.
-- Definer: stock, numbers and totals are written by no role; the organization is the caller's.
-- Locks: key, cash session (shared), stock levels by product, receipt counter last.
create function private.record_sale(p_key text, p_sale jsonb) returns jsonb
language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  v_member public.admin_users := private.require_permission('sales.create');
  v_hash bytea := sha256(convert_to(p_sale::text, 'UTF8'));
  v_order public.orders;
  v_lines jsonb;
  v_moves jsonb;
  v_taxable bigint;
  v_highest_bp int;
  v_cash_handed bigint;
  v_other bigint;
  v_cash_due bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended(v_member.organization_id || p_key, 0));
  select * into v_order from public.orders o where o.organization_id = v_member.organization_id and o.idempotency_key = p_key;
  if found then
    if v_order.request_hash <> v_hash or v_order.member_id <> v_member.id then
      perform private.fail('idempotency.key_reused');
    end if;
    return private.sale_answer(v_order);
  end if;
  v_order.organization_id := v_member.organization_id;
  v_order.id := gen_random_uuid();
  v_order.branch_id := (p_sale ->> 'branchId')::uuid;
  v_order.member_id := v_member.id;
  v_order.sold_by_name := v_member.full_name;
  v_order.idempotency_key := p_key;
  v_order.request_hash := v_hash;
  v_order.note := p_sale ->> 'note';
  v_order.status := 'completed';
  v_order.prints := 0;
  v_order.created_at := now();
  perform private.require_branch(v_order.branch_id);
  v_order.business_date := private.branch_date(v_order.organization_id, v_order.branch_id);

  if p_sale ->> 'customerId' is not null then
    select c.id, trim(c.given_names || ' ' || c.surnames) into v_order.customer_id, v_order.customer_name
    from public.customers c where c.organization_id = v_order.organization_id and c.id = (p_sale ->> 'customerId')::uuid and c.archived_at is null;
    if not found then
      perform private.fail('customer.not_found');
    end if;
  end if;

  select jsonb_agg(to_jsonb(l) order by l.line_no), sum(l.quantity), sum(l.unit_price * l.quantity), sum(l.discount),
         coalesce(sum(l.total) filter (where l.tax_kind = 'taxable'), 0), coalesce(sum(l.total) filter (where l.tax_kind = 'exempt'), 0),
         sum(l.total), max(l.discount_bp)
  into v_lines, v_order.item_count, v_order.gross, v_order.discount, v_taxable, v_order.exempt, v_order.total, v_highest_bp
  from private.price_lines(v_order.organization_id, p_sale -> 'lines') l;
  if coalesce(jsonb_array_length(v_lines), 0) <> jsonb_array_length(p_sale -> 'lines') then
    perform private.fail('product.not_found', jsonb_build_object('productIds', (
      select jsonb_agg(l ->> 'productId') from jsonb_array_elements(p_sale -> 'lines') l
      where not exists (select from public.products p where p.organization_id = v_order.organization_id
                        and p.id = (l ->> 'productId')::uuid and p.archived_at is null))));
  end if;
  if v_lines is null then
    perform private.fail('sale.empty');
  end if;
  if (p_sale ->> 'expectedTotal')::bigint <> v_order.total then
    perform private.fail('sale.price_changed', jsonb_build_object('total', v_order.total));
  end if;
  v_order.net := private.net_of(v_taxable);
  v_order.tax := v_taxable - v_order.net;
  perform private.require_discount(v_member, v_order.branch_id, v_highest_bp, (p_sale ->> 'approvalId')::uuid);

  -- Tenders: cards and transfers pay exactly, cash pays the rest rounded by Ley 20.956.
  select coalesce(sum((t ->> 'amount')::bigint) filter (where t ->> 'method' = 'cash'), 0),
         coalesce(sum((t ->> 'amount')::bigint) filter (where t ->> 'method' <> 'cash'), 0)
  into v_cash_handed, v_other from jsonb_array_elements(p_sale -> 'tenders') t;
  v_cash_due := v_order.total - v_other;
  v_order.cash_rounding := case when v_cash_due > 0 then private.round_cash(v_cash_due) - v_cash_due else 0 end;
  v_order.change := v_cash_handed - v_cash_due - v_order.cash_rounding;
  if v_cash_due < 0 or v_order.change < 0 or (v_cash_due = 0 and v_cash_handed > 0) then
    perform private.fail('sale.payment_mismatch', jsonb_build_object('total', v_order.total, 'cashDue', greatest(v_cash_due + v_order.cash_rounding, 0),
      'received', v_cash_handed + v_other));
  end if;
  select s.id into v_order.cash_session_id from public.cash_sessions s
  where s.organization_id = v_order.organization_id and s.branch_id = v_order.branch_id and s.member_id = v_member.id and s.status = 'open' for share;
  if v_cash_due > 0 and v_order.cash_session_id is null then
    perform private.fail('cash_session.required');
  end if;

  select jsonb_agg(jsonb_build_object('productId', x.product_id, 'quantity', -x.quantity)) into v_moves
  from (select l ->> 'product_id' as product_id, sum((l ->> 'quantity')::int) as quantity
        from jsonb_array_elements(v_lines) l where (l ->> 'tracks_stock')::boolean group by 1) x;
  if v_moves is not null then
    perform private.move_stock(v_order.organization_id, v_order.branch_id, v_moves, 'sale', null, null, v_order.id);
  end if;
  insert into private.receipt_counters as c (organization_id, branch_id, last_number) values (v_order.organization_id, v_order.branch_id, 1)
  on conflict (organization_id, branch_id) do update set last_number = c.last_number + 1
  returning c.last_number into v_order.receipt_number;
  insert into public.orders select v_order.*;
  insert into public.order_items (organization_id, branch_id, order_id, position, product_id, product_name, sku, quantity, unit_price,
                                  discount_bp, discount, total, tax_kind)
  select v_order.organization_id, v_order.branch_id, v_order.id, l.line_no, l.product_id, l.product_name, l.sku, l.quantity, l.unit_price,
         l.discount_bp, l.discount, l.total, l.tax_kind
  from jsonb_to_recordset(v_lines) as l (line_no int, product_id uuid, product_name text, sku text, quantity int, unit_price bigint,
                                         discount_bp int, discount bigint, total bigint, tax_kind text);
  insert into public.order_payments (organization_id, branch_id, order_id, cash_session_id, method, amount, handed_over)
  select v_order.organization_id, v_order.branch_id, v_order.id, v_order.cash_session_id, x.method,
         case x.method when 'cash' then v_cash_due + v_order.cash_rounding else x.amount end, case x.method when 'cash' then x.amount end
  from (select t ->> 'method' as method, sum((t ->> 'amount')::bigint)::bigint as amount
        from jsonb_array_elements(p_sale -> 'tenders') t group by 1) x
  where x.amount > 0;
  if p_sale ->> 'approvalId' is not null then
    update public.discount_approvals a set order_id = v_order.id
    where a.organization_id = v_order.organization_id and a.id = (p_sale ->> 'approvalId')::uuid and a.order_id is null;
  end if;
  return private.sale_answer(v_order);
end
$$;

-- Refuses a discount above the role's ceiling without a live approval for this till. Locks the approval: it serves once.
create function private.require_discount(p_member public.admin_users, p_branch uuid, p_discount_bp int, p_approval uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_ceiling int := (select r.max_discount_bp from private.roles r where r.role = p_member.role);
begin
  if p_discount_bp <= v_ceiling then
    return;
  end if;
  if p_approval is null then
    perform private.fail('sale.discount_not_allowed', jsonb_build_object('maxPercent', v_ceiling / 100.0));
  end if;
  perform 1 from public.discount_approvals a
  where a.organization_id = p_member.organization_id and a.id = p_approval and a.branch_id = p_branch and a.requested_by = p_member.id
    and a.order_id is null and a.expires_at > now() and a.max_discount_bp >= p_discount_bp for update;
  if not found then
    perform private.fail('sale.approval_invalid');
  end if;
end
$$;
revoke execute on function private.require_discount(public.admin_users, uuid, int, uuid) from anon, authenticated;

-- Voids a sale: stock comes back, money goes out of the voider's drawer, the record and its number stay.
-- Doing it twice is refused, so that no second click gives money out.
create function private.void_order(p_order uuid, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('orders.void');
  v_order public.orders;
  v_session uuid;
  v_moves jsonb;
begin
  if length(trim(coalesce(p_reason, ''))) < 3 then
    perform private.fail('input.invalid', '{"field": "reason"}');
  end if;
  select * into v_order from public.orders o
  where o.organization_id = v_member.organization_id and o.id = p_order and o.branch_id = any (private.current_branches()) for update;
  if v_order.id is null then
    perform private.fail('order.not_found');
  end if;
  if v_order.status = 'voided' then
    perform private.fail('sale.already_voided');
  end if;
  select s.id into v_session from public.cash_sessions s
  where s.organization_id = v_order.organization_id and s.branch_id = v_order.branch_id and s.member_id = v_member.id and s.status = 'open' for share;
  if v_session is null and exists (select from public.order_payments p where p.organization_id = v_order.organization_id
      and p.branch_id = v_order.branch_id and p.order_id = v_order.id and p.method = 'cash' and p.amount > 0) then
    perform private.fail('cash_session.required');
  end if;
  update public.orders set status = 'voided', voided_at = now(), voided_by_name = v_member.full_name, void_reason = trim(p_reason)
  where organization_id = v_order.organization_id and id = v_order.id;
  insert into public.order_payments (organization_id, branch_id, order_id, cash_session_id, kind, method, amount)
  select p.organization_id, p.branch_id, p.order_id, v_session, 'void', p.method, -p.amount
  from public.order_payments p where p.organization_id = v_order.organization_id and p.branch_id = v_order.branch_id and p.order_id = v_order.id;
  select jsonb_agg(jsonb_build_object('productId', x.product_id, 'quantity', x.quantity)) into v_moves
  from (select m.product_id, -sum(m.quantity) as quantity from public.stock_movements m
        where m.organization_id = v_order.organization_id and m.branch_id = v_order.branch_id and m.order_id = v_order.id
        group by 1 having sum(m.quantity) <> 0) x;
  if v_moves is not null then
    perform private.move_stock(v_order.organization_id, v_order.branch_id, v_moves, 'void', trim(p_reason), null, v_order.id);
  end if;
  perform private.audit('order.voided', 'orders', v_order.id, trim(p_reason),
    jsonb_build_object('receiptNumber', v_order.receipt_number, 'total', v_order.total));
end
$$;

-- Counts a print. Returns how many there were before: the first is the original, the rest say COPIA.
create function private.count_print(p_order uuid) returns int
language plpgsql security definer set search_path = '' as $$
declare
  v_prints int;
begin
  update public.orders o set prints = o.prints + 1
  where o.organization_id = private.current_org() and o.id = p_order and o.branch_id = any (private.current_branches())
    and private.has_permission('orders.read')
  returning o.prints - 1 into v_prints;
  if v_prints is null then
    perform private.fail('order.not_found');
  end if;
  return v_prints;
end
$$;

-- Sends a receipt by mail, in the background. The address is the cashier's word; rate limits stand at the edge.
create function private.mail_receipt(p_order uuid, p_email text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not private.has_permission('orders.read') or not exists (select from public.orders o
      where o.organization_id = private.current_org() and o.id = p_order and o.branch_id = any (private.current_branches())) then
    perform private.fail('order.not_found');
  end if;
  perform private.enqueue('mail.receipt', jsonb_build_object('organizationId', private.current_org(), 'orderId', p_order, 'to', lower(p_email)));
end
$$;

-- Opens the caller's drawer in a branch. One open session per branch and member.
create function private.open_cash_session(p_branch uuid, p_float bigint) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('cash.operate');
  v_session uuid;
begin
  perform private.require_branch(p_branch);
  insert into public.cash_sessions (organization_id, branch_id, member_id, member_name, opening_float, business_date)
  values (v_member.organization_id, p_branch, v_member.id, v_member.full_name, p_float, private.branch_date(v_member.organization_id, p_branch))
  on conflict (organization_id, branch_id, member_id) where status = 'open' do nothing
  returning id into v_session;
  if v_session is null then
    perform private.fail('cash_session.already_open');
  end if;
  return v_session;
end
$$;

-- The caller's own open session, locked; a manager (cash.review) may name somebody else's. Granted to nobody.
create function private.lock_cash_session(p_member public.admin_users, p_session uuid) returns public.cash_sessions
language plpgsql security definer set search_path = '' as $$
declare
  v_session public.cash_sessions;
begin
  select * into v_session from public.cash_sessions s
  where s.organization_id = p_member.organization_id and s.id = p_session and s.branch_id = any (private.current_branches()) for update;
  if v_session.id is null or (v_session.member_id <> p_member.id and not private.has_permission('cash.review')) then
    perform private.fail('cash_session.not_found');
  end if;
  if v_session.status <> 'open' then
    perform private.fail('cash_session.not_open');
  end if;
  return v_session;
end
$$;
revoke execute on function private.lock_cash_session(public.admin_users, uuid) from anon, authenticated;

-- Money in or out of the drawer that is no sale, with its reason. The key makes a second click harmless.
create function private.move_cash(p_key text, p_session uuid, p_kind text, p_amount bigint, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('cash.operate');
  v_session public.cash_sessions := private.lock_cash_session(v_member, p_session);
begin
  if p_kind = 'paid_out' and p_amount > (private.expected_tenders(v_session) ->> 'cash')::bigint
     and not exists (select from public.cash_movements m where m.organization_id = v_session.organization_id and m.idempotency_key = p_key) then
    perform private.fail('cash_session.not_enough_cash');
  end if;
  insert into public.cash_movements (organization_id, branch_id, cash_session_id, kind, amount, reason, idempotency_key, created_by)
  values (v_session.organization_id, v_session.branch_id, v_session.id, p_kind, p_amount, trim(p_reason), p_key, auth.uid())
  on conflict (organization_id, idempotency_key) do nothing;
end
$$;

-- What each tender of a session should hold. Granted to nobody: a blind count must not be told.
create function private.expected_tenders(p_session public.cash_sessions) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_object_agg(t.method, coalesce(p.amount, 0) + case t.method when 'cash' then p_session.opening_float + coalesce(m.amount, 0) else 0 end)
  from unnest(array['cash', 'debit', 'credit', 'transfer']) t (method)
  left join (select method, sum(amount)::bigint as amount from public.order_payments
             where organization_id = p_session.organization_id and branch_id = p_session.branch_id and cash_session_id = p_session.id
             group by method) p on p.method = t.method
  cross join (select sum(case kind when 'paid_in' then amount else -amount end)::bigint as amount from public.cash_movements
              where organization_id = p_session.organization_id and cash_session_id = p_session.id) m
$$;
revoke execute on function private.expected_tenders(public.cash_sessions) from anon, authenticated;

-- Closes with the blind count: {"cash", "debit", "credit", "transfer"} in pesos. Differences are computed, kept and audited.
-- A closed session stays closed. Returns {"expected", "counted", "cashDifference"}.
create function private.close_cash_session(p_session uuid, p_counted jsonb, p_note text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('cash.operate');
  v_session public.cash_sessions := private.lock_cash_session(v_member, p_session);
  v_expected jsonb := private.expected_tenders(v_session);
  v_difference bigint := (p_counted ->> 'cash')::bigint - (v_expected ->> 'cash')::bigint;
begin
  update public.cash_sessions set status = 'closed', closed_at = now(), closed_by = auth.uid(), counted = p_counted,
    expected = v_expected, cash_difference = v_difference, note = nullif(trim(p_note), '')
  where organization_id = v_session.organization_id and id = v_session.id;
  perform private.audit('cash_session.closed', 'cash_sessions', v_session.id, nullif(trim(p_note), ''),
    jsonb_build_object('expected', v_expected, 'counted', p_counted, 'cashDifference', v_difference));
  return jsonb_build_object('expected', v_expected, 'counted', p_counted, 'cashDifference', v_difference);
end
$$;
grant execute on function private.record_sale(text, jsonb), private.void_order(uuid, text), private.count_print(uuid),
  private.mail_receipt(uuid, text), private.open_cash_session(uuid, bigint), private.move_cash(text, uuid, text, bigint, text),
  private.close_cash_session(uuid, jsonb, text) to authenticated;
