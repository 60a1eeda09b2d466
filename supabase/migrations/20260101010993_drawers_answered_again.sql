-- What was recorded in a drawer is told again to whoever did not hear it, although the drawer was closed meanwhile.

-- Money in or out of the drawer that is no sale, with its reason. The key makes a second click harmless: whoever sends theirs
-- again hears what became of it before anybody looks at the drawer, or it would be booked a second time elsewhere. Under the
-- same key with another amount, reason or drawer the first one stands, and the caller is told what that was.
create or replace function private.move_cash(p_key text, p_session uuid, p_kind text, p_amount bigint, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('cash.operate');
  v_session public.cash_sessions;
  v_known public.cash_movements;
begin
  select * into v_known from public.cash_movements m
  where m.organization_id = v_member.organization_id and m.idempotency_key = p_key and m.created_by = auth.uid();
  if not found then
    v_session := private.lock_cash_session(v_member, p_session);
    if p_kind = 'paid_out' and p_amount > (private.expected_tenders(v_session) ->> 'cash')::bigint
       and not exists (select from public.cash_movements m where m.organization_id = v_session.organization_id and m.idempotency_key = p_key) then
      perform private.fail('cash_session.not_enough_cash');
    end if;
    insert into public.cash_movements (organization_id, branch_id, cash_session_id, kind, amount, reason, idempotency_key, created_by)
    values (v_session.organization_id, v_session.branch_id, v_session.id, p_kind, p_amount, trim(p_reason), p_key, auth.uid())
    on conflict (organization_id, idempotency_key) do nothing;
    select * into v_known from public.cash_movements m where m.organization_id = v_session.organization_id and m.idempotency_key = p_key;
  end if;
  if (v_known.cash_session_id, v_known.kind, v_known.amount, v_known.reason) is distinct from (p_session, p_kind, p_amount, trim(p_reason)) then
    perform private.fail('idempotency.key_reused', jsonb_build_object('kind', v_known.kind, 'amount', v_known.amount));
  end if;
end
$$;

-- Closes with the blind count: {"cash", "debit", "credit", "transfer"} in pesos. Differences are computed, kept and audited.
-- A closed session stays closed; whoever closed it with this very count hears once more what came of it.
-- Returns {"expected", "counted", "cashDifference"}.
create or replace function private.close_cash_session(p_session uuid, p_counted jsonb, p_note text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('cash.operate');
  v_session public.cash_sessions;
  v_expected jsonb;
  v_difference bigint;
begin
  -- Locked first: the try before this one may still be on its way.
  select * into v_session from public.cash_sessions s
  where s.organization_id = v_member.organization_id and s.id = p_session and s.branch_id = any (private.current_branches()) for update;
  if v_session.status = 'closed' and v_session.closed_by = auth.uid() and v_session.counted = p_counted
     and v_session.note is not distinct from nullif(trim(p_note), '') then
    return jsonb_build_object('expected', v_session.expected, 'counted', p_counted, 'cashDifference', v_session.cash_difference);
  end if;
  v_session := private.lock_cash_session(v_member, p_session);
  v_expected := private.expected_tenders(v_session);
  v_difference := (p_counted ->> 'cash')::bigint - (v_expected ->> 'cash')::bigint;
  update public.cash_sessions set status = 'closed', closed_at = now(), closed_by = auth.uid(), counted = p_counted,
    expected = v_expected, cash_difference = v_difference, note = nullif(trim(p_note), '')
  where organization_id = v_session.organization_id and id = v_session.id;
  perform private.audit('cash_session.closed', 'cash_sessions', v_session.id, nullif(trim(p_note), ''),
    jsonb_build_object('expected', v_expected, 'counted', p_counted, 'cashDifference', v_difference));
  return jsonb_build_object('expected', v_expected, 'counted', p_counted, 'cashDifference', v_difference);
end
$$;
