import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { SignJWT } from "jose";
import { Pool } from "pg";
import { startDemo } from "../scripts/testing/demo";

/** A shop of the benchmark: an owner who sells, with an open drawer, and products that do not run out. */
export interface BenchShop {
  readonly organization: string;
  readonly branch: string;
  readonly seller: string;
  readonly products: readonly string[];
}

/** The running product with the shops of the benchmarks in it. */
export interface Stage {
  readonly environment: Record<string, string>;
  readonly origin: string;
  readonly owner: Pool;
  readonly app: Pool;
  readonly shops: readonly BenchShop[];
  /** A shop with 21 000 customers. */
  readonly big: BenchShop;
  /** Root processes of the web server, of the worker and of Postgres. */
  readonly processes: { readonly web: number; readonly worker: number; readonly postgres: number };
  cookie(shop: BenchShop): Promise<string>;
  stop(): Promise<void>;
}

const SHOPS = 50;
const BIG_CUSTOMERS = 21_000;
const NEIGHBOURS_CUSTOMERS = 200_000;

/** Starts the demo on new data and fills in what the benchmarks measure. */
export async function openStage(): Promise<Stage> {
  const demo = await startDemo();
  const { environment } = demo;
  const owner = new Pool({ connectionString: environment["DATABASE_URL"], max: 12 });
  const app = new Pool({ connectionString: environment["APP_DATABASE_URL"], max: 12 });
  const shops: BenchShop[] = [];
  for (let n = 0; n < SHOPS; n++) shops.push(await aBenchShop(owner, n));
  const big = shops[0];
  if (!big) throw new Error("no shop");
  await owner.query("alter table public.customers disable trigger user");
  await customers(owner, big.organization, BIG_CUSTOMERS);
  for (const shop of shops.slice(1))
    await customers(owner, shop.organization, Math.ceil(NEIGHBOURS_CUSTOMERS / (SHOPS - 1)));
  await owner.query("alter table public.customers enable trigger user");
  await owner.query(
    `update public.usage_counters u set n = (select count(*) from public.customers c where c.organization_id = u.organization_id)
     where u.metric = 'customers'`,
  );
  await owner.query("vacuum analyze");
  return {
    environment,
    origin: environment["APP_URL"] ?? "",
    owner,
    app,
    shops,
    big,
    processes: processesOf(environment),
    cookie: (shop) => sessionCookie(environment["SUPABASE_JWT_SECRET"] ?? "", shop.seller),
    async stop() {
      await Promise.all([owner.end(), app.end()]);
      await demo.stop();
    },
  };
}

async function aBenchShop(owner: Pool, n: number): Promise<BenchShop> {
  const shop = { organization: randomUUID(), branch: randomUUID(), seller: randomUUID() };
  const { organization, branch, seller } = shop;
  await owner.query("insert into public.organizations (id, slug, name) values ($1, $2, $3)", [
    organization,
    `bench-${n}`,
    `Óptica ${n}`,
  ]);
  await owner.query(
    `insert into public.subscriptions (organization_id, tier_code, tier_version, status, current_period_start, current_period_end)
     values ($1, 'premium', 1, 'active', now(), now() + interval '1 month')`,
    [organization],
  );
  await owner.query("select private.apply_limits($1)", [organization]);
  await owner.query("insert into public.branches (organization_id, id, name) values ($1, $2, 'Centro')", [
    organization,
    branch,
  ]);
  const member = await owner.query<{ id: string }>(
    `insert into public.admin_users (organization_id, user_id, email, full_name, role, all_branches)
     values ($1, $2, $3, 'Vendedora', 'owner', true) returning id`,
    [organization, seller, `seller-${n}@bench.test`],
  );
  await owner.query(
    `insert into public.cash_sessions (organization_id, branch_id, member_id, member_name, opening_float, business_date)
     values ($1, $2, $3, 'Vendedora', 0, current_date)`,
    [organization, branch, member.rows[0]?.id],
  );
  const products = await owner.query<{ id: string }>(
    `with made as (
       insert into public.products (organization_id, sku, name, category, price)
       select $1, 'B-' || n, 'Armazón ' || n, 'frame', 9990 + n * 100 from generate_series(1, 40) n returning id)
     , stocked as (
       insert into public.stock_levels (organization_id, branch_id, product_id, quantity) select $1, $2, id, 1000000 from made)
     select id from made`,
    [organization, branch],
  );
  return { ...shop, products: products.rows.map((row) => row.id) };
}

async function customers(owner: Pool, organization: string, count: number): Promise<void> {
  await owner.query(
    `insert into public.customers (organization_id, given_names, surnames, email, phone)
     select $1::uuid, (array['María José', 'Juan', 'Ana', 'Pedro', 'Sofía'])[1 + n % 5], 'Muñoz ' || md5(n::text || $1::uuid::text),
            'c' || n || '@bench.test', '+569' || (10000000 + n) from generate_series(1, $2) n`,
    [organization, count],
  );
}

/** A session as our auth server would sign it, in the cookie of @supabase/ssr. */
export async function sessionCookie(secret: string, userId: string): Promise<string> {
  const token = await new SignJWT({
    role: "authenticated",
    email: "seller@bench.test",
    session_id: randomUUID(),
  })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setSubject(userId)
    .setAudience("authenticated")
    .setIssuedAt()
    .setExpirationTime("2h")
    .sign(new TextEncoder().encode(secret));
  const session = {
    access_token: token,
    refresh_token: "none",
    token_type: "bearer",
    expires_in: 7200,
    expires_at: Math.floor(Date.now() / 1000) + 7200,
  };
  return `session=base64-${Buffer.from(JSON.stringify(session)).toString("base64url")}`;
}

/** The launcher notes its children beside the data. */
export function processesOf(environment: Record<string, string>): Stage["processes"] {
  const directory = dirname(fileURLToPath(environment["STORAGE_URL"] ?? ""));
  const noted: unknown = JSON.parse(readFileSync(join(directory, "processes.json"), "utf8"));
  const [postmaster = "0"] = readFileSync(join(directory, "postgres/postmaster.pid"), "utf8").split("\n");
  return { web: pidOf(noted, "app"), worker: pidOf(noted, "worker"), postgres: Number(postmaster) };
}

function pidOf(noted: unknown, name: string): number {
  const entries = Array.isArray(noted) ? (noted as { name: string; pid: number }[]) : [];
  const found = entries.find((entry) => entry.name === name);
  if (!found) throw new Error(`the launcher noted no process called ${name}`);
  return found.pid;
}
