-- A paid period that is moved keeps its length. Days that staff gave, what is left of a period, and one that was shortened are no
-- whole month or year; moved, each became one. And what is bought after such a one is a whole period from there, not what was
-- left of a month that began elsewhere.

-- Whether a period is a whole one of its interval, counted in months from its anchor.
create function private.is_whole(p_period private.payment_ledger) returns boolean
language sql immutable set search_path = '' as $$
  select p_period.period_end = private.next_period_end(p_period.anchor_at, p_period.period_start, p_period.billing_interval)
$$;

-- Where a period ends that begins elsewhere.
create function private.moved_end(p_period private.payment_ledger, p_start timestamptz) returns timestamptz
language sql stable set search_path = '' as $$
  select case when private.is_whole(p_period) then private.next_period_end(p_start, p_start, p_period.billing_interval)
    else p_start + (p_period.period_end - p_period.period_start) end
$$;

-- The anchor of the whole period that ends where another begins; the beginning itself where there is none.
create or replace function private.period_anchor(p_organization uuid, p_start timestamptz) returns timestamptz
language sql stable set search_path = '' as $$
  select coalesce((select l.anchor_at from private.payment_ledger l
    where l.organization_id = p_organization and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end = p_start
      and private.is_whole(l)
    order by l.at desc limit 1), p_start)
$$;

-- Lays the living periods end to end from now, or from the end of a trial that still runs: a gap that a refund left
-- closes, and of two that run at once the older waits with what is left of it. So the order in which gateways tell
-- things does not matter.
create or replace function private.lay_periods(p_organization uuid, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  v_begins timestamptz := greatest(p_now, (select s.trial_ends_at from public.subscriptions s
                                           where s.organization_id = p_organization and s.status <> 'cancelled'));
  v_period private.payment_ledger;
  v_cursor timestamptz;
  v_left numeric;
begin
  for v_period in
    select * from private.payment_ledger l
    where l.organization_id = p_organization and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end > p_now
    order by l.period_start <= p_now desc, case when l.period_start <= p_now then l.period_start end desc, l.period_start, l.at, l.payment_id
    for update
  loop
    if v_cursor is null and v_period.period_start <= p_now then
      v_cursor := v_period.period_end;
      continue;
    end if;
    v_cursor := coalesce(v_cursor, v_begins);
    if v_period.period_start <= p_now then
      v_left := extract(epoch from v_period.period_end - p_now) / extract(epoch from v_period.period_end - v_period.period_start);
      update private.payment_ledger l set period_start = v_cursor, period_end = v_cursor + (v_period.period_end - p_now), anchor_at = v_cursor,
        value = floor((select coalesce(v_period.value, p.amount) from public.payments p
                       where p.organization_id = p_organization and p.id = v_period.payment_id) * v_left)
      where l.organization_id = p_organization and l.payment_id = v_period.payment_id and l.effect_kind = 'activated' returning * into v_period;
    elsif v_period.period_start <> v_cursor then
      update private.payment_ledger l set period_start = v_cursor, anchor_at = v_cursor, period_end = private.moved_end(l, v_cursor)
      where l.organization_id = p_organization and l.payment_id = v_period.payment_id and l.effect_kind = 'activated' returning * into v_period;
      perform private.move_invoice(p_organization, v_period.payment_id, v_period.period_start, v_period.period_end);
    end if;
    v_cursor := v_period.period_end;
  end loop;
end
$$;

-- Where the living periods of an organization end once they are laid end to end from now, as lay_periods would lay them;
-- null: nothing that still runs.
create or replace function private.laid_until(p_organization uuid, p_now timestamptz) returns timestamptz
language plpgsql stable set search_path = '' as $$
declare
  v_period private.payment_ledger;
  v_until timestamptz;
begin
  for v_period in
    select * from private.payment_ledger l
    where l.organization_id = p_organization and l.effect_kind = 'activated' and l.superseded_by is null and l.period_end > p_now
    order by l.period_start <= p_now desc, case when l.period_start <= p_now then l.period_start end desc, l.period_start, l.at, l.payment_id
  loop
    v_until := case
      when v_until is null and v_period.period_start <= p_now then v_period.period_end
      when v_period.period_start <= p_now then v_until + (v_period.period_end - p_now)
      when v_period.period_start = coalesce(v_until, p_now) then v_period.period_end
      else private.moved_end(v_period, coalesce(v_until, p_now)) end;
  end loop;
  return v_until;
end
$$;
