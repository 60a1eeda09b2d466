-- The key of a movement of cash belongs to that movement alone.

-- Money in or out of the drawer that is no sale, with its reason. The key makes a second click harmless; under the same key
-- with another amount, reason or drawer the first one stands, and the caller is told what that was.
create or replace function private.move_cash(p_key text, p_session uuid, p_kind text, p_amount bigint, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('cash.operate');
  v_session public.cash_sessions := private.lock_cash_session(v_member, p_session);
  v_known public.cash_movements;
begin
  if p_kind = 'paid_out' and p_amount > (private.expected_tenders(v_session) ->> 'cash')::bigint
     and not exists (select from public.cash_movements m where m.organization_id = v_session.organization_id and m.idempotency_key = p_key) then
    perform private.fail('cash_session.not_enough_cash');
  end if;
  insert into public.cash_movements (organization_id, branch_id, cash_session_id, kind, amount, reason, idempotency_key, created_by)
  values (v_session.organization_id, v_session.branch_id, v_session.id, p_kind, p_amount, trim(p_reason), p_key, auth.uid())
  on conflict (organization_id, idempotency_key) do nothing;
  select * into v_known from public.cash_movements m where m.organization_id = v_session.organization_id and m.idempotency_key = p_key;
  if (v_known.cash_session_id, v_known.kind, v_known.amount, v_known.reason) is distinct from (v_session.id, p_kind, p_amount, trim(p_reason)) then
    perform private.fail('idempotency.key_reused', jsonb_build_object('kind', v_known.kind, 'amount', v_known.amount));
  end if;
end
$$;
