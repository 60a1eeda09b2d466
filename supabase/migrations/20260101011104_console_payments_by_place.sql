-- The console's payments are read where they stand: a page by the order of time, a file batch after batch from its last
-- row on. The search is folded once, and the conditions are only those that a filter sets, so that each has its own plan.

create index payments_by_id on public.payments (id);
create index payment_references_by_name on private.payment_references (lower(reference));

-- What a statement that reads `public.payments p` asks so that a filter {q, status, gateway, currency, world: test|live, from,
-- to} is kept: all optional, `to` excluded. Its $1 is the filter, $2 the folded search, $3 the pattern of it. No value stands
-- in the text. The list, its totals and its file ask it, so that they never differ.
create function private.payment_conditions(p_filter jsonb) returns text
language sql immutable set search_path = '' as $$
  select concat_ws(' and ', 'true',
    case when private.fold(p_filter ->> 'q') <> '' then $c$(
      p.organization_id in (select o.id from public.organizations o where private.fold(o.name) like $3 or o.slug like $3)
      or p.payer_email like $3 or p.id::text = $2
      or (p.organization_id, p.id) in (select r.organization_id, r.payment_id from private.payment_references r
                                       where lower(r.reference) = $2 and r.payment_id is not null))$c$ end,
    case when p_filter ->> 'status' is not null then $c$p.status = $1 ->> 'status'$c$ end,
    case when p_filter ->> 'gateway' is not null then $c$p.gateway = $1 ->> 'gateway'$c$ end,
    case when p_filter ->> 'currency' is not null then $c$p.currency = $1 ->> 'currency'$c$ end,
    case when p_filter ->> 'world' is not null then $c$p.test_mode = ($1 ->> 'world' = 'test')$c$ end,
    case when p_filter ->> 'from' is not null then $c$p.created_at >= ($1 ->> 'from')::timestamptz$c$ end,
    case when p_filter ->> 'to' is not null then $c$p.created_at < ($1 ->> 'to')::timestamptz$c$ end)
$$;
revoke execute on function private.payment_conditions(jsonb) from anon, authenticated;

-- Payments of a filter, the newest first: a numbered page, or what comes after one of them.
drop function private.console_payments(jsonb, int, int);
create function private.console_payments(p_filter jsonb, p_limit int, p_offset int, p_after uuid default null)
returns table (id uuid, organization_id uuid, organization text, gateway text, status text, amount bigint, currency text, refunded_amount bigint,
               test_mode boolean, tier text, billing_interval text, reason text, payer_email text, reference text, gateway_reference text,
               created_at timestamptz, paid_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
declare
  v_after timestamptz := (select a.created_at from public.payments a where a.id = p_after);
begin
  perform private.require_platform(false);
  return query execute format($q$
    with page as (
      select p.* from public.payments p where %s%s order by p.created_at desc, p.id limit $6 offset $7
    )
    select p.id, p.organization_id, o.name, p.gateway, p.status, p.amount, p.currency, p.refunded_amount, p.test_mode, p.tier_code,
           p.billing_interval, p.reason, p.payer_email,
           (select r.reference from private.payment_references r where r.organization_id = p.organization_id and r.payment_id = p.id
            and r.kind = 'order' and r.refund_id is null limit 1),
           (select r.reference from private.payment_references r where r.organization_id = p.organization_id and r.payment_id = p.id
            and r.kind <> 'order' and r.refund_id is null order by r.created_at, r.kind limit 1),
           p.created_at, p.paid_at
    from page p join public.organizations o on o.id = p.organization_id
    order by p.created_at desc, p.id$q$,
    private.payment_conditions(p_filter),
    case when p_after is not null then ' and p.created_at <= $4 and (p.created_at < $4 or p.id > $5)' end)
  using p_filter, private.fold(p_filter ->> 'q'), private.like_pattern(p_filter ->> 'q'), v_after, p_after, least(p_limit, 5000), p_offset;
end
$$;
grant execute on function private.console_payments(jsonb, int, int, uuid) to authenticated;

-- What the payments of a filter come to, in minor units: a line for each currency, test money apart from real money.
create or replace function private.console_payment_totals(p_filter jsonb)
returns table (currency text, test_mode boolean, payments bigint, paid_payments bigint, paid_amount bigint, refunded_amount bigint)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_platform(false);
  return query execute format($q$
    select p.currency, p.test_mode, count(*), count(*) filter (where p.paid_at is not null),
           coalesce(sum(p.amount) filter (where p.paid_at is not null), 0)::bigint,
           coalesce(sum(p.refunded_amount) filter (where p.paid_at is not null), 0)::bigint
    from public.payments p where %s group by 1, 2 order by 2, 1$q$, private.payment_conditions(p_filter))
  using p_filter, private.fold(p_filter ->> 'q'), private.like_pattern(p_filter ->> 'q');
end
$$;

drop function private.payments_found(jsonb);
