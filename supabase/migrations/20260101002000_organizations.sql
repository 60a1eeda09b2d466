-- Organizations, branches, members and the helpers on which every policy stands (docs/decisions, DATABASE).
-- A person is an auth user; a member (admin_users) is that person in one organization.

create table public.organizations (
  id               uuid primary key default gen_random_uuid(),
  slug             text not null unique check (slug ~ '^[a-z0-9](-?[a-z0-9])*$' and length(slug) <= 60),
  name             text not null check (length(name) between 1 and 120),
  legal_name       text check (length(legal_name) <= 160),
  rut              text check (private.rut_is_valid(rut)),
  activity         text check (length(activity) <= 160),
  address          text check (length(address) <= 200),
  comuna           text check (length(comuna) <= 80),
  phone            text check (length(phone) <= 30),
  email            text check (length(email) <= 254),
  receipt_footer   text check (length(receipt_footer) <= 300),
  currency         text not null default 'CLP' check (currency = 'CLP'),
  status           text not null default 'active' check (status in ('active', 'suspended')),
  status_reason    text,
  status_changed_at timestamptz,
  is_test          boolean not null default false,
  owner_only       boolean not null default false,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now()
);
comment on column public.organizations.is_test is 'Staff may move its clock (private.test_clocks). Never a shop that paid real money.';
comment on column public.organizations.owner_only is
  'Set by the subscription''s state: suspended or ended, the owner alone reads and exports. Kept here because every statement asks.';
comment on table public.organizations is 'A shop that subscribes. status = suspended hides everything but billing.';
comment on column public.organizations.activity is 'Giro, as registered with the tax authority.';

create table public.branches (
  organization_id uuid not null references public.organizations on delete restrict,
  id              uuid not null default gen_random_uuid(),
  name            text not null check (length(name) between 1 and 80),
  address         text check (length(address) <= 200),
  comuna          text check (length(comuna) <= 80),
  phone           text check (length(phone) <= 30),
  time_zone       text not null default 'America/Santiago',
  hours           jsonb not null default '{}',
  archived_at     timestamptz,
  created_at      timestamptz not null default now(),
  primary key (organization_id, id)
);
create unique index branches_name on public.branches (organization_id, lower(name)) where archived_at is null;
comment on column public.branches.hours is 'Opening hours by ISO weekday: {"1": {"opens": "10:00", "closes": "19:00"}, …}; a missing day is closed.';

create table public.admin_users (
  organization_id     uuid not null references public.organizations on delete restrict,
  id                  uuid not null default gen_random_uuid(),
  user_id             uuid not null,
  email               text not null check (length(email) <= 254),
  full_name           text not null check (length(full_name) between 1 and 120),
  role                text not null check (role in ('owner', 'store_manager', 'optometrist', 'seller', 'cashier', 'workshop')),
  all_branches        boolean not null default false,
  granted_permissions text[] not null default '{}',
  revoked_permissions text[] not null default '{}',
  status              text not null default 'active' check (status in ('active', 'suspended', 'removed')),
  created_at          timestamptz not null default now(),
  updated_at          timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, user_id)
);
create index admin_users_of_person on public.admin_users (user_id, organization_id);
comment on table public.admin_users is 'Members: people with a role in an organization. Written only through private functions.';

create table public.member_branches (
  organization_id uuid not null references public.organizations on delete restrict,
  member_id       uuid not null,
  branch_id       uuid not null,
  primary key (organization_id, member_id, branch_id),
  foreign key (organization_id, member_id) references public.admin_users (organization_id, id) on delete cascade,
  foreign key (organization_id, branch_id) references public.branches (organization_id, id) on delete cascade
);
create index member_branches_by_branch on public.member_branches (organization_id, branch_id);

create table public.invitations (
  organization_id uuid not null references public.organizations on delete restrict,
  id              uuid not null default gen_random_uuid(),
  email           text not null check (length(email) <= 254 and email = lower(email)),
  role            text not null check (role in ('owner', 'store_manager', 'optometrist', 'seller', 'cashier', 'workshop')),
  all_branches    boolean not null default false,
  branch_ids      uuid[] not null default '{}',
  invited_by      uuid,
  created_at      timestamptz not null default now(),
  expires_at      timestamptz not null default now() + interval '7 days',
  accepted_at     timestamptz,
  revoked_at      timestamptz,
  primary key (organization_id, id)
);
create unique index invitations_open on public.invitations (organization_id, email) where accepted_at is null and revoked_at is null;

