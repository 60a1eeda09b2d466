-- The text that an audit entry's hash is made of says of each field whether it is there: before, fields without a value were
-- skipped, so that a value could be moved into the empty field beside it, or over a separator, and the hash still fit.

alter table public.audit_entries add column text_version smallint not null default 1;
alter table public.audit_entries alter column text_version set default 2;
comment on column public.audit_entries.text_version is
  'How the hashed text is made; part of it from 2 on. A text of 1 begins with an id and one of 2 with a bracket: changed, the hash does not fit.';

create or replace function private.audit_text(e public.audit_entries) returns text
language sql stable set search_path = '' as $$
  select case e.text_version
    when 1 then concat_ws('|', e.organization_id, e.id, e.seq, extract(epoch from e.at), e.actor_user_id, e.actor_name, e.via,
                          e.action, e.object_type, e.object_id, e.reason, e.changes::text)
    else jsonb_build_array(e.text_version, e.organization_id, e.id, e.seq, extract(epoch from e.at), e.actor_user_id, e.actor_name, e.via,
                           e.action, e.object_type, e.object_id, e.reason, e.changes)::text end
$$;

-- Appends one entry for an organization. Definer and granted to nobody: reached through other definer functions only.
create or replace function private.append_audit(p_organization uuid, p_via text, p_actor_name text, p_action text, p_object_type text,
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
  v_entry.text_version := 2;
  v_entry.prev_hash := v_head.hash;
  v_entry.hash := sha256(v_head.hash || convert_to(private.audit_text(v_entry), 'UTF8'));
  insert into public.audit_entries select v_entry.*;
  update private.audit_heads set seq = v_entry.seq, hash = v_entry.hash where organization_id = p_organization;
end
$$;
