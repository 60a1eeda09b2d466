-- A document that several customers have had since before one meant one customer: who stood beside its holder holds it once
-- the holder's number is corrected. Otherwise nobody would, and a further customer could take it. An archived customer goes
-- on holding theirs (20260101010660).

create index customers_doubled on public.customers (organization_id, doubled_document) where doubled_document is not null;

-- A mark that is set or cleared alone is no change of the record: no form that is open somewhere is out of date, and nobody
-- of the shop did it. No role may write it.
create or replace trigger customers_touch before update on public.customers for each row
  when (new.doubled_document is not distinct from old.doubled_document) execute function private.touch_version();
create or replace trigger customers_audit after update on public.customers for each row
  when (new.doubled_document is not distinct from old.doubled_document) execute function private.audit_row('fields');
create trigger customers_audit_new after insert on public.customers for each row execute function private.audit_row('fields');

-- Clears a mark when a customer's document changes: their own when they stood beside the holder, for a number that comes back
-- is compared like any other; else that of one who is left, the first that is not archived. Definer: no role writes marks.
create function private.release_document() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_released text := old.document_type || ' ' || private.document_key(old.document_number);
begin
  if old.doubled_document = v_released then
    update public.customers c set doubled_document = null where c.organization_id = new.organization_id and c.id = new.id;
    return null;
  end if;
  update public.customers c set doubled_document = null
  where c.organization_id = new.organization_id and c.id = (
    select d.id from public.customers d
    where d.organization_id = new.organization_id and d.doubled_document = v_released
      and d.document_type || ' ' || private.document_key(d.document_number) = v_released
    order by d.archived_at is not null, d.created_at, d.id limit 1 for update);
  return null;
end
$$;
create trigger customers_document_released after update of document_type, document_number on public.customers for each row
  when (old.document_type || ' ' || private.document_key(old.document_number)
        is distinct from new.document_type || ' ' || private.document_key(new.document_number))
  execute function private.release_document();

-- What happened since: marks of a number that is no longer theirs, and documents that only marked customers are left with.
update public.customers c set doubled_document = null
where c.doubled_document is not null
  and c.doubled_document is distinct from c.document_type || ' ' || private.document_key(c.document_number);
update public.customers c set doubled_document = null
from (select d.organization_id, d.id,
             row_number() over (partition by d.organization_id, d.doubled_document
                                order by d.archived_at is not null, d.created_at, d.id) as place
      from public.customers d where d.doubled_document is not null) x
where c.organization_id = x.organization_id and c.id = x.id and x.place = 1
  and not exists (
    select from public.customers h
    where h.organization_id = c.organization_id and h.document_type = c.document_type and h.doubled_document is null
      and private.document_key(h.document_number) = private.document_key(c.document_number));
