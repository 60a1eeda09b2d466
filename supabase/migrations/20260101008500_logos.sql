-- Logos: one picture a shop, in the database behind the tenant wall (docs/decisions, a logo in the database).
-- The application reads magic bytes and size in pixels before it writes; the table bounds what it may hold.

create table public.organization_logos (
  organization_id uuid primary key default private.current_org() references public.organizations on delete restrict,
  content_type    text not null check (content_type in ('image/png', 'image/jpeg', 'image/webp')),
  bytes           bytea not null check (octet_length(bytes) between 1 and 262144),
  width           int not null check (width between 1 and 1024),
  height          int not null check (height between 1 and 1024),
  digest          text not null generated always as (encode(sha256(bytes), 'hex')) stored,
  created_at      timestamptz not null default now()
);
comment on table public.organization_logos is 'The picture on receipts and in the shop. Readable by every member, written with organization.manage.';
comment on column public.organization_logos.digest is 'SHA-256 of bytes; its first digits are the version in the address, so that a browser may keep the picture.';

alter table public.organization_logos enable row level security, force row level security;
create policy organization_logos_read on public.organization_logos for select to authenticated
  using (organization_id = (select private.current_org()));
create policy organization_logos_insert on public.organization_logos for insert to authenticated
  with check (organization_id = (select private.current_org()) and (select private.has_permission('organization.manage')));
create policy organization_logos_update on public.organization_logos for update to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('organization.manage')))
  with check (organization_id = (select private.current_org()) and (select private.has_permission('organization.manage')));
create policy organization_logos_delete on public.organization_logos for delete to authenticated
  using (organization_id = (select private.current_org()) and (select private.has_permission('organization.manage')));
revoke all on public.organization_logos from public, anon, authenticated;
grant select, delete on public.organization_logos to authenticated;
grant insert (content_type, bytes, width, height) on public.organization_logos to authenticated;
grant update (content_type, bytes, width, height) on public.organization_logos to authenticated;

-- Definer: the trail is written by definer functions alone. The picture itself stays out of it.
create function private.audit_logo() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if auth.uid() is not null then
    perform private.audit(case tg_op when 'DELETE' then 'organization.logo_removed' else 'organization.logo_changed' end,
                          'organizations', coalesce(new.organization_id, old.organization_id), null, null);
  end if;
  return null;
end
$$;
create trigger organization_logos_audit after insert or update or delete on public.organization_logos
  for each row execute function private.audit_logo();
