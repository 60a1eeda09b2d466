-- What is left of a shop's paid time after its subscription ended, for the page on which it buys again: that plan, at the
-- version that it would be sold. No row while a subscription lives, or where nothing is left.
-- Definer: the ledger of paid periods is in no member's tables.
create function private.paid_time_left() returns table (tier_code text, tier_version int, billing_interval text, until timestamptz)
language plpgsql stable security definer set search_path = '' as $$
declare
  v_left public.subscriptions;
begin
  if private.has_permission('billing.read') then
    v_left := private.standing_of(private.billing_org());
  end if;
  return query select v_left.tier_code, v_left.tier_version, v_left.billing_interval, v_left.current_period_end
  where v_left.id is null and v_left.organization_id is not null;
end
$$;
grant execute on function private.paid_time_left() to authenticated;
