-- One sale is one function and one transaction; every amount is computed here. Discounts, approval at the till, voids, prints.

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
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('orderId', o.id, 'receiptNumber', o.receipt_number, 'net', o.net, 'tax', o.tax, 'exempt', o.exempt,
    'total', o.total, 'change', o.change, 'cashRounding', o.cash_rounding);
end
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

grant execute on function private.record_sale(text, jsonb), private.void_order(uuid, text), private.count_print(uuid),
  private.mail_receipt(uuid, text) to authenticated;
