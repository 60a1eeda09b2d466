-- A receipt that left the shop by mail is in its trail.

-- Sends a receipt by mail, in the background. The address is the cashier's word; rate limits stand at the edge.
-- The trail keeps its first letter and its host: enough to recognize a customer's, too little to write to.
create or replace function private.mail_receipt(p_order uuid, p_email text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_email text := lower(p_email);
  v_number bigint;
begin
  if private.has_permission('orders.read') then
    select o.receipt_number into v_number from public.orders o
    where o.organization_id = private.current_org() and o.id = p_order and o.branch_id = any (private.current_branches());
  end if;
  if v_number is null then
    perform private.fail('order.not_found');
  end if;
  perform private.enqueue('mail.receipt', jsonb_build_object('organizationId', private.current_org(), 'orderId', p_order, 'to', v_email));
  perform private.audit('order.receipt_mailed', 'orders', p_order, null,
    jsonb_build_object('receiptNumber', v_number, 'email', regexp_replace(v_email, '^(.).*@', '\1…@')));
end
$$;
