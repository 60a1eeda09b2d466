-- Days that staff gave from one month into the next were taken for a whole month: their anchor is their own end, and that is
-- where such a month would end, too. A whole period also begins where months from its anchor lead.

-- The day that lies as many months from an anchor as another day does, in UTC.
create function private.on_grid(p_anchor timestamptz, p_at timestamptz) returns timestamptz
language sql immutable set search_path = '' as $$
  select (p_anchor at time zone 'UTC' + make_interval(months =>
    ((extract(year from p_at at time zone 'UTC') - extract(year from p_anchor at time zone 'UTC')) * 12
      + extract(month from p_at at time zone 'UTC') - extract(month from p_anchor at time zone 'UTC'))::int)) at time zone 'UTC'
$$;

-- Whether a period is a whole one of its interval, counted in months from its anchor.
create or replace function private.is_whole(p_period private.payment_ledger) returns boolean
language sql immutable set search_path = '' as $$
  select p_period.period_start = private.on_grid(p_period.anchor_at, p_period.period_start)
    and p_period.period_end = private.next_period_end(p_period.anchor_at, p_period.period_start, p_period.billing_interval)
$$;
