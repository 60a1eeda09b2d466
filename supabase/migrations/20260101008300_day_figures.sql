-- The day of some branches: what the first page of the shop shows.

-- Figures of today and of the same weekday last week until the same time, each branch on its own clock (shape: `Day` in
-- lib/analytics). Branches in which the caller does not work are left out; null without `orders.read`.
-- Definer: behind the policies each of its tables would confirm the caller anew, which is half of what the page costs.
-- The membership is asked for once, and organization, branches and permission are taken from it.
create function private.day_figures(p_branches uuid[], p_now timestamptz) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_member public.admin_users := private.membership(false);
  v_organization uuid := v_member.organization_id;
  v_branches uuid[] := private.branches_of(v_member);
begin
  if private.obstacle(v_member, 'orders.read') is not null then
    return null;
  end if;
  return (
    with clocks as (
      select b.id, b.name, b.time_zone, p_now at time zone b.time_zone as local
      from public.branches b
      where b.organization_id = v_organization and b.id = any (p_branches) and b.id = any (v_branches)
    ), days as (
      select c.*, d.is_today, d.day
      from clocks c cross join lateral (values (true, c.local::date), (false, c.local::date - 7)) as d (is_today, day)
    ), sold as materialized (
      select o.id, o.branch_id, o.total, o.item_count, d.is_today, extract(hour from o.created_at at time zone d.time_zone)::int as hour
      from days d
      join public.orders o on o.organization_id = v_organization and o.branch_id = d.id and o.business_date = d.day
      where o.status = 'completed' and o.created_at <= p_now
        and (d.is_today or (o.created_at at time zone d.time_zone)::time <= d.local::time)
    ), takings as (
      select d.is_today, jsonb_build_object('total', coalesce(sum(s.total), 0), 'tickets', count(s.id), 'units', coalesce(sum(s.item_count), 0)) as figures
      from (values (true), (false)) as d (is_today) left join sold s on s.is_today = d.is_today
      group by d.is_today
    )
    select jsonb_build_object(
      'today', (select t.figures from takings t where t.is_today),
      'before', (select t.figures from takings t where not t.is_today),
      'hours', (
        select coalesce(jsonb_agg(jsonb_build_object('hour', h.hour, 'total', h.total, 'tickets', h.tickets) order by h.hour), '[]')
        from (select s.hour, sum(s.total) as total, count(*) as tickets from sold s where s.is_today group by s.hour) h),
      'tenders', jsonb_build_object('cash', 0, 'debit', 0, 'credit', 0, 'transfer', 0) || (
        select coalesce(jsonb_object_agg(t.method, t.amount), '{}')
        from (select p.method, sum(p.amount) as amount
              from sold s
              join public.order_payments p on p.organization_id = v_organization and p.branch_id = s.branch_id and p.order_id = s.id
              where s.is_today group by p.method) t),
      'lastSales', (
        select coalesce(jsonb_agg(to_jsonb(l) order by l.at desc), '[]')
        from (select o.id, o.receipt_number as "receiptNumber", o.status, o.customer_name as "customerName", o.sold_by_name as "soldByName",
                     c.name as "branchName", c.time_zone as "timeZone", o.total, o.created_at as at
              from clocks c cross join lateral (
                select * from public.orders o
                where o.organization_id = v_organization and o.branch_id = c.id and o.created_at <= p_now
                order by o.created_at desc, o.id limit 6) o
              order by o.created_at desc limit 6) l)));
end
$$;
grant execute on function private.day_figures(uuid[], timestamptz) to authenticated;
