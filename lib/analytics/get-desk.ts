import "server-only";
import type { Kysely } from "kysely";
import { type DB, sql } from "@/lib/db";
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
  return member.atOnce((db) => readDesk(db, member));
}

/** `getDesk` within a transaction of the member's. Each table is read once: every reading asks its policies anew. */
export async function readDesk(db: Kysely<DB>, member: Member): Promise<Desk> {
  const organization = member.organization.id;
  const branch = member.branch?.id ?? null;
  const { rows } = await sql<{ desk: Desk }>`
    with drawers as materialized (
      select s.id, s.opened_at, s.member_id from public.cash_sessions s
      where s.organization_id = ${organization} and s.branch_id = ${branch}::uuid and s.status = 'open')
    select jsonb_build_object(
      'low', ${member.can("inventory.read") ? lowStock(organization, branch) : sql`null`},
      'drawer', (select jsonb_build_object('id', o.id, 'openedAt', o.opened_at) from drawers o where o.member_id = ${member.memberId}),
      'openDrawers', (select count(*) from drawers),
      'customers', ${showsCustomers(member) ? newCustomers(organization) : sql`null`},
      'limits', (select coalesce(jsonb_agg(jsonb_build_object('metric', u.metric, 'used', u.n, 'max', u.max_count) order by u.metric), '[]')
                 from public.usage_counters u
                 where u.organization_id = ${organization} and u.metric <> 'branches' and u.n >= u.max_count * ${NEARLY}::numeric)
    ) as desk`.execute(db);
  return rows[0]?.desk ?? { low: null, drawer: null, openDrawers: 0, customers: null, limits: [] };
}

function lowStock(organization: string, branch: string | null) {
  return sql`(
    select jsonb_build_object('count', count(*),
             'products', coalesce(jsonb_agg(to_jsonb(x) - 'place' order by place) filter (where place <= ${MOST}), '[]'))
    from (select p.id, p.name, p.sku, l.quantity, p.low_stock_at as "lowStockAt",
                 row_number() over (order by l.quantity, p.sort_name, p.id) as place
          from public.stock_levels l
          join public.products p on p.organization_id = l.organization_id and p.id = l.product_id
          where l.organization_id = ${organization} and l.branch_id = ${branch}::uuid
            and p.archived_at is null and p.tracks_stock and l.quantity <= p.low_stock_at) x)`;
}

function newCustomers(organization: string) {
  return sql`(
    select coalesce(jsonb_agg(to_jsonb(x)), '[]') from (
      select c.id, trim(c.given_names || ' ' || c.surnames) as name, c.created_at as at
      from public.customers c where c.organization_id = ${organization} and c.archived_at is null
      order by c.created_at desc, c.id limit ${MOST}) x)`;
}

/** People who sell see sales; the others see who came. */
function showsCustomers(member: Member): boolean {
  return member.can("customers.read") && !member.can("orders.read");
}
