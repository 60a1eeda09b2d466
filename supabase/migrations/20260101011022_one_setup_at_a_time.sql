-- What is left to do at a gateway once the payer agreed is done by one worker at a time. Flow knows no repeated request: two
-- workers that held two notices of one renewal both looked, both found nothing, and made two subscriptions on one card.

alter table public.auto_renewals add column working_until timestamptz;
comment on column public.auto_renewals.working_until is
  'Until when one worker alone asks about a renewal that is not set up yet; one that died is waited for no longer.';

-- Lets one caller alone ask about a renewal while something may be left to do at its gateway.
-- Returns null where nothing is; else {until}, or {until: null} while somebody else does it.
create function private.lease_auto_renewal(p_organization uuid, p_renewal uuid, p_for interval) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_renewal public.auto_renewals;
begin
  select * into v_renewal from public.auto_renewals a where a.organization_id = p_organization and a.id = p_renewal for no key update;
  if v_renewal.id is null or v_renewal.status not in ('creating', 'pending', 'expired') then
    return null;
  end if;
  if v_renewal.working_until > clock_timestamp() then
    return jsonb_build_object('until', null);
  end if;
  update public.auto_renewals a set working_until = clock_timestamp() + p_for
  where a.organization_id = p_organization and a.id = p_renewal returning * into v_renewal;
  return jsonb_build_object('until', v_renewal.working_until);
end
$$;

-- Gives a lease back; one that ran out may be somebody else's by now.
create function private.release_auto_renewal(p_organization uuid, p_renewal uuid, p_until timestamptz) returns void
language sql volatile set search_path = '' as $$
  update public.auto_renewals a set working_until = null
  where a.organization_id = p_organization and a.id = p_renewal and a.working_until = p_until
$$;
