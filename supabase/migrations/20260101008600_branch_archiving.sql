-- Archiving a branch: a shop keeps at least one, and no drawer may stay open where nobody can reach it any more.

-- Definer: counts sessions and branches that the caller may be unable to see.
create function private.guard_branch_archiving() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  -- One archiving at a time in a shop, so that two cannot each leave the other as the last.
  perform 1 from public.organizations o where o.id = new.organization_id for no key update;
  if not exists (select from public.branches b
                 where b.organization_id = new.organization_id and b.id <> new.id and b.archived_at is null) then
    perform private.fail('branch.last');
  end if;
  -- Waits for a session that is being opened here: its foreign key holds this row.
  perform 1 from public.branches b where b.organization_id = new.organization_id and b.id = new.id for update;
  if exists (select from public.cash_sessions s
             where s.organization_id = new.organization_id and s.branch_id = new.id and s.status = 'open') then
    perform private.fail('branch.cash_session_open');
  end if;
  return new;
end
$$;
create trigger branches_guard_archiving before update of archived_at on public.branches
  for each row when (old.archived_at is null and new.archived_at is not null)
  execute function private.guard_branch_archiving();
