-- Coupons: a part or an amount off the price of a period, once, for some periods or for good.

create table private.coupons (
  code            text primary key check (code = upper(code) and code ~ '^[A-Z0-9][A-Z0-9_-]{2,31}$'),
  percent_bp      int check (percent_bp between 1 and 10000),
  amount_clp      bigint check (amount_clp > 0),
  amount_usd      bigint check (amount_usd > 0),
  duration        text not null check (duration in ('once', 'repeating', 'forever')),
  repeats         int check (repeats between 2 and 60),
  tiers           text[],
  valid_from      timestamptz not null default now(),
  valid_until     timestamptz,
  max_redemptions int check (max_redemptions > 0),
  redeemed        int not null default 0 check (redeemed >= 0),
  note            text not null check (length(note) between 1 and 200),
  created_by      uuid,
  created_at      timestamptz not null default now(),
  retired_at      timestamptz,
  check ((percent_bp is null) <> (amount_clp is null and amount_usd is null)),
  check ((duration = 'repeating') = (repeats is not null)),
  check (valid_until > valid_from),
  check (redeemed <= max_redemptions)
);
comment on column private.coupons.percent_bp is 'Basis points of the price: 2500 = 25 %.';
comment on column private.coupons.amount_clp is 'Minor units off the price; a currency without an amount gets nothing.';
comment on column private.coupons.redeemed is 'Shops that use it or hold it for an open payment: a counter row is the only exact maximum.';

create table private.coupon_redemptions (
  coupon_code     text not null references private.coupons on delete restrict,
  organization_id uuid not null references public.organizations on delete restrict,
  uses_left       int check (uses_left >= 0),
  held_by         uuid,
  is_redeemed     boolean not null default false,
  created_at      timestamptz not null default now(),
  primary key (coupon_code, organization_id),
  foreign key (organization_id, held_by) references public.payments (organization_id, id) on delete restrict
);
create index coupon_redemptions_of_organization on private.coupon_redemptions (organization_id);
comment on table private.coupon_redemptions is 'Once for each organization. held_by: the open payment whose price has it in; uses_left null: for good.';

-- The coupon that takes something off a shop's next period: the named one, or one that still has periods to give; null.
-- A name that gives nothing is refused with the reason.
create function private.coupon_for(p_organization uuid, p_code text, p_tier text, p_currency text) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_now timestamptz := private.clock(p_organization);
  v_coupon private.coupons;
  v_used private.coupon_redemptions;
begin
  if nullif(trim(p_code), '') is null then
    select c.* into v_coupon from private.coupon_redemptions r join private.coupons c on c.code = r.coupon_code
    where r.organization_id = p_organization and r.is_redeemed and (r.uses_left is null or r.uses_left > 0)
      and (c.tiers is null or p_tier = any (c.tiers)) and (c.percent_bp is not null
        or case p_currency when 'CLP' then c.amount_clp else c.amount_usd end is not null)
    order by r.created_at desc limit 1;
    return to_jsonb(v_coupon);
  end if;
  select * into v_coupon from private.coupons c where c.code = upper(trim(p_code));
  select * into v_used from private.coupon_redemptions r where r.coupon_code = v_coupon.code and r.organization_id = p_organization;
  if v_coupon.code is null then
    perform private.fail('coupon.unknown');
  elsif v_used.is_redeemed and v_used.uses_left = 0 then
    perform private.fail('coupon.used');
  elsif not coalesce(v_used.is_redeemed, false) and (v_coupon.retired_at is not null or v_now < v_coupon.valid_from or v_now >= v_coupon.valid_until) then
    perform private.fail('coupon.expired');
  elsif v_used.coupon_code is null and v_coupon.redeemed >= v_coupon.max_redemptions then
    perform private.fail('coupon.used_up');
  elsif (v_coupon.tiers is not null and p_tier <> all (v_coupon.tiers)) or (v_coupon.percent_bp is null
      and case p_currency when 'CLP' then v_coupon.amount_clp else v_coupon.amount_usd end is null) then
    perform private.fail('coupon.not_for_this');
  end if;
  return to_jsonb(v_coupon);
