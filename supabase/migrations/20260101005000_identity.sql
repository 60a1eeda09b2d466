-- Identity: platform staff and the second factor, which the database itself can then demand.

create table public.platform_admins (
  user_id     uuid primary key,
  email       text not null,
  full_name   text not null,
  role        text not null check (role in ('super_admin', 'support')),
  disabled_at timestamptz,
  created_at  timestamptz not null default now()
);
comment on table public.platform_admins is 'People who run the service. Written by the migration role and the command line only.';

-- Second factor (TOTP). The secret is encrypted by the application; its digest lets the database demand
-- proof that the caller could decrypt it, so that a token alone never steps up (docs/decisions).
create table private.two_factor (
  user_id          uuid primary key,
  secret_encrypted text not null,
  secret_digest    bytea not null,
  confirmed_at     timestamptz,
  last_step        bigint not null default 0,
  created_at       timestamptz not null default now()
);
create table private.recovery_codes (
  user_id   uuid not null,
  code_hash bytea not null,
  used_at   timestamptz,
  primary key (user_id, code_hash)
);
create table private.step_ups (
  session_id uuid primary key,
  user_id    uuid not null,
  at         timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '12 hours'
);

-- Definer throughout: rows of the caller alone, in tables that no role may read.
create function private.stepped_up() returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return private.session_is_live() and exists (
    select from private.step_ups s
    where s.session_id = (auth.jwt() ->> 'session_id')::uuid and s.user_id = auth.uid() and s.expires_at > now());
end
$$;

-- The caller's platform role: null unless the person is staff, not disabled, and this session has stepped up.
create function private.platform_role() returns text
language plpgsql stable security definer set search_path = '' as $$
begin
  if not private.stepped_up() then
    return null;
  end if;
  return (select p.role from public.platform_admins p where p.user_id = auth.uid() and p.disabled_at is null);
end
$$;
grant execute on function private.stepped_up(), private.platform_role() to authenticated;

alter table public.platform_admins enable row level security, force row level security;
create policy platform_admins_read on public.platform_admins for select to authenticated
  using ((select private.platform_role()) is not null);
grant select on public.platform_admins to authenticated;

-- Starts (or restarts, while unconfirmed) enrolment. A confirmed factor is replaced only after removal.
create function private.begin_two_factor(p_secret_encrypted text, p_secret_digest bytea) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not private.session_is_live() then
    perform private.fail('access.unauthenticated');
  end if;
  insert into private.two_factor (user_id, secret_encrypted, secret_digest) values (auth.uid(), p_secret_encrypted, p_secret_digest)
  on conflict (user_id) do update set secret_encrypted = excluded.secret_encrypted, secret_digest = excluded.secret_digest,
    created_at = now() where two_factor.confirmed_at is null;
  if not found then
    perform private.fail('conflict');
  end if;
end
$$;

create function private.my_two_factor() returns table (secret_encrypted text, confirmed boolean, recovery_codes_left int)
language sql stable security definer set search_path = '' as $$
  select f.secret_encrypted, f.confirmed_at is not null,
         (select count(*)::int from private.recovery_codes c where c.user_id = f.user_id and c.used_at is null)
  from private.two_factor f where f.user_id = auth.uid() and private.session_is_live()
$$;

-- Steps this session up. p_secret is the decrypted secret (proof), p_step the TOTP time step that matched:
-- a step is taken once, so that a code seen over a shoulder is worth nothing.
create function private.complete_step_up(p_secret bytea, p_step bigint) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update private.two_factor f set last_step = p_step, confirmed_at = coalesce(f.confirmed_at, now())
  where f.user_id = auth.uid() and f.secret_digest = sha256(p_secret) and f.last_step < p_step
    and abs(p_step - floor(extract(epoch from now()) / 30)) <= 2 and private.session_is_live();
  if not found then
    perform private.fail('two_factor.code_invalid');
  end if;
  perform private.open_step_up();
end
$$;

create function private.open_step_up() returns void
language sql volatile security definer set search_path = '' as $$
  insert into private.step_ups (session_id, user_id) values ((auth.jwt() ->> 'session_id')::uuid, auth.uid())
  on conflict (session_id) do update set at = now(), expires_at = now() + interval '12 hours'
$$;
revoke execute on function private.open_step_up() from anon, authenticated;

-- Ten new codes replace the old ones; only a session that has stepped up may ask.
create function private.replace_recovery_codes(p_hashes bytea[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not private.stepped_up() then
    perform private.fail('access.step_up_required');
  end if;
  if cardinality(p_hashes) <> 10 then
    perform private.fail('input.invalid');
  end if;
  delete from private.recovery_codes where user_id = auth.uid();
  insert into private.recovery_codes (user_id, code_hash) select auth.uid(), h from unnest(p_hashes) h;
end
$$;

-- A lost telephone: one recovery code, once, steps the session up.
create function private.use_recovery_code(p_hash bytea) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update private.recovery_codes set used_at = now()
  where user_id = auth.uid() and code_hash = p_hash and used_at is null and private.session_is_live();
  if not found then
    perform private.fail('two_factor.code_invalid');
  end if;
  perform private.open_step_up();
end
$$;

-- Turns the factor off for oneself; platform staff may not be without one.
create function private.remove_two_factor() returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not private.stepped_up() then
    perform private.fail('access.step_up_required');
  end if;
  if exists (select from public.platform_admins p where p.user_id = auth.uid() and p.disabled_at is null) then
    perform private.fail('access.forbidden');
  end if;
  delete from private.recovery_codes where user_id = auth.uid();
  delete from private.two_factor where user_id = auth.uid();
  delete from private.step_ups where user_id = auth.uid();
end
$$;

-- A new password ends the other sessions and is told to the person by mail: whoever did not do it must hear of it.
-- p_keep_this: the session that changed it goes on (from the profile); after a forgotten one, none does.
create function private.password_changed(p_keep_this boolean, p_language text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not private.session_is_live() then
    perform private.fail('access.unauthenticated');
  end if;
  perform private.revoke_all_sessions(p_keep_this);
  perform private.enqueue('mail.password_changed', jsonb_build_object('to', lower(auth.jwt() ->> 'email'),
    'language', case when p_language = 'en' then 'en' else 'es' end));
  perform private.record_security_event('auth.password_changed', 'info', auth.uid()::text, null, '{}');
end
$$;
grant execute on function private.password_changed(boolean, text) to authenticated;
grant execute on function private.begin_two_factor(text, bytea), private.my_two_factor(), private.complete_step_up(bytea, bigint),
  private.replace_recovery_codes(bytea[]), private.use_recovery_code(bytea), private.remove_two_factor() to authenticated;
