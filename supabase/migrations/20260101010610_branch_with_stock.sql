-- A branch is not archived over its goods: nobody could sell them there, send them on or count them any more.

-- Definer: counts sessions, goods and branches that the caller may be unable to see.
create or replace function private.guard_branch_archiving() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_units bigint;
begin
  -- One archiving at a time in a shop, so that two cannot each leave the other as the last.
  perform 1 from public.organizations o where o.id = new.organization_id for no key update;
  if not exists (select from public.branches b
                 where b.organization_id = new.organization_id and b.id <> new.id and b.archived_at is null) then
    perform private.fail('branch.last');
  end if;
  -- Waits for a session that is being opened here, and for goods on their way in: their foreign keys hold this row.
  perform 1 from public.branches b where b.organization_id = new.organization_id and b.id = new.id for update;
  if exists (select from public.cash_sessions s
             where s.organization_id = new.organization_id and s.branch_id = new.id and s.status = 'open') then
    perform private.fail('branch.cash_session_open');
  end if;
  -- What the inventory shows there: units of an archived product can be moved by nobody, and would hold the branch for ever.
  select sum(l.quantity) into v_units
  from public.stock_levels l
  join public.products p on p.organization_id = l.organization_id and p.id = l.product_id
  where l.organization_id = new.organization_id and l.branch_id = new.id and l.quantity > 0
    and p.tracks_stock and p.archived_at is null;
  if v_units > 0 then
    perform private.fail('branch.has_stock', jsonb_build_object('units', v_units));
  end if;
  return new;
end
$$;
