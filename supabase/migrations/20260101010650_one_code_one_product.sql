-- One code, one product. SKU and barcode were unique each for itself, and a scan matches either: where one product had an
-- EAN as its SKU and another had it as its barcode, a till sold one or the other. Nor did barcodes mind their case, which
-- scans and the till's memory do not. As in the unique indexes, archived products hold their codes and a neighbour's count
-- for nothing.
--
-- A trigger and no constraint: rows of one column must be compared with those of another, and shops may have such pairs
-- already. These stay as they are and may be changed in all else; neither may be given to a further product, and the
-- till takes the one that has the code printed on it (barcode) first. To find them:
--   select a.organization_id, a.id, b.id from public.products a join public.products b
--     on b.organization_id = a.organization_id and b.id <> a.id and lower(b.barcode) in (lower(a.sku), lower(a.barcode));

create index products_by_barcode on public.products (organization_id, lower(barcode)) where barcode is not null;

-- Refuses a code that another product has, in the words of the field that brings it. Definer: who may write products but
-- not read them would see no other. After the row, which row level security has let in by then: who may write none learns
-- of no code. Whoever gives codes in a shop waits for who does so now: otherwise neither would see the other's. One lock a
-- shop and not one a code: new products wait for each other at the counter anyway, and a list of thousands takes one place
-- in the lock table.
create function private.refuse_shared_code() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('product-codes:' || new.organization_id, 0));
  if (tg_op = 'INSERT' or lower(new.sku) <> lower(old.sku)) and exists (
      select from public.products p
      where p.organization_id = new.organization_id and lower(p.barcode) = lower(new.sku) and p.id <> new.id) then
    perform private.fail('product.sku_taken');
  end if;
  if (tg_op = 'INSERT' or lower(new.barcode) is distinct from lower(old.barcode)) and (exists (
      select from public.products p
      where p.organization_id = new.organization_id and lower(p.sku) = lower(new.barcode) and p.id <> new.id) or exists (
      select from public.products p
      where p.organization_id = new.organization_id and lower(p.barcode) = lower(new.barcode) and p.id <> new.id)) then
    perform private.fail('product.barcode_taken');
  end if;
  return null;
end
$$;
create trigger products_codes after insert on public.products for each row execute function private.refuse_shared_code();
create trigger products_codes_changed after update of sku, barcode on public.products for each row
  when (lower(new.sku) <> lower(old.sku) or lower(new.barcode) is distinct from lower(old.barcode))
  execute function private.refuse_shared_code();
