import "server-only";
import type { Kysely } from "kysely";
import { type DB, sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";

/** What was sold within some hours; voided sales left out. */
export interface Takings {
  /** Whole pesos, IVA included. */
  readonly total: number;
  readonly tickets: number;
  readonly units: number;
}

export type Tender = "cash" | "debit" | "credit" | "transfer";

export interface LastSale {
  readonly id: string;
  readonly receiptNumber: number;
  readonly status: string;
  readonly customerName: string | null;
  readonly soldByName: string;
  readonly branchName: string;
  readonly timeZone: string;
  readonly total: number;
  readonly at: string;
}

/** The day of a branch so far, on its own clock. */
export interface Day {
  readonly today: Takings;
  /** The same weekday of last week until the same time of day. */
  readonly before: Takings;
  /** By hour of the day, 0 to 23, hours without a sale left out. */
  readonly hours: readonly { readonly hour: number; readonly total: number; readonly tickets: number }[];
  /** What stayed of each tender after change. */
  readonly tenders: Readonly<Record<Tender, number>>;
  readonly lastSales: readonly LastSale[];
}

const LAST_SALES = 6;

/**
 * Today's figures of some branches, each counted on its own clock: a sale at 23:30 in Santiago belongs to that day,
 * although it is already tomorrow in UTC. One query; who lacks `orders.read` finds nothing in it.
 *
 * @param branchIds branches in which the member works; others are left out
 * @param now the moment that ends "so far"
 */
export function getDay(member: Member, branchIds: readonly string[], now = new Date()): Promise<Day> {
  return member.transaction((db) => readDay(db, member, branchIds, now));
}

/** `getDay` within a transaction of the member's. */
export async function readDay(
  db: Kysely<DB>,
  member: Member,
  branchIds: readonly string[],
  now: Date,
): Promise<Day> {
  // The session has told name and clock of each branch; the policies of the sales decide what is seen of it.
  const branches = member.branches.filter(({ id }) => branchIds.includes(id));
  const { rows } = await sql<{ day: Day }>`
    with clocks as (
      select b.id, b.name, b.time_zone, (${now}::timestamptz at time zone b.time_zone) as local
      from unnest(${branches.map(({ id }) => id)}::uuid[], ${branches.map(({ name }) => name)}::text[],
                  ${branches.map(({ timeZone }) => timeZone)}::text[]) as b (id, name, time_zone)
    ), sold as (
      select o.id, o.branch_id, o.total, o.item_count, o.business_date = c.local::date as is_today,
             extract(hour from o.created_at at time zone c.time_zone)::int as hour
      from clocks c
      join public.orders o on o.organization_id = ${member.organization.id} and o.branch_id = c.id
        and o.business_date in (c.local::date, c.local::date - 7)
      where o.status = 'completed' and o.created_at <= ${now}::timestamptz
        and (o.business_date = c.local::date or (o.created_at at time zone c.time_zone)::time <= c.local::time)
    )
    select jsonb_build_object(
      'today', (select ${takings} from sold where is_today),
      'before', (select ${takings} from sold where not is_today),
      'hours', (select coalesce(jsonb_agg(jsonb_build_object('hour', hour, 'total', total, 'tickets', tickets) order by hour), '[]')
                from (select hour, sum(total) as total, count(*) as tickets from sold where is_today group by hour) h),
      'tenders', jsonb_build_object('cash', 0, 'debit', 0, 'credit', 0, 'transfer', 0) || (
        select coalesce(jsonb_object_agg(method, amount), '{}') from (
          select p.method, sum(p.amount) as amount from sold s
          join public.order_payments p on p.organization_id = ${member.organization.id} and p.branch_id = s.branch_id and p.order_id = s.id
          where s.is_today group by p.method) t),
      'lastSales', (select coalesce(jsonb_agg(to_jsonb(l) order by l.at desc), '[]') from (
        select o.id, o.receipt_number as "receiptNumber", o.status, o.customer_name as "customerName", o.sold_by_name as "soldByName",
               c.name as "branchName", c.time_zone as "timeZone", o.total, o.created_at as at
        from clocks c cross join lateral (
          select * from public.orders o where o.organization_id = ${member.organization.id} and o.branch_id = c.id
            and o.created_at <= ${now}::timestamptz
          order by o.created_at desc, o.id limit ${LAST_SALES}) o
        order by o.created_at desc limit ${LAST_SALES}) l)
    ) as day`.execute(db);
  return rows[0]?.day ?? nothing;
}

const takings = sql`jsonb_build_object('total', coalesce(sum(total), 0), 'tickets', count(*), 'units', coalesce(sum(item_count), 0))`;

const nothing: Day = {
  today: { total: 0, tickets: 0, units: 0 },
  before: { total: 0, tickets: 0, units: 0 },
  hours: [],
  tenders: { cash: 0, debit: 0, credit: 0, transfer: 0 },
  lastSales: [],
};