end
$$;

-- What a coupon takes off a price, in minor units; parts of a unit are rounded down.
create function private.coupon_discount(p_coupon jsonb, p_price bigint, p_currency text) returns bigint
language sql immutable set search_path = '' as $$
  select least(p_price, coalesce(case when p_coupon ->> 'percent_bp' is not null then p_price * (p_coupon ->> 'percent_bp')::bigint / 10000
    else (p_coupon ->> case p_currency when 'CLP' then 'amount_clp' else 'amount_usd' end)::bigint end, 0))
$$;

-- Holds one use for an open payment. The maximum is exact: the coupon's own row counts. A use that another open payment
-- of the same shop holds comes along; that one is withdrawn right after (take_quote).
create function private.hold_coupon(p_code text, p_payment public.payments) returns void
language plpgsql set search_path = '' as $$
begin
  update private.coupon_redemptions r set held_by = p_payment.id
  where r.coupon_code = p_code and r.organization_id = p_payment.organization_id;
  if found then
    return;
  end if;
  update private.coupons c set redeemed = c.redeemed + 1
  where c.code = p_code and c.retired_at is null and (c.max_redemptions is null or c.redeemed < c.max_redemptions);
  if not found then
    perform private.fail('coupon.used_up');
  end if;
  insert into private.coupon_redemptions (coupon_code, organization_id, uses_left, held_by)
  select c.code, p_payment.organization_id, case c.duration when 'once' then 1 when 'repeating' then c.repeats end, p_payment.id
  from private.coupons c where c.code = p_code;
end
$$;

create function private.redeem_coupon(p_payment public.payments) returns void
language sql volatile set search_path = '' as $$
  update private.coupon_redemptions r set is_redeemed = true, held_by = null, uses_left = r.uses_left - 1
  where r.organization_id = p_payment.organization_id and r.held_by = p_payment.id
$$;

-- A payment that came to nothing gives back what it held.
create function private.release_coupon(p_payment public.payments) returns void
language sql volatile set search_path = '' as $$
  with released as (
    delete from private.coupon_redemptions r
    where r.organization_id = p_payment.organization_id and r.held_by = p_payment.id and not r.is_redeemed
    returning r.coupon_code
  ), counted as (
    update private.coupons c set redeemed = c.redeemed - 1 from released where c.code = released.coupon_code
  )
  update private.coupon_redemptions r set held_by = null
  where r.organization_id = p_payment.organization_id and r.held_by = p_payment.id and r.is_redeemed
$$;

