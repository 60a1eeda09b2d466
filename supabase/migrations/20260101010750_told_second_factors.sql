-- A second factor changes with the password and is told of (docs/decisions, 0034). Before, an open session was enough to
-- turn one on: whoever came by an unattended till could lock its person out, and nobody heard of it. The application asks
-- for the password, which the database cannot know; what the database knows is how old a session is, which session began
-- a factor, and whom to tell.

-- Where a factor was begun: only that session, for a quarter of an hour, sees its secret and may confirm it. Else whoever
-- finds the browser later would confirm what its person began and left.
alter table private.two_factor add column begun_in uuid;
comment on column private.two_factor.begun_in is 'The session that began it. Rows from before have none: they are begun anew.';

create or replace function private.enqueue(p_name text, p_payload jsonb) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if p_name not in ('mail.invitation', 'mail.receipt', 'mail.payment', 'mail.subscription', 'mail.password_changed',
                    'mail.two_factor_reset', 'mail.two_factor_changed', 'mail.welcome', 'payments.cancel_auto_renewal',
                    'alert.raise') then
    perform private.fail('server.unknown', jsonb_build_object('job', p_name));
  end if;
  insert into private.outbox (name, payload) values (p_name, p_payload);
  perform pg_notify('outbox', p_name);
end
$$;

-- Whether the password was given so recently that enrolling need not ask for it again: by platform staff, who cannot go
-- on without a second factor, within ten minutes of signing in. A refreshed token is no sign-in: the session is as old
-- as before. Definer: reads auth.sessions.
create function private.password_just_given() returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return private.session_is_live()
    and exists (select from public.platform_admins p where p.user_id = auth.uid() and p.disabled_at is null)
    and exists (select from auth.sessions s where s.id = (auth.jwt() ->> 'session_id')::uuid and s.user_id = auth.uid()
                and s.created_at > now() - interval '10 minutes');
end
$$;
grant execute on function private.password_just_given() to authenticated;

-- Tells a person by mail what became of the second factor. Granted to nobody: the functions that change it call it.
create function private.tell_two_factor_changed(p_change text, p_language text) returns void
language sql volatile security definer set search_path = '' as $$
  select private.enqueue('mail.two_factor_changed', jsonb_build_object('to', lower(auth.jwt() ->> 'email'), 'change', p_change,
    'language', case when p_language = 'en' then 'en' else 'es' end))
$$;
revoke execute on function private.tell_two_factor_changed(text, text) from anon, authenticated;

-- Starts (or restarts, while unconfirmed) enrolment. A confirmed factor is replaced only after removal.
create or replace function private.begin_two_factor(p_secret_encrypted text, p_secret_digest bytea) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not private.session_is_live() then
    perform private.fail('access.unauthenticated');
  end if;
  insert into private.two_factor (user_id, secret_encrypted, secret_digest, begun_in)
  values (auth.uid(), p_secret_encrypted, p_secret_digest, (auth.jwt() ->> 'session_id')::uuid)
  on conflict (user_id) do update set secret_encrypted = excluded.secret_encrypted, secret_digest = excluded.secret_digest,
    begun_in = excluded.begun_in, created_at = now() where two_factor.confirmed_at is null;
  if not found then
    perform private.fail('conflict');
  end if;
end
$$;

-- Whether this session may see and confirm a factor that is only begun.
create function private.began_here(p_factor private.two_factor) returns boolean
language sql stable set search_path = '' as $$
  select p_factor.begun_in = (auth.jwt() ->> 'session_id')::uuid and p_factor.created_at > now() - interval '15 minutes'
$$;
revoke execute on function private.began_here(private.two_factor) from anon, authenticated;

create or replace function private.my_two_factor() returns table (secret_encrypted text, confirmed boolean, recovery_codes_left int)
language sql stable security definer set search_path = '' as $$
  select f.secret_encrypted, f.confirmed_at is not null,
         (select count(*)::int from private.recovery_codes c where c.user_id = f.user_id and c.used_at is null)
  from private.two_factor f
  where f.user_id = auth.uid() and private.session_is_live() and (f.confirmed_at is not null or private.began_here(f))
$$;

-- Steps this session up. p_secret is the decrypted secret (proof), p_step the TOTP time step that matched: a step is taken
-- once, so that a code seen over a shoulder is worth nothing. The first code of a factor turns it on.
drop function private.complete_step_up(bytea, bigint);
create function private.complete_step_up(p_secret bytea, p_step bigint, p_language text default 'es') returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_factor private.two_factor;
begin
  select * into v_factor from private.two_factor f
  where f.user_id = auth.uid() and f.secret_digest = sha256(p_secret) and f.last_step < p_step
    and abs(p_step - floor(extract(epoch from now()) / 30)) <= 2 and private.session_is_live()
    and (f.confirmed_at is not null or private.began_here(f))
  for update;
  if not found then
    perform private.fail('two_factor.code_invalid');
  end if;
  update private.two_factor f set last_step = p_step, confirmed_at = coalesce(f.confirmed_at, now()) where f.user_id = auth.uid();
  if v_factor.confirmed_at is null then
    perform private.tell_two_factor_changed('enrolled', p_language);
  end if;
  perform private.open_step_up();
end
$$;

-- Ten new codes replace the old ones; only a session that has stepped up may ask. The first ten belong to enrolling, which
-- was told already.
drop function private.replace_recovery_codes(bytea[]);
create function private.replace_recovery_codes(p_hashes bytea[], p_language text default 'es') returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not private.stepped_up() then
    perform private.fail('access.step_up_required');
  end if;
  if cardinality(p_hashes) <> 10 then
    perform private.fail('input.invalid');
  end if;
  delete from private.recovery_codes where user_id = auth.uid();
  if found then
    perform private.tell_two_factor_changed('codes_replaced', p_language);
  end if;
  insert into private.recovery_codes (user_id, code_hash) select auth.uid(), h from unnest(p_hashes) h;
end
$$;

-- Turns the factor off for oneself; platform staff may not be without one.
drop function private.remove_two_factor();
create function private.remove_two_factor(p_language text default 'es') returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not private.stepped_up() then
    perform private.fail('access.step_up_required');
  end if;
  if exists (select from public.platform_admins p where p.user_id = auth.uid() and p.disabled_at is null) then
    perform private.fail('access.forbidden');
  end if;
  delete from private.recovery_codes where user_id = auth.uid();
  delete from private.step_ups where user_id = auth.uid();
  delete from private.two_factor where user_id = auth.uid();
  if found then
    perform private.tell_two_factor_changed('removed', p_language);
  end if;
end
$$;
grant execute on function private.complete_step_up(bytea, bigint, text), private.replace_recovery_codes(bytea[], text),
  private.remove_two_factor(text) to authenticated;
