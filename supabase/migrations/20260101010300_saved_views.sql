-- Lists as somebody likes to look at them: filters, order, columns, under a name.

create table public.saved_views (
  organization_id uuid not null references public.organizations on delete restrict,
  id              uuid not null default gen_random_uuid(),
  member_id       uuid not null,
  list            text not null check (list in ('customers', 'products', 'stock', 'stock_documents', 'orders', 'cash_sessions')),
  name            text not null check (length(name) between 1 and 60),
  -- The query of the list's address, without what points at one page.
  query           text not null check (length(query) <= 1000),
  -- Shared with whoever works at this branch; null: the maker's alone.
  branch_id       uuid,
  -- What the maker sees when the list opens.
  opens_first     boolean not null default false,
  created_at      timestamptz not null default now(),
  primary key (organization_id, id),
  constraint saved_views_name unique (organization_id, member_id, list, name),
  foreign key (organization_id, member_id) references public.admin_users (organization_id, id) on delete cascade,
  foreign key (organization_id, branch_id) references public.branches (organization_id, id) on delete restrict
);
create unique index saved_views_first on public.saved_views (organization_id, member_id, list) where opens_first;
create index saved_views_by_branch on public.saved_views (organization_id, branch_id) where branch_id is not null;

-- The own ones, and those of the branches in which one works; coalesce, because a policy with an "or" is refused.
alter table public.saved_views enable row level security, force row level security;
create policy saved_views_read on public.saved_views for select to authenticated
  using (organization_id = (select private.current_org())
    and coalesce(branch_id = any ((select private.current_branches())::uuid[]), member_id = (select private.current_member())));
grant select on public.saved_views to authenticated;

-- Saves a view under a new id, or an own one anew. Definer: whose it is, is not the caller's to say.
create function private.save_view(p_id uuid, p_list text, p_name text, p_query text, p_branch uuid, p_opens_first boolean) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.membership(false);
  v_id uuid;
begin
  if v_member.id is null then
    perform private.fail('access.forbidden');
  end if;
  if p_branch is not null and p_branch <> all (private.branches_of(v_member)) then
    perform private.fail('branch.not_found');
  end if;
  -- One after the other: two windows of one person must neither pass the limit nor open two views first.
  perform from public.admin_users m where m.organization_id = v_member.organization_id and m.id = v_member.id for no key update;
  if p_opens_first then
    update public.saved_views v set opens_first = false
    where v.organization_id = v_member.organization_id and v.member_id = v_member.id and v.list = p_list and v.opens_first;
  end if;
  if p_id is null then
    if (select count(*) from public.saved_views v
        where v.organization_id = v_member.organization_id and v.member_id = v_member.id) >= 50 then
      perform private.fail('view.too_many');
    end if;
    insert into public.saved_views (organization_id, member_id, list, name, query, branch_id, opens_first)
    values (v_member.organization_id, v_member.id, p_list, p_name, p_query, p_branch, p_opens_first)
    returning id into v_id;
  else
    update public.saved_views v set name = p_name, query = p_query, branch_id = p_branch, opens_first = p_opens_first
    where v.organization_id = v_member.organization_id and v.member_id = v_member.id and v.id = p_id and v.list = p_list
    returning v.id into v_id;
    if v_id is null then
      perform private.fail('view.not_found');
    end if;
  end if;
  return v_id;
end
$$;

-- Removes an own view. Definer, as above.
create function private.remove_view(p_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.membership(false);
begin
  delete from public.saved_views v
  where v.organization_id = v_member.organization_id and v.member_id = v_member.id and v.id = p_id;
  if not found then
    perform private.fail('view.not_found');
  end if;
end
$$;
grant execute on function private.save_view(uuid, text, text, text, uuid, boolean), private.remove_view(uuid) to authenticated;
