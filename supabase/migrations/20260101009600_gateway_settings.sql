-- What the console decides about gateways: their credentials, which of their two worlds is in use, and whether
-- new payments go through them. Credentials are sealed by the application; here they are bytes that nobody reads.

create table private.gateway_settings (
  gateway    text not null check (gateway ~ '^[a-z]{2,32}$'),
  mode       text not null check (mode in ('sandbox', 'production')),
  sealed     text not null check (sealed ~ '^v1\.[0-9a-f]{8}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$'),
  hints      jsonb not null check (jsonb_typeof(hints) = 'object'),
  changed_by uuid not null,
  changed_at timestamptz not null default now(),
  primary key (gateway, mode)
);
comment on table private.gateway_settings is 'Credentials of a gateway, one set for each of its worlds, sealed with APP_ENCRYPTION_KEY. Never shown again.';
comment on column private.gateway_settings.hints is 'The last four characters of each credential, so that people can tell which one it is.';

create table private.gateway_switches (
  gateway    text primary key check (gateway ~ '^[a-z]{2,32}$'),
  mode       text check (mode in ('sandbox', 'production')),
  paused     boolean not null default false,
  changed_by uuid not null,
  changed_at timestamptz not null default now(),
  foreign key (gateway, mode) references private.gateway_settings (gateway, mode) on delete restrict
);
comment on column private.gateway_switches.mode is 'Whose credentials are in use; null: those of the environment.';
comment on column private.gateway_switches.paused is 'Offered in no checkout; notices and refunds of what was opened before go on.';

-- What a process needs to know of all gateways at once.
create view private.gateways_in_force as
  select s.gateway, s.mode, s.paused, c.sealed
  from private.gateway_switches s left join private.gateway_settings c on c.gateway = s.gateway and c.mode = s.mode;

-- Which world each gateway works in now, by the word of the processes that use it: their environment counts too.
create table private.gateway_worlds (
  gateway   text primary key,
  test_mode boolean not null,
  since     timestamptz not null default now()
);
comment on table private.gateway_worlds is 'Written by each process when it takes settings; what a payment is marked with when it is opened.';

create function private.note_gateway_worlds(p_worlds jsonb) returns void
language sql volatile set search_path = '' as $$
  insert into private.gateway_worlds as w (gateway, test_mode) select g.key, g.value::boolean from jsonb_each_text(p_worlds) g
  on conflict (gateway) do update set test_mode = excluded.test_mode, since = now() where w.test_mode <> excluded.test_mode
$$;

-- Whether a payment moves money is settled when it is opened, however it comes to be: by a checkout or by a renewal.
create function private.mark_test_money() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.test_mode := coalesce((select w.test_mode from private.gateway_worlds w where w.gateway = new.gateway), false);
  return new;
end
$$;
create trigger payments_mark_test_money before insert on public.payments
  for each row execute function private.mark_test_money();

-- Writes down who did what, and wakes the processes. Granted to nobody: the functions below call it.
create function private.note_gateway_change(p_kind text, p_gateway text, p_details jsonb) returns void
language plpgsql set search_path = '' as $$
begin
  perform private.record_security_event(p_kind, 'warning', p_gateway, null,
    p_details || jsonb_build_object('by', (select a.full_name from public.platform_admins a where a.user_id = auth.uid())));
  perform pg_notify('gateway_settings', p_gateway);
end
$$;

-- One stored set as it is sealed, and whether it is the one in use; for the application, which alone can open it.
create function private.console_sealed_gateway(p_gateway text, p_mode text) returns table (sealed text, in_force boolean)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_platform(true);
  return query
  select c.sealed, exists (select from private.gateway_switches s where s.gateway = p_gateway and s.mode = p_mode)
  from (select) one left join private.gateway_settings c on c.gateway = p_gateway and c.mode = p_mode;
end
$$;

-- Stores a set in place of the one before. Where it is in use the application has asked the gateway first (p_checked).
create function private.console_save_gateway(p_gateway text, p_mode text, p_sealed text, p_hints jsonb, p_checked boolean) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_platform(true);
  if not p_checked and exists (select from private.gateway_switches s where s.gateway = p_gateway and s.mode = p_mode) then
    perform private.fail('conflict');
  end if;
  insert into private.gateway_settings (gateway, mode, sealed, hints, changed_by) values (p_gateway, p_mode, p_sealed, p_hints, auth.uid())
  on conflict (gateway, mode) do update set sealed = excluded.sealed, hints = excluded.hints, changed_by = excluded.changed_by, changed_at = now();
  perform private.note_gateway_change('gateway.credentials_changed', p_gateway, jsonb_build_object('mode', p_mode, 'hints', p_hints));
end
$$;

-- Forgets a set that is not in use.
create function private.console_forget_gateway(p_gateway text, p_mode text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_platform(true);
  if exists (select from private.gateway_switches s where s.gateway = p_gateway and s.mode = p_mode) then
    perform private.fail('gateway.in_use');
  end if;
  delete from private.gateway_settings where gateway = p_gateway and mode = p_mode;
  if not found then
    perform private.fail('gateway.credentials_missing');
  end if;
  perform private.note_gateway_change('gateway.credentials_forgotten', p_gateway, jsonb_build_object('mode', p_mode));
end
$$;

-- Puts a stored set into use, or gives the word back to the environment (p_mode null). The application has asked the
-- gateway first; p_sealed is the set that it asked with, so that no other one slips in between.
create function private.console_switch_gateway(p_gateway text, p_mode text, p_sealed text, p_report jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_before text;
begin
  perform private.require_platform(true);
  if p_mode is not null and not exists (select from private.gateway_settings c where c.gateway = p_gateway and c.mode = p_mode and c.sealed = p_sealed) then
    perform private.fail('conflict');
  end if;
  select s.mode into v_before from private.gateway_switches s where s.gateway = p_gateway for update;
  insert into private.gateway_switches (gateway, mode, changed_by) values (p_gateway, p_mode, auth.uid())
  on conflict (gateway) do update set mode = excluded.mode, changed_by = excluded.changed_by, changed_at = now();
  perform private.note_gateway_change('gateway.mode_switched', p_gateway,
    jsonb_build_object('mode', jsonb_build_array(v_before, p_mode), 'report', coalesce(p_report, 'null')));
end
$$;

-- Takes a gateway out of the checkouts, or back in.
create function private.console_pause_gateway(p_gateway text, p_paused boolean, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_platform(true);
  if length(trim(coalesce(p_reason, ''))) < 5 then
    perform private.fail('input.invalid', '{"field": "reason"}');
  end if;
  insert into private.gateway_switches (gateway, paused, changed_by) values (p_gateway, p_paused, auth.uid())
  on conflict (gateway) do update set paused = excluded.paused, changed_by = excluded.changed_by, changed_at = now()
    where gateway_switches.paused <> excluded.paused;
  if not found then
    perform private.fail('conflict');
  end if;
  perform private.note_gateway_change(case when p_paused then 'gateway.paused' else 'gateway.resumed' end, p_gateway,
    jsonb_build_object('reason', trim(p_reason)));
end
$$;

grant execute on function private.console_sealed_gateway(text, text), private.console_save_gateway(text, text, text, jsonb, boolean),
  private.console_forget_gateway(text, text), private.console_switch_gateway(text, text, text, jsonb),
  private.console_pause_gateway(text, boolean, text) to authenticated;
