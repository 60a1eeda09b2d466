-- Locks are taken in one order wherever money is told of: payments, the subscription, the audit trail. What a renewal collected
-- and staff pay back while its gateway speaks of it, too.

-- The payments among these charges of a renewal that are known already, locked. Others wait: they are whole in a moment.
create function private.lock_charges(p_organization uuid, p_renewal uuid, p_charges jsonb) returns void
language plpgsql set search_path = '' as $$
begin
  perform from public.payments p
  where p.organization_id = p_organization and p.auto_renewal_id = p_renewal and (
    p.idempotency_key in (select left('charge:' || (c #>> '{references,0,value}'), 200) from jsonb_array_elements(p_charges) c)
    or p.id in (select r.payment_id from jsonb_array_elements(p_charges) c
                cross join jsonb_array_elements(coalesce(c -> 'references', '[]')) n
                join private.payment_references r on r.organization_id = p_organization and r.gateway = p.gateway
                  and r.kind = n ->> 'kind' and r.reference = n ->> 'value'))
  order by p.id for update;
end
$$;

-- Applies what the gateway answered when asked about a renewal and its charges, in one transaction. Safe to run twice,
-- in any order and from two workers at once: each charge becomes one payment, whatever names it comes under.
--
-- p_state       the port's AutoRenewalState, or null where only charges are known
-- p_charges     the port's PaymentStates
-- p_fetched_at  when the question began: an answer to an earlier question than the last one changes no state
create or replace function private.apply_auto_renewal_state(p_organization uuid, p_renewal uuid, p_state jsonb, p_charges jsonb,
                                                 p_fetched_at timestamptz, p_events bigint[]) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_before public.auto_renewals;
  v_now public.auto_renewals;
  v_charge jsonb;
  v_verdict text := 'same';
begin
  -- The payments that are known first, as whoever pays one back has it. Then the subscription, as whoever stops a renewal has it. Then all renewals of the organization, always in this order:
  -- which of them collects is decided among them.
  perform private.lock_charges(p_organization, p_renewal, p_charges);
  perform private.lock_subscription(p_organization);
  perform from public.auto_renewals a where a.organization_id = p_organization order by a.created_at, a.id for no key update;
  select * into v_before from public.auto_renewals a where a.organization_id = p_organization and a.id = p_renewal;
  if v_before.id is null then
    perform private.fail('auto_renewal.not_found');
  end if;
  if p_state is not null and p_fetched_at >= coalesce(v_before.checked_at, '-infinity') then
    v_verdict := private.step_auto_renewal(v_before, p_state, p_fetched_at);
  end if;
  select * into v_now from public.auto_renewals a where a.organization_id = p_organization and a.id = p_renewal;
  for v_charge in select c from jsonb_array_elements(p_charges) with ordinality e (c, nth) order by nth loop
    perform private.apply_charge(v_now, v_before, v_charge, p_fetched_at);
  end loop;
  perform private.close_notices(v_before.gateway, p_fetched_at, p_events);
  return jsonb_build_object('verdict', v_verdict, 'from', v_before.status, 'to', v_now.status, 'reason', v_now.reason,
                            'charges', jsonb_array_length(p_charges));
end
$$;