-- Unique across tenants, so it lives here and holds only a digest: the token itself is never stored.
create table private.invitation_tokens (
  token_hash      bytea primary key,
  organization_id uuid not null,
  invitation_id   uuid not null,
  foreign key (organization_id, invitation_id) references public.invitations (organization_id, id) on delete cascade
);

-- What each role may do. Reference data of the product, the same for every shop.
create table private.roles (
  role            text primary key,
  permissions     text[] not null,
  max_discount_bp int not null check (max_discount_bp between 0 and 10000)
);
comment on column private.roles.max_discount_bp is 'Highest discount without approval, in basis points (1000 = 10 %).';
insert into private.roles (role, permissions, max_discount_bp)
select role, permissions, discount from (values
  ('owner', array['billing.read','billing.manage','organization.manage','branches.manage','users.read','users.manage','audit.read',
    'customers.read','customers.write','customers.export','products.read','products.write','products.export',
    'inventory.read','inventory.adjust','inventory.receive','inventory.transfer',
    'sales.create','discounts.approve','orders.read','orders.void','orders.export','cash.operate','cash.review'], 10000),
  ('store_manager', array['organization.manage','branches.manage','users.read','users.manage','audit.read',
    'customers.read','customers.write','customers.export','products.read','products.write','products.export',
    'inventory.read','inventory.adjust','inventory.receive','inventory.transfer',
    'sales.create','discounts.approve','orders.read','orders.void','orders.export','cash.operate','cash.review'], 10000),
  ('optometrist', array['customers.read','customers.write','products.read'], 0),
  ('seller', array['customers.read','customers.write','products.read','inventory.read','sales.create','orders.read','cash.operate'], 1000),
  ('cashier', array['customers.read','products.read','inventory.read','sales.create','orders.read','cash.operate'], 500),
  ('workshop', array['products.read','inventory.read'], 0)
) as t (role, permissions, discount);

-- What each role may do, for the page that explains it. Definer: the table is nobody's to write or to read.
create function private.role_catalogue() returns table (role text, permissions text[], max_discount_bp int)
language sql stable security definer set search_path = '' as $$
  select r.role, r.permissions, r.max_discount_bp from private.roles r
$$;
grant execute on function private.role_catalogue() to authenticated;

-- Sessions that ended before their token does: logout, password reset, removal.
create table private.revoked_sessions (
  session_id uuid primary key,
  user_id    uuid not null,
  revoked_at timestamptz not null default now()
);
create table private.session_floors (
  user_id       uuid primary key,
  issued_after  timestamptz not null,
  kept_session  uuid
);
comment on table private.session_floors is 'Tokens of this person issued earlier are dead (password reset, sign out everywhere).';
comment on column private.session_floors.kept_session is 'The session that ended the others and goes on itself.';

-- True while the caller's session has not been ended. Definer: reads tables that no role may see.
create function private.session_is_live() returns boolean
language plpgsql stable security definer set search_path = '' as $$
declare
  v_claims jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
  v_user uuid := auth.uid();
begin
  if v_user is null then
    return false;
  end if;
  if exists (select from private.revoked_sessions s where s.session_id = (v_claims ->> 'session_id')::uuid) then
    return false;
  end if;
  return not exists (
    select from private.session_floors f
    where f.user_id = v_user and f.issued_after > to_timestamp(coalesce((v_claims ->> 'iat')::double precision, 0))
      and f.kept_session is distinct from (v_claims ->> 'session_id')::uuid);
end
$$;

-- The caller's membership. Definer: policies on admin_users call it, and would recurse otherwise.
-- p_billing leaves the suspension tests out: an owner must see the debt and pay it. An unpaid shop is the owner's alone.
-- One statement, because every policy pays for it: session alive, second factor given where there is one, member active.
create function private.membership(p_billing boolean) returns public.admin_users
language plpgsql stable security definer set search_path = '' as $$
declare
  v_claims jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
  v_user uuid := (v_claims ->> 'sub')::uuid;
  v_session uuid := (v_claims ->> 'session_id')::uuid;
  v_wanted uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  v_member public.admin_users;
