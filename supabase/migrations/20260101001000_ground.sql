-- Ground: schemas, roles, grants that everything else stands on, and the small pure functions.
-- Applies as a role that is no superuser, on a database prepared as Supabase prepares it.

create schema if not exists extensions;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists unaccent with schema extensions;

-- Hosted Supabase grants every new table and function in public to the API roles. Start from nothing.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;
revoke create on schema public from public;
grant usage on schema public to anon, authenticated;

-- Helpers, definer functions and rows without an organization. Never exposed through a data API.
create schema private;
revoke all on schema private from public;
grant usage on schema private to anon, authenticated;

-- The application's login. It inherits nothing: a query outside lib/db is refused, not unfiltered.
do $$
begin
  if not exists (select from pg_roles where rolname = 'app_login') then
    create role app_login login noinherit;
  end if;
end
$$;
grant authenticated, anon to app_login;

-- Raises a domain error that lib/errors turns into AppError(code, details).
create function private.fail(p_code text, p_details jsonb default '{}') returns void
language plpgsql set search_path = '' as $$
begin
  raise exception using errcode = 'OP001', message = p_code, detail = p_details::text;
end
$$;
grant execute on function private.fail(text, jsonb) to anon, authenticated;

-- Lower case without accents, for search. Immutable because the dictionary is named.
create function private.fold(p_text text) returns text
language sql immutable parallel safe set search_path = '' as $$
  select lower(extensions.unaccent('extensions.unaccent'::regdictionary, coalesce(p_text, '')))
$$;
grant execute on function private.fold(text) to authenticated;

-- What `like` must match to find a typed text anywhere in a folded one: what people type has no wildcards.
create function private.like_pattern(p_typed text) returns text
language sql immutable parallel safe set search_path = '' as $$
  select '%' || replace(replace(replace(private.fold(p_typed), '\', '\\'), '%', '\%'), '_', '\_') || '%'
$$;

-- Chilean RUT as stored: body without leading zeros, dash, check digit (modulo 11).
create function private.rut_is_valid(p_rut text) returns boolean
language plpgsql immutable strict parallel safe set search_path = '' as $$
declare
  v_body text := split_part(p_rut, '-', 1);
  v_sum int := 0;
  v_digit int;
begin
  if p_rut !~ '^[1-9][0-9]{0,7}-[0-9K]$' then
    return false;
  end if;
  for i in 1 .. length(v_body) loop
    v_sum := v_sum + substr(reverse(v_body), i, 1)::int * (2 + (i - 1) % 6);
  end loop;
  v_digit := 11 - v_sum % 11;
  return split_part(p_rut, '-', 2) = case v_digit when 11 then '0' when 10 then 'K' else v_digit::text end;
end
$$;
grant execute on function private.rut_is_valid(text) to authenticated;

-- Cash rounding, Ley 20.956: last digit 1-5 down to the ten, 6-9 up.
create function private.round_cash(p_amount bigint) returns bigint
language sql immutable parallel safe set search_path = '' as $$
  select case when p_amount % 10 <= 5 then p_amount - p_amount % 10 else p_amount + 10 - p_amount % 10 end
$$;

-- Net of a gross amount with 19 % IVA, rounded half up (DL 825). Tax is the rest, so that both add up.
create function private.net_of(p_gross bigint) returns bigint
language sql immutable parallel safe set search_path = '' as $$
  select (p_gross * 200 + 119) / 238
$$;

-- Reasons in their own transaction become jobs: the worker drains this table (lib/jobs).
create table private.outbox (
  id           bigint generated always as identity primary key,
  name         text not null,
  payload      jsonb not null,
  created_at   timestamptz not null default now(),
  available_at timestamptz not null default now(),
  attempts     int not null default 0,
  done_at      timestamptz,
  last_error   text
);
create index outbox_waiting on private.outbox (available_at, id) where done_at is null;
comment on table private.outbox is 'Jobs asked for inside a transaction; drained by the worker, at least once.';

-- Definer: the outbox belongs to no tenant. Names are an allow-list, so that no role can order arbitrary work.
create function private.enqueue(p_name text, p_payload jsonb) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if p_name not in ('mail.invitation', 'mail.receipt', 'mail.payment', 'mail.subscription', 'mail.password_changed',
                    'mail.two_factor_reset', 'mail.welcome', 'payments.cancel_auto_renewal', 'alert.raise') then
    perform private.fail('server.unknown', jsonb_build_object('job', p_name));
  end if;
  insert into private.outbox (name, payload) values (p_name, p_payload);
  perform pg_notify('outbox', p_name);
end
$$;

-- What the service must remember about attacks and failures, whoever they belong to.
create table private.security_events (
  id              bigint generated always as identity primary key,
  at              timestamptz not null default now(),
  kind            text not null,
  severity        text not null default 'info' check (severity in ('info', 'warning', 'error', 'critical')),
  organization_id uuid,
  user_id         uuid,
  subject         text,
  address         text,
  details         jsonb not null default '{}'
);
create index security_events_by_time on private.security_events (at desc);
create index security_events_by_organization on private.security_events (organization_id, at desc);

-- Definer: callers may write an event and read none. Who and when are the database's word.
create function private.record_security_event(p_kind text, p_severity text, p_subject text, p_address text, p_details jsonb)
returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into private.security_events (kind, severity, user_id, subject, address, details, organization_id)
  values (left(p_kind, 60), p_severity, auth.uid(), left(p_subject, 200), left(p_address, 64), coalesce(p_details, '{}'),
          nullif(current_setting('app.organization_id', true), '')::uuid);
end
$$;
grant execute on function private.record_security_event(text, text, text, text, jsonb) to anon, authenticated;
