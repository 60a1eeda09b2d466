-- A parked sale that was taken stays known for a week: by whom, and to which try. A till whose answer was lost asks again
-- with its own key and gets the cart; whoever else reaches for it is told that it is gone, however often they tried before.

alter table public.parked_sales
  add column taken_key text check (length(taken_key) between 8 and 80),
  add column taken_by  uuid,
  add column taken_at  timestamptz,
  add check ((taken_at is null) = (taken_by is null)),
  add check (taken_key is null or taken_at is not null);
comment on column public.parked_sales.taken_key is 'The till''s key for its tries to take this sale; null where it sent none.';
comment on column public.parked_sales.taken_at is 'Null while it waits. A sale that was taken is shown in no list, and holds the key that it was parked under.';

-- A version of the application that takes by deleting goes on while it is being replaced, and deletes nothing twice.
drop policy parked_sales_delete on public.parked_sales;
create policy parked_sales_delete on public.parked_sales for delete to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('sales.create')) and taken_at is null);

-- Takes a parked sale off the list and returns its cart; again for the same key, and for nobody else.
-- Definer: no role writes who took what. Locks the one row, so that of two tills one gets it.
create function private.take_parked_sale(p_sale uuid, p_key text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.require_permission('sales.create');
  v_cart jsonb;
begin
  update public.parked_sales p set taken_at = now(), taken_by = auth.uid(), taken_key = p_key
  where p.organization_id = v_member.organization_id and p.id = p_sale and p.branch_id = any (private.current_branches())
    and p.taken_at is null
  returning p.cart into v_cart;
  if not found then
    select p.cart into v_cart from public.parked_sales p
    where p.organization_id = v_member.organization_id and p.id = p_sale and p.branch_id = any (private.current_branches())
      and p.taken_key = p_key;
    if not found then
      perform private.fail('parked_sale.not_found');
    end if;
  end if;
  return v_cart;
end
$$;
grant execute on function private.take_parked_sale(uuid, text) to authenticated;

-- No till asks again after a week. Definer: what was taken is deleted by no role.
create function private.forget_taken_sales() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from public.parked_sales p
  where p.organization_id = new.organization_id and p.branch_id = new.branch_id and p.taken_at < now() - interval '7 days';
  return null;
end
$$;
create trigger parked_sales_forget after insert on public.parked_sales for each row execute function private.forget_taken_sales();
