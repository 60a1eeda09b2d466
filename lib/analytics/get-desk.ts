import "server-only";
import { sql } from "@/lib/db";
import type { Member } from "@/lib/security/member";

export interface ShortProduct {
  readonly id: string;
  readonly name: string;
  readonly sku: string;
  readonly quantity: number;
  readonly lowStockAt: number;
}

export interface NewCustomer {
  readonly id: string;
  readonly name: string;
  readonly at: string;
}

/** How much of a limit of the tier is used. */
export interface UsedLimit {
  readonly metric: "users" | "customers" | "products";
  readonly used: number;
  readonly max: number;
}

/** What waits for a person at a branch, beside the sales; null where it is none of the person's business. */
export interface Desk {
  readonly low: { readonly count: number; readonly products: readonly ShortProduct[] } | null;
  /** The person's own open drawer here. */
  readonly drawer: { readonly id: string; readonly openedAt: string } | null;
  /** Drawers of anybody that are open in the branch. */
  readonly openDrawers: number;
  readonly customers: readonly NewCustomer[] | null;
  /** Limits that are nearly or wholly used. */
  readonly limits: readonly UsedLimit[];
}

const MOST = 6;
/** From this share of a limit on, people are told. */
const NEARLY = 0.9;

/** What a member finds on the desk in the morning, in one query. */
export function getDesk(member: Member): Promise<Desk> {
  const organization = member.organization.id;
  const branch = member.branch?.id ?? null;
  const low = sql`
    from public.stock_levels l
    join public.products p on p.organization_id = l.organization_id and p.id = l.product_id
    where l.organization_id = ${organization} and l.branch_id = ${branch}::uuid
      and p.archived_at is null and p.tracks_stock and l.quantity <= p.low_stock_at`;
  const open = sql`
    from public.cash_sessions s
    where s.organization_id = ${organization} and s.branch_id = ${branch}::uuid and s.status = 'open'`;
  return member.transaction(async (db) => {
    const { rows } = await sql<{ desk: Desk }>`
      select jsonb_build_object(
        'low', case when ${member.can("inventory.read")}::boolean then jsonb_build_object(
          'count', (select count(*) ${low}),
          'products', (select coalesce(jsonb_agg(to_jsonb(x)), '[]') from (
            select p.id, p.name, p.sku, l.quantity, p.low_stock_at as "lowStockAt" ${low}
            order by l.quantity, p.sort_name, p.id limit ${MOST}) x)) end,
        'drawer', (select jsonb_build_object('id', s.id, 'openedAt', s.opened_at) ${open} and s.member_id = ${member.memberId}),
        'openDrawers', (select count(*) ${open}),
        'customers', case when ${showsCustomers(member)}::boolean then (
          select coalesce(jsonb_agg(to_jsonb(x)), '[]') from (
            select c.id, trim(c.given_names || ' ' || c.surnames) as name, c.created_at as at
            from public.customers c where c.organization_id = ${organization} and c.archived_at is null
            order by c.created_at desc, c.id limit ${MOST}) x) end,
        'limits', (select coalesce(jsonb_agg(jsonb_build_object('metric', u.metric, 'used', u.n, 'max', u.max_count) order by u.metric), '[]')
                   from public.usage_counters u
                   where u.organization_id = ${organization} and u.metric <> 'branches' and u.n >= u.max_count * ${NEARLY}::numeric)
      ) as desk`.execute(db);
    return rows[0]?.desk ?? { low: null, drawer: null, openDrawers: 0, customers: null, limits: [] };
  });
}

/** People who sell see sales; the others see who came. */
function showsCustomers(member: Member): boolean {
  return member.can("customers.read") && !member.can("orders.read");
}
