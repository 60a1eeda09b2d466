-- Customers: people and companies that a shop serves. Contact data: read only with customers.read.

create table public.customers (
  organization_id uuid not null default private.current_org() references public.organizations on delete restrict,
  id              uuid not null default gen_random_uuid(),
  kind            text not null default 'person' check (kind in ('person', 'company')),
  given_names     text not null default '' check (length(given_names) <= 80),
  surnames        text not null check (length(surnames) between 1 and 120),
  rut             text check (private.rut_is_valid(rut)),
  document_type   text check (document_type in ('passport', 'foreign_id', 'other')),
  document_number text check (length(document_number) between 1 and 40),
  email           text check (length(email) <= 254 and email = lower(email)),
  phone           text check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  birth_on        date check (birth_on between '1900-01-01' and '2100-01-01'),
  address         text check (length(address) <= 200),
  comuna          text check (length(comuna) <= 80),
  activity        text check (length(activity) <= 160),
  notes           text check (length(notes) <= 2000),
  search_text     text not null generated always as (
    private.fold(given_names || ' ' || surnames || ' ' || coalesce(replace(rut, '-', ''), '') || ' ' || coalesce(document_number, '')
                 || ' ' || coalesce(email, '') || ' ' || coalesce(phone, ''))) stored,
  sort_name       text collate "C" not null generated always as (private.fold(surnames || ' ' || given_names)) stored,
  version         int not null default 1,
  archived_at     timestamptz,
  created_by      uuid default auth.uid(),
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  primary key (organization_id, id),
  check ((document_type is null) = (document_number is null))
);
create unique index customers_rut on public.customers (organization_id, rut) where rut is not null;
-- Carries the searched text, so that a search reads the index alone (21 000 customers: 8 ms instead of 20).
create index customers_by_name on public.customers (organization_id, sort_name, id) include (search_text, archived_at);
create index customers_by_age on public.customers (organization_id, created_at, id);
create index customers_by_phone on public.customers (organization_id, phone) where phone is not null;
create index customers_by_email on public.customers (organization_id, email) where email is not null;
comment on column public.customers.surnames is 'Both surnames of a person, or the registered name of a company.';
comment on column public.customers.sort_name is 'The order of lists: first surname first, accents and case ignored, whatever the collation of the database.';
comment on column public.customers.version is 'Raised by each change: a form that was opened before is refused, not merged.';

alter table public.customers enable row level security, force row level security;
create policy customers_read on public.customers for select to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('customers.read')));
create policy customers_insert on public.customers for insert to authenticated
  with check (organization_id = (select private.current_org()) and (select private.has_permission('customers.write')));
create policy customers_update on public.customers for update to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('customers.write')))
  with check (organization_id = (select private.current_org()) and (select private.has_permission('customers.write')));
grant select on public.customers to authenticated;
grant insert (kind, given_names, surnames, rut, document_type, document_number, email, phone, birth_on, address, comuna, activity, notes)
  on public.customers to authenticated;
grant update (kind, given_names, surnames, rut, document_type, document_number, email, phone, birth_on, address, comuna, activity, notes,
              archived_at) on public.customers to authenticated;

-- Raises the version and the change's time, whatever the caller says.
create function private.touch_version() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end
$$;
create trigger customers_touch before update on public.customers for each row execute function private.touch_version();
create trigger customers_count after insert or delete or update of archived_at on public.customers
  for each row execute function private.count_usage('customers');
create trigger customers_audit after insert or update on public.customers
  for each row execute function private.audit_row('fields');
