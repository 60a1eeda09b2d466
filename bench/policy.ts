import type { PoolClient } from "pg";
import { figure, median } from "./load";
import type { Stage } from "./stage";

const RUNS = 3;
const QUERIES = 300;

/** What row level security costs: a list behind the wall against the same list without, on 200 000 rows and more. */
export async function policy({ owner, app, big }: Stage): Promise<void> {
  const total = await owner.query<{ n: number }>("select count(*)::int as n from public.customers");
  const list =
    "select id, given_names, surnames, rut, phone from public.customers where organization_id = $1 order by sort_name, id limit 50";
  const ratios: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const bare = await withClient(owner, (client) => timed(client, list, big.organization));
    const walled = await withClient(app, async (client) => {
      const claims = JSON.stringify({
        sub: big.seller,
        session_id: big.seller,
        iat: Math.floor(Date.now() / 1000),
      });
      const values = ["authenticated", claims, big.organization];
      await client.query("begin");
      await client.query(
        "select set_config('role', $1, true), set_config('request.jwt.claims', $2, true), set_config('app.organization_id', $3, true)",
        values,
      );
      const found = await timed(client, list, big.organization);
      await client.query("commit");
      return found;
    });
    ratios.push(walled / bare);
    figure("policy.list", walled / QUERIES, "ms", undefined, {
      run,
      bareMs: Math.round((bare / QUERIES) * 1000) / 1000,
      rows: total.rows[0]?.n,
    });
  }
  figure("policy.ratio", median(ratios), "x", "<= 2");
}

async function withClient<T>(pool: Stage["owner"], work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

async function timed(client: PoolClient, text: string, organization: string): Promise<number> {
  const query = { name: `list-${text.length}`, text, values: [organization] };
  for (let n = 0; n < 20; n++) await client.query(query);
  const startedAt = performance.now();
  for (let n = 0; n < QUERIES; n++) await client.query(query);
  return performance.now() - startedAt;
}
