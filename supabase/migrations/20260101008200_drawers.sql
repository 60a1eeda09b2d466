-- The drawer's day: opened with a float, cash in and out, counted blind, closed with its differences.

-- Opens the caller's drawer in a branch. One open session per branch and member.
create function private.open_cash_session(p_branch uuid, p_float bigint) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('cash.operate');
  v_session uuid;
begin
  -- A drawer is opened to sell. One that is open when a plan loses the till can still be counted and closed.
  perform private.org_with_feature('pos');
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

grant execute on function private.open_cash_session(uuid, bigint), private.move_cash(text, uuid, text, bigint, text),
  private.close_cash_session(uuid, jsonb, text) to authenticated;