begin
  if v_user is null then
    return null;
  end if;
  if v_wanted is null then
    select case count(*) when 1 then min(m.organization_id::text)::uuid end into v_wanted
    from public.admin_users m where m.user_id = v_user and m.status = 'active';
  end if;
  select m.* into v_member
  from public.admin_users m
  join public.organizations o on o.id = m.organization_id
  where m.organization_id = v_wanted and m.user_id = v_user and m.status = 'active'
    and (p_billing or (o.status = 'active' and (not o.owner_only or m.role = 'owner')))
    and not exists (select from private.revoked_sessions s where s.session_id = v_session)
    and not exists (select from private.session_floors f where f.user_id = v_user
                    and f.issued_after > to_timestamp(coalesce((v_claims ->> 'iat')::double precision, 0))
                    and f.kept_session is distinct from v_session)
    and (not exists (select from private.two_factor t where t.user_id = v_user and t.confirmed_at is not null)
         or exists (select from private.step_ups u where u.session_id = v_session and u.user_id = v_user and u.expires_at > now()));
  return v_member;
end
$$;
revoke execute on function private.membership(boolean) from anon, authenticated;

-- The one helper of every policy: the caller's organization, confirmed against membership on each statement.
-- Definer: membership is not readable by its callers. Null for removed people, suspended shops, and in unpaid ones
-- for everybody but the owner.
create function private.current_org() returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  return (private.membership(false)).organization_id;
end
$$;

-- The same without the suspension test: organizations, subscriptions, payments, refunds, export.
create function private.billing_org() returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  return (private.membership(true)).organization_id;
end
$$;

create function private.current_member() returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  return (private.membership(false)).id;
end
$$;

-- Branches in which a member works.
create function private.branches_of(p_member public.admin_users) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  if p_member.all_branches then
    return array(select b.id from public.branches b where b.organization_id = p_member.organization_id);
  end if;
  return array(select mb.branch_id from public.member_branches mb
               where mb.organization_id = p_member.organization_id and mb.member_id = p_member.id);
end
$$;
revoke execute on function private.branches_of(public.admin_users) from anon, authenticated;

-- Branches in which the caller works. Definer: reads membership.
create function private.current_branches() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
  return private.branches_of(private.membership(false));
end
$$;

-- Whether this member holds a permission, before the state of the subscription is asked. In plpgsql, like all that a
-- policy asks: a function in sql with a search path is planned anew in each transaction.
create function private.member_may(p_member public.admin_users, p_permission text) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return p_permission <> all (p_member.revoked_permissions)
     and (p_permission = any (p_member.granted_permissions)
          or exists (select from private.roles r where r.role = p_member.role and p_permission = any (r.permissions)));
end
$$;
revoke execute on function private.member_may(public.admin_users, text) from anon, authenticated;

-- has_permission() is in the permissions migration: an expired trial makes a shop read-only.

grant execute on function private.session_is_live(), private.current_org(), private.billing_org(),
  private.current_member(), private.current_branches() to authenticated;

-- Sign-out of one session, and of all. Definer: the tables are not writable by anyone else.
create function private.revoke_session() returns void
language sql volatile security definer set search_path = '' as $$
  insert into private.revoked_sessions (session_id, user_id)
  select (auth.jwt() ->> 'session_id')::uuid, auth.uid()
  where auth.uid() is not null and auth.jwt() ->> 'session_id' is not null
  on conflict do nothing
$$;
-- Ends the sessions of a person: the tokens issued so far, and the sessions behind them, which the auth server would
-- otherwise go on refreshing. Granted to nobody; reads auth.sessions, writes nothing there.
create function private.end_sessions(p_user uuid, p_kept uuid) returns void
language sql volatile security definer set search_path = '' as $$
  insert into private.session_floors (user_id, issued_after, kept_session) values (p_user, now(), p_kept)
  on conflict (user_id) do update set issued_after = excluded.issued_after, kept_session = excluded.kept_session;
  insert into private.revoked_sessions (session_id, user_id)
  select s.id, s.user_id from auth.sessions s where s.user_id = p_user and s.id is distinct from p_kept
  on conflict do nothing
$$;
revoke execute on function private.end_sessions(uuid, uuid) from anon, authenticated;

-- All sessions of the caller; p_keep_this leaves the one that asks alive.
create function private.revoke_all_sessions(p_keep_this boolean default false) returns void
language sql volatile security definer set search_path = '' as $$
  select private.end_sessions(auth.uid(), case when p_keep_this then (auth.jwt() ->> 'session_id')::uuid end)
  where private.session_is_live()
$$;
grant execute on function private.revoke_session(), private.revoke_all_sessions(boolean) to authenticated;
