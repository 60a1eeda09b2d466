-- Selling reads what is sold and nothing else: with generic plans a join against the lines of a sale read all products
-- and all levels of the shop, because nobody tells the planner that a sale has three lines and not a hundred.

-- The lines of a sale with prices from the catalogue: quantity, discount and totals in pesos. Granted to nobody.
-- A line's discount is rounded half up once; tax is never computed by line. PL/pgSQL, because it keeps its plan.
create or replace function private.price_lines(p_organization uuid, p_lines jsonb)
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
  -- The limit changes no answer, it holds the planner to one look-up a line.
  cross join lateral (select * from public.products o where o.organization_id = p_organization and o.id = x.product_id and o.archived_at is null limit 1) p
  cross join lateral (select (p.price * x.quantity * x.discount_bp + 5000) / 10000 as discount) d;
end
$$;

-- Moves stock and writes the ledger. p_moves: [{"productId", "quantity" (signed), "unitCost"?}]. Product after product in
-- the order of their ids, so that no two movements wait for each other. Refuses as a whole what would go below zero and
-- may not, with all products that fall short.
create or replace function private.move_stock(p_organization uuid, p_branch uuid, p_moves jsonb, p_kind text, p_reason text, p_document uuid, p_order uuid)
returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_move record;
  v_balance int;
  v_short jsonb := '[]';
begin
  for v_move in
    select (m ->> 'productId')::uuid as product_id, (m ->> 'quantity')::int as quantity, (m ->> 'unitCost')::bigint as unit_cost
    from jsonb_array_elements(p_moves) m order by 1
  loop
    loop
      update public.stock_levels l set quantity = l.quantity + v_move.quantity
      where l.organization_id = p_organization and l.branch_id = p_branch and l.product_id = v_move.product_id
      returning l.quantity into v_balance;
      exit when found;
      -- A product that never stood in this branch has no level yet.
      insert into public.stock_levels (organization_id, branch_id, product_id) values (p_organization, p_branch, v_move.product_id)
      on conflict do nothing;
    end loop;
    if v_move.quantity < 0 and v_balance < 0 then
      v_short := v_short || coalesce((
        select jsonb_build_object('productId', p.id, 'name', p.name, 'available', v_balance - v_move.quantity, 'wanted', -v_move.quantity)
        from public.products p where p.organization_id = p_organization and p.id = v_move.product_id and not p.allows_negative), '[]');
    end if;
    insert into public.stock_movements (organization_id, branch_id, product_id, kind, quantity, balance_after, unit_cost, reason,
                                        document_id, order_id, created_by)
    values (p_organization, p_branch, v_move.product_id, p_kind, v_move.quantity, v_balance, v_move.unit_cost, p_reason, p_document, p_order, auth.uid());
  end loop;
  if v_short <> '[]' then
    perform private.fail('sale.insufficient_stock', v_short -> 0 || jsonb_build_object('products', v_short));
  end if;
end
$$;

-- Refuses a branch that is archived or that this member does not work in. For functions that know their member already.
create function private.require_branch_of(p_member public.admin_users, p_branch uuid) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (
    select from public.branches b
    where b.organization_id = p_member.organization_id and b.id = p_branch and b.archived_at is null
      and (p_member.all_branches or exists (
        select from public.member_branches m where m.organization_id = b.organization_id and m.member_id = p_member.id and m.branch_id = b.id))
  ) then
    perform private.fail('branch.not_found');
  end if;
end
$$;
revoke execute on function private.require_branch_of(public.admin_users, uuid) from anon, authenticated;

create or replace function private.require_branch(p_branch uuid) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_branch_of(private.membership(false), p_branch);
end
$$;

-- What a stock form moves: its lines by product, signed. Refuses products that are not the shop's, or that hold no stock.
create or replace function private.stock_moves(p_organization uuid, p_lines jsonb, p_sign int) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_moves jsonb;
begin
  if jsonb_array_length(p_lines) not between 1 and 500 then
    perform private.fail('input.invalid', '{"field": "lines"}');
  end if;
  if exists (
    select from jsonb_array_elements(p_lines) l
    left join lateral (select o.tracks_stock from public.products o
                       where o.organization_id = p_organization and o.id = (l ->> 'productId')::uuid limit 1) p on true
    where p.tracks_stock is not true) then
    perform private.fail('product.not_found');
  end if;
  select jsonb_agg(jsonb_build_object('productId', x.product_id, 'quantity', p_sign * x.quantity, 'unitCost', x.unit_cost)) into v_moves
  from (select l ->> 'productId' as product_id, sum((l ->> 'quantity')::int)::int as quantity, max((l ->> 'unitCost')::bigint) as unit_cost
        from jsonb_array_elements(p_lines) l group by 1) x where x.quantity <> 0;
  return v_moves;
end
$$;

-- Records one sale. p_sale: {"branchId", "customerId"?, "lines": [{"productId", "quantity", "discountPercent"?}],
-- "tenders": [{"method", "amount"}], "approvalId"?, "note"?, "expectedTotal"?}; the cash amount is what was handed over.
-- expectedTotal is what the till showed to the customer: a price that changed meanwhile is refused, not charged.
-- The same key with the same sale answers the same again, until that sale is voided; with another sale it is refused.
-- Definer: stock, numbers and totals are written by no role; the organization is the caller's.
-- Locks: key, cash session (shared), stock levels by product, receipt counter last.
create or replace function private.record_sale(p_key text, p_sale jsonb) returns jsonb
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
    -- Whoever asks once more may not hear of a sale that was taken back meanwhile: goods and money are where they were before.
    if v_order.status = 'voided' then
      perform private.fail('sale.already_voided', jsonb_build_object('receiptNumber', v_order.receipt_number));
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
  perform private.require_branch_of(v_member, v_order.branch_id);
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
    -- With the names of the shop's own: what was archived since it came into the cart.
    perform private.fail('product.not_found', jsonb_build_object('products', (
      select jsonb_agg(jsonb_build_object('productId', l ->> 'productId', 'name', p.name)) from jsonb_array_elements(p_sale -> 'lines') l
      left join public.products p on p.organization_id = v_order.organization_id and p.id = (l ->> 'productId')::uuid
      where p.id is null or p.archived_at is not null)));
  end if;
  if v_lines is null then
    perform private.fail('sale.empty');
  end if;
  if (p_sale ->> 'expectedTotal')::bigint <> v_order.total then
    perform private.fail('sale.price_changed', jsonb_build_object('total', v_order.total));
  end if;
  v_order.net := private.net_of(v_taxable);
  v_order.tax := v_taxable - v_order.net;
  perform private.require_discount(v_member, v_order.branch_id, v_highest_bp, v_order.discount, (p_sale ->> 'approvalId')::uuid);

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
    where a.organization_id = v_order.organization_id and a.id = (p_sale ->> 'approvalId')::uuid and a.order_id is null
      and a.branch_id = v_order.branch_id and a.requested_by = v_member.id;
  end if;
  return private.sale_answer(v_order);
end
$$;
