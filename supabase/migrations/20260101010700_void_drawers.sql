-- From which drawer a voided sale is given back, so that every drawer can still be squared afterwards.

-- What each tender of a session should hold. Granted to nobody: a blind count must not be told.
-- Slips are never fewer than none: a card payment of a drawer that was counted already, voided here, leaves nothing to count.
create or replace function private.expected_tenders(p_session public.cash_sessions) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_object_agg(t.method, case t.method when 'cash' then p_session.opening_float + coalesce(p.amount, 0) + coalesce(m.amount, 0)
                                    else greatest(coalesce(p.amount, 0), 0) end)
  from unnest(array['cash', 'debit', 'credit', 'transfer']) t (method)
  left join (select method, sum(amount)::bigint as amount from public.order_payments
             where organization_id = p_session.organization_id and branch_id = p_session.branch_id and cash_session_id = p_session.id
             group by method) p on p.method = t.method
  cross join (select sum(case kind when 'paid_in' then amount else -amount end)::bigint as amount from public.cash_movements
              where organization_id = p_session.organization_id and cash_session_id = p_session.id) m
$$;

-- The drawer out of which a voided sale's cash is given back: the chosen one, else the one that took it while that is open,
-- else the voider's own. Somebody else's takes cash.review, as every movement of theirs. A shop has one physical till as a
-- rule, so the money lies where the sale put it. Locked, so that what it holds is still there when it is given out.
create function private.drawer_for_void(p_member public.admin_users, p_order public.orders, p_chosen uuid, p_cash bigint)
returns public.cash_sessions
language plpgsql security definer set search_path = '' as $$
declare
  v_review boolean := private.has_permission('cash.review');
  v_drawer public.cash_sessions;
begin
  if p_chosen is not null then
    v_drawer := private.lock_cash_session(p_member, p_chosen);
    if v_drawer.branch_id <> p_order.branch_id then
      perform private.fail('cash_session.not_found');
    end if;
  else
    select * into v_drawer from public.cash_sessions s
    where s.organization_id = p_order.organization_id and s.branch_id = p_order.branch_id and s.status = 'open'
      and (s.member_id = p_member.id or (s.id = p_order.cash_session_id and v_review))
    order by s.id is not distinct from p_order.cash_session_id desc limit 1;
    if v_drawer.id is null then
      perform private.fail('cash_session.required');
    end if;
  end if;
  if p_cash > (private.expected_tenders(v_drawer) ->> 'cash')::bigint then
    perform private.fail('cash_session.not_enough_cash');
  end if;
  return v_drawer;
end
$$;
revoke execute on function private.drawer_for_void(public.admin_users, public.orders, uuid, bigint) from anon, authenticated;

-- Voids a sale: stock comes back, the record and its number stay. Cash goes out of `p_drawer` (see drawer_for_void); what was
-- paid otherwise leaves the drawer that it was counted into while that is open, else the voider's, and none if it entered none.
-- Doing it twice is refused, so that no second click gives money out.
-- Locks: order, drawers by id, stock levels by product.
drop function private.void_order(uuid, text);
create function private.void_order(p_order uuid, p_reason text, p_drawer uuid default null) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('orders.void');
  v_reason text := trim(coalesce(p_reason, ''));
  v_order public.orders;
  v_cash bigint;
  v_drawer public.cash_sessions;
  v_own uuid;
  v_moves jsonb;
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
  select coalesce(sum(p.amount) filter (where p.method = 'cash'), 0) into v_cash from public.order_payments p
  where p.organization_id = v_order.organization_id and p.branch_id = v_order.branch_id and p.order_id = v_order.id;
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
  select jsonb_agg(jsonb_build_object('productId', x.product_id, 'quantity', x.quantity)) into v_moves
  from (select m.product_id, -sum(m.quantity) as quantity from public.stock_movements m
        where m.organization_id = v_order.organization_id and m.branch_id = v_order.branch_id and m.order_id = v_order.id
        group by 1 having sum(m.quantity) <> 0) x;
  if v_moves is not null then
    -- A movement's reason is shorter than a void's, which stands whole on the order.
    perform private.move_stock(v_order.organization_id, v_order.branch_id, v_moves, 'void', left(v_reason, 200), null, v_order.id);
  end if;
  perform private.audit('order.voided', 'orders', v_order.id, v_reason,
    jsonb_build_object('receiptNumber', v_order.receipt_number, 'total', v_order.total)
    || case when v_cash > 0 then jsonb_build_object('cash', v_cash, 'drawer', v_drawer.member_name) else '{}' end);
end
$$;
grant execute on function private.void_order(uuid, text, uuid) to authenticated;
