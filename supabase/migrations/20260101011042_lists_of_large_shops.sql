-- A shop with a million sales opens its lists as quickly as one with a thousand.

-- All sales of a shop in the order in which the list shows them, whatever the branch.
create index orders_of_shop on public.orders (organization_id, created_at desc, id desc);
-- Voided ones are few, and found without walking through the others.
create index orders_voided on public.orders (organization_id, created_at desc, id desc) where status = 'voided';
-- With what a sum over days needs, so that it reads no sale.
drop index public.orders_by_day;
create index orders_by_day on public.orders (organization_id, branch_id, business_date) include (status, total);

create index audit_entries_by_person on public.audit_entries (organization_id, actor_user_id, seq desc);
create index audit_entries_by_action on public.audit_entries (organization_id, action, seq desc);

-- The products of the shop that have this code, printed or its own, in any case: what a scan means. For queries that go on
-- behind the policies. Definer: behind row level security a comparison of lower(...) can use no index, and each scan
-- would read the whole catalogue.
create function private.products_with_code(p_code text) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
declare
  v_organization uuid := private.current_org();
begin
  if not private.has_permission('products.read') then
    return '{}';
  end if;
  return array(
    select p.id from public.products p where p.organization_id = v_organization and lower(p.barcode) = lower(p_code) and p.barcode is not null
    union
    select p.id from public.products p where p.organization_id = v_organization and lower(p.sku) = lower(p_code));
end
$$;
grant execute on function private.products_with_code(text) to authenticated;
