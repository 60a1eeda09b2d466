-- Audit trail: append-only, chained by hash per organization, written only by definer functions.

create table public.audit_entries (
  organization_id uuid not null references public.organizations on delete restrict,
  id              uuid not null default gen_random_uuid(),
  seq             bigint not null,
  at              timestamptz not null default now(),
  actor_user_id   uuid,
  actor_name      text not null,
  via             text not null check (via in ('shop', 'console', 'system')),
  action          text not null,
  object_type     text not null,
  object_id       uuid,
  reason          text,
  changes         jsonb not null default '{}',
  prev_hash       bytea not null,
  hash            bytea not null,
  primary key (organization_id, id),
  unique (organization_id, seq)
);
create index audit_entries_of_object on public.audit_entries (organization_id, object_type, object_id, seq desc);
comment on table public.audit_entries is 'Who changed what, when, why. Health data never stands in changes: field names only.';

create table private.audit_heads (
  organization_id uuid primary key,
  seq             bigint not null,
  hash            bytea not null
);

-- The text that is hashed. One place, so that the verifier and the writer cannot differ.
create function private.audit_text(e public.audit_entries) returns text
language sql stable set search_path = '' as $$
  select concat_ws('|', e.organization_id, e.id, e.seq, extract(epoch from e.at), e.actor_user_id, e.actor_name, e.via,
                   e.action, e.object_type, e.object_id, e.reason, e.changes::text)
$$;

-- Appends one entry for an organization. Definer and granted to nobody: reached through other definer functions only.
create function private.append_audit(p_organization uuid, p_via text, p_actor_name text, p_action text, p_object_type text,
                                     p_object_id uuid, p_reason text, p_changes jsonb)
returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_head private.audit_heads;
  v_entry public.audit_entries;
begin
  insert into private.audit_heads (organization_id, seq, hash) values (p_organization, 0, '\x00') on conflict do nothing;
  select * into v_head from private.audit_heads h where h.organization_id = p_organization for update;
  v_entry.organization_id := p_organization;
  v_entry.id := gen_random_uuid();
  v_entry.seq := v_head.seq + 1;
  v_entry.at := clock_timestamp();
  v_entry.actor_user_id := auth.uid();
  v_entry.actor_name := coalesce(p_actor_name, 'system');
  v_entry.via := p_via;
  v_entry.action := p_action;
  v_entry.object_type := p_object_type;
  v_entry.object_id := p_object_id;
  v_entry.reason := left(p_reason, 500);
  v_entry.changes := coalesce(p_changes, '{}');
  v_entry.prev_hash := v_head.hash;
  v_entry.hash := sha256(v_head.hash || convert_to(private.audit_text(v_entry), 'UTF8'));
  insert into public.audit_entries select v_entry.*;
  update private.audit_heads set seq = v_entry.seq, hash = v_entry.hash where organization_id = p_organization;
end
$$;

-- The caller's own act in the caller's own organization. Granted to nobody: definer functions and triggers call it.
create function private.audit(p_action text, p_object_type text, p_object_id uuid, p_reason text, p_changes jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.membership(true);
begin
  if v_member.organization_id is not null then
    perform private.append_audit(v_member.organization_id, 'shop', v_member.full_name, p_action, p_object_type, p_object_id,
                                 p_reason, p_changes);
  end if;
end
$$;

-- An export leaves the shop: the application says so before it sends the file.
create function private.audit_export(p_what text, p_rows int) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if p_what not in ('customers', 'products', 'orders', 'cash_sessions') then
    perform private.fail('input.invalid');
  end if;
  perform private.audit(p_what || '.exported', p_what, null, null, jsonb_build_object('rows', p_rows));
end
$$;
grant execute on function private.audit_export(text, int) to authenticated;

-- Row changes made through plain statements. Argument 'values' keeps before and after, 'fields' only the names.
create function private.audit_row() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_old jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) else '{}' end;
  v_new jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) else '{}' end;
  v_changes jsonb;
begin
  if auth.uid() is null then
    return null;  -- migrations and seeds; every act of a person carries claims
  end if;
  if tg_op = 'UPDATE' then
    select jsonb_object_agg(n.key, case tg_argv[0] when 'values' then jsonb_build_array(v_old -> n.key, n.value) else 'true' end)
    into v_changes
    from jsonb_each(v_new) n
    where v_old -> n.key is distinct from n.value and n.key not in ('updated_at', 'version', 'search_text', 'sort_name');
    if v_changes is null then
      return null;
    end if;
  end if;
  perform private.audit(tg_table_name || '.' || lower(tg_op) || case tg_op when 'DELETE' then 'd' when 'INSERT' then 'ed' else 'd' end,
                        tg_table_name, coalesce(v_new ->> 'id', v_old ->> 'id')::uuid, null, v_changes);
  return null;
end
$$;

create function private.refuse_change() returns trigger
language plpgsql set search_path = '' as $$
begin
  raise exception using errcode = '42501', message = tg_table_name || ' is append-only';
end
$$;
create trigger audit_entries_append_only before update or delete on public.audit_entries
  for each row execute function private.refuse_change();
create trigger audit_entries_no_truncate before truncate on public.audit_entries
  for each statement execute function private.refuse_change();

-- First broken link of an organization's chain, or null when it is whole up to its head.
create function private.first_broken_audit(p_organization uuid) returns bigint
language plpgsql stable security definer set search_path = '' as $$
declare
  v_entry public.audit_entries;
  v_hash bytea := '\x00';
  v_seq bigint := 0;
begin
  for v_entry in select * from public.audit_entries e where e.organization_id = p_organization order by e.seq loop
    v_seq := v_seq + 1;
    if v_entry.seq <> v_seq or v_entry.prev_hash <> v_hash
       or v_entry.hash <> sha256(v_hash || convert_to(private.audit_text(v_entry), 'UTF8')) then
      return v_seq;
    end if;
    v_hash := v_entry.hash;
  end loop;
  if exists (select from private.audit_heads h where h.organization_id = p_organization and (h.seq <> v_seq or h.hash <> v_hash)) then
    return v_seq + 1;
  end if;
  return null;
end
$$;