-- The console's coupons. Definer, as all of the console: role and step-up are checked here.
--
-- p_coupon  {"code", "percentBp"?, "amountClp"?, "amountUsd"?, "duration", "repeats"?, "tiers"?, "validFrom"?, "validUntil"?, "maxRedemptions"?, "note"}
create function private.console_create_coupon(p_coupon jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
begin
  insert into private.coupons (code, percent_bp, amount_clp, amount_usd, duration, repeats, tiers, valid_from, valid_until, max_redemptions, note, created_by)
  values (upper(trim(p_coupon ->> 'code')), (p_coupon ->> 'percentBp')::int, (p_coupon ->> 'amountClp')::bigint, (p_coupon ->> 'amountUsd')::bigint,
          p_coupon ->> 'duration', (p_coupon ->> 'repeats')::int,
          case when jsonb_typeof(p_coupon -> 'tiers') = 'array' then array(select jsonb_array_elements_text(p_coupon -> 'tiers')) end,
          coalesce((p_coupon ->> 'validFrom')::timestamptz, now()), (p_coupon ->> 'validUntil')::timestamptz,
          (p_coupon ->> 'maxRedemptions')::int, p_coupon ->> 'note', v_staff.user_id)
  on conflict (code) do nothing;
  if not found then
    perform private.fail('coupon.code_taken');
  end if;
  perform private.record_security_event('coupon.created', 'info', upper(trim(p_coupon ->> 'code')), null, p_coupon);
end
$$;

-- Whether a coupon can be redeemed now, and why not. One that is used up can be had again when an open payment comes to nothing.
create function private.coupon_state(c private.coupons) returns text
language sql stable set search_path = '' as $$
  select case when c.retired_at is not null then 'retired' when now() >= c.valid_until then 'ended'
    when c.redeemed >= c.max_redemptions then 'used_up' when now() < c.valid_from then 'not_yet' else 'active' end
$$;

-- Coupons that a filter leaves, {q: in code or note, state}, both optional; those that can be redeemed come first.
create function private.console_coupons(p_filter jsonb, p_limit int, p_offset int)
returns table (code text, percent_bp int, amount_clp bigint, amount_usd bigint, duration text, repeats int, tiers text[], valid_from timestamptz,
               valid_until timestamptz, max_redemptions int, redeemed int, note text, made_by text, created_at timestamptz, state text, total bigint)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  perform private.require_platform(false);
  return query
  select c.code, c.percent_bp, c.amount_clp, c.amount_usd, c.duration, c.repeats, c.tiers, c.valid_from, c.valid_until, c.max_redemptions, c.redeemed,
         c.note, private.staff_name(c.created_by), c.created_at, s.state, count(*) over ()
  from private.coupons c
  cross join lateral (select private.coupon_state(c) as state) s
  cross join lateral (select private.fold(p_filter ->> 'q') as q) f
  cross join lateral (select private.like_pattern(p_filter ->> 'q') as pattern) l
  where (f.q = '' or private.fold(c.code) like l.pattern or private.fold(c.note) like l.pattern)
    and (p_filter ->> 'state' is null or s.state = p_filter ->> 'state')
  order by array_position(array['active', 'not_yet', 'used_up', 'ended', 'retired'], s.state), c.created_at desc, c.code
  limit least(p_limit, 500) offset p_offset;
end
$$;

-- One coupon and the shops that redeemed it or hold it for an open payment, the latest 200.
create function private.console_coupon(p_code text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_coupon private.coupons;
begin
  perform private.require_platform(false);
  select * into v_coupon from private.coupons c where c.code = upper(trim(p_code));
  if v_coupon.code is null then
    perform private.fail('coupon.unknown');
  end if;
  return jsonb_build_object(
    'coupon', to_jsonb(v_coupon) || jsonb_build_object('state', private.coupon_state(v_coupon), 'made_by', private.staff_name(v_coupon.created_by)),
    'redemptions', (select coalesce(jsonb_agg(to_jsonb(x) order by x."takenAt" desc), '[]') from (
      select r.organization_id as "organizationId", o.name as organization, r.created_at as "takenAt", r.uses_left as "usesLeft",
             r.is_redeemed as "isRedeemed"
      from private.coupon_redemptions r join public.organizations o on o.id = r.organization_id
      where r.coupon_code = v_coupon.code order by r.created_at desc limit 200) x));
end
$$;

-- Nobody redeems it any more; shops that have it keep the periods it still gives them, and a payment that is open keeps
-- its price.
create function private.console_retire_coupon(p_code text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_staff public.platform_admins := private.require_platform(true);
begin
  update private.coupons c set retired_at = now() where c.code = upper(trim(p_code)) and c.retired_at is null;
  if not found then
    perform private.fail(case when exists (select from private.coupons c where c.code = upper(trim(p_code))) then 'conflict' else 'coupon.unknown' end);
  end if;
  perform private.record_security_event('coupon.retired', 'info', upper(trim(p_code)), null, '{}');
end
$$;
grant execute on function private.console_create_coupon(jsonb), private.console_coupons(jsonb, int, int), private.console_coupon(text),
  private.console_retire_coupon(text) to authenticated;
