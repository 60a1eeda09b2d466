-- Documents of foreigners are found and compared without what people put between their signs: `E-123456`, `e123456` and
-- `E 123.456` are one passport, and a shop writes it down once.

-- The number of a document as two people would compare it; null for one without any sign of its own. Granted like `fold`:
-- who writes a customer computes its columns. lib/customers/search-terms.ts leaves out the same from what somebody types.
create function private.document_key(p_number text) returns text
language sql immutable strict parallel safe set search_path = '' as $$
  select nullif(translate(private.fold(p_number), ' .,-/()''’‐‑‒–—―', ''), '')
$$;
grant execute on function private.document_key(text) to authenticated;

-- Fills the rows that there are, in one rewrite of the table; customers_by_name, which carries the text, is built anew.
alter table public.customers alter column search_text set expression as (
  private.fold(given_names || ' ' || surnames || ' ' || coalesce(replace(rut, '-', ''), '') || ' '
               || coalesce(private.document_key(document_number), '') || ' ' || coalesce(email, '') || ' ' || coalesce(phone, '')));

-- Shops may have one document on several customers already, and which of them is right is theirs to say. All keep it: the
-- first one that is not archived holds it like everybody else, the others stand outside the index for as long as they say
-- the very same. A further customer is refused in any case, and a number that is changed is compared like any other. To
-- find them: select organization_id, id from public.customers where doubled_document is not null;
alter table public.customers add column doubled_document text;
comment on column public.customers.doubled_document is
  'Kind and number that another customer of the shop had already when one document came to mean one customer; null for all since.';
-- Nobody changed these records: no form that is open somewhere is out of date.
alter table public.customers disable trigger customers_touch;
update public.customers c set doubled_document = x.document
from (select organization_id, id, document_type || ' ' || private.document_key(document_number) as document,
             row_number() over (partition by organization_id, document_type, private.document_key(document_number)
                                order by archived_at is not null, created_at, id) as place
      from public.customers where private.document_key(document_number) is not null) x
where c.organization_id = x.organization_id and c.id = x.id and x.place > 1;
alter table public.customers enable trigger customers_touch;

-- Archived customers hold their documents, as they hold their RUT.
create unique index customers_document on public.customers (organization_id, document_type, private.document_key(document_number))
  where document_number is not null and doubled_document is distinct from document_type || ' ' || private.document_key(document_number);
