-- A sale of an archived branch that gives back neither goods nor cash is voided as any other: a service that was paid by card.

-- Voids a sale: stock comes back, the record and its number stay. Cash goes out of `p_drawer` (see drawer_for_void); what was
-- paid otherwise leaves the drawer that it was counted into while that is open, else the voider's, and none if it entered none.
-- Doing it twice is refused, so that no second click gives money out. Not in an archived branch where goods would come back to
-- where nobody can sell them, send them on or count them, or cash would be given out of a drawer that cannot be opened.
-- Locks: order, branch (shared), drawers by id, stock levels by product.
create or replace function private.void_order(p_order uuid, p_reason text, p_drawer uuid default null) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('orders.void');
  v_reason text := trim(coalesce(p_reason, ''));
  v_order public.orders;
  v_cash bigint;
  v_drawer public.cash_sessions;
  v_own uuid;
  v_moves jsonb;
  v_archived boolean;
begin
  if length(v_reason) < 3 then
    perform private.fail('input.invalid', '{"field": "reason"}');
  end if;
  select * into v_order from public.orders o
  where o.organization_id = v_member.organization_id and o.id = p_order and o.branch_id = any (private.current_branches()) for update;
  if v_order.id is null then
    perform private.fail('order.not_found');
  end if;
  if v_order.status = 'voided' then
    perform private.fail('sale.already_voided', jsonb_build_object('receiptNumber', v_order.receipt_number));
  end if;
  -- Held until the goods are back: who archives the branch waits, and then finds them there.
  perform from public.branches b
  where b.organization_id = v_order.organization_id and b.id = v_order.branch_id and b.archived_at is null for key share;
  v_archived := not found;
  select coalesce(sum(p.amount) filter (where p.method = 'cash'), 0) into v_cash from public.order_payments p
  where p.organization_id = v_order.organization_id and p.branch_id = v_order.branch_id and p.order_id = v_order.id;
  select jsonb_agg(jsonb_build_object('productId', x.product_id, 'quantity', x.quantity)) into v_moves
  from (select m.product_id, -sum(m.quantity) as quantity from public.stock_movements m
        where m.organization_id = v_order.organization_id and m.branch_id = v_order.branch_id and m.order_id = v_order.id
        group by 1 having sum(m.quantity) <> 0) x;
  if v_archived and (v_cash > 0 or v_moves is not null) then
    perform private.fail('branch.archived');
  end if;
  perform from public.cash_sessions s
  where s.organization_id = v_order.organization_id and s.branch_id = v_order.branch_id
    and (s.id in (v_order.cash_session_id, p_drawer) or (s.member_id = v_member.id and s.status = 'open'))
  order by s.id for update;
  if v_cash > 0 then
    v_drawer := private.drawer_for_void(v_member, v_order, p_drawer, v_cash);
  end if;
  select s.id into v_own from public.cash_sessions s
  where s.organization_id = v_order.organization_id and s.branch_id = v_order.branch_id and s.member_id = v_member.id and s.status = 'open';

  update public.orders set status = 'voided', voided_at = now(), voided_by_name = v_member.full_name, void_reason = v_reason
  where organization_id = v_order.organization_id and id = v_order.id;
  insert into public.order_payments (organization_id, branch_id, order_id, cash_session_id, kind, method, amount)
  select p.organization_id, p.branch_id, p.order_id,
         case when p.method = 'cash' and p.amount > 0 then v_drawer.id when s.status = 'closed' then v_own else s.id end,
         'void', p.method, -p.amount
  from public.order_payments p
  left join public.cash_sessions s on s.organization_id = p.organization_id and s.branch_id = p.branch_id and s.id = p.cash_session_id
  where p.organization_id = v_order.organization_id and p.branch_id = v_order.branch_id and p.order_id = v_order.id;
  if v_moves is not null then
    -- A movement's reason is shorter than a void's, which stands whole on the order.
    perform private.move_stock(v_order.organization_id, v_order.branch_id, v_moves, 'void', left(v_reason, 200), null, v_order.id);
  end if;
  perform private.audit('order.voided', 'orders', v_order.id, v_reason,
    jsonb_build_object('receiptNumber', v_order.receipt_number, 'total', v_order.total)
    || case when v_cash > 0 then jsonb_build_object('cash', v_cash, 'drawer', v_drawer.member_name) else '{}' end);
end
$$;
