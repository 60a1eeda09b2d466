import { randomUUID } from "node:crypto";
import { cpuMs } from "./cpu";
import { figure, type LoadResult, load, median, round } from "./load";
import type { BenchShop, Stage } from "./stage";

const RUNS = 3;
const CLIENTS = 8;
const SALES = 800;

/** A sale of three lines through HTTP, signed in, against the same database function called directly. */
export async function sales(stage: Stage): Promise<void> {
  const cookies = await Promise.all(stage.shops.map((shop) => stage.cookie(shop)));
  const many = (n: number) => n % stage.shops.length;
  const one = () => 0;
  await overHttp(stage, cookies, many, 200);
  const spread: LoadResult[] = [];
  const single: LoadResult[] = [];
  const direct: number[] = [];
  const cpu: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const before = cpuMs([stage.processes.web, stage.processes.postgres]);
    const result = await overHttp(stage, cookies, many, SALES);
    cpu.push((cpuMs([stage.processes.web, stage.processes.postgres]) - before) / SALES);
    spread.push(result);
    single.push(await overHttp(stage, cookies, one, SALES));
    direct.push(await sellDirectly(stage, many, SALES * 2));
  }
  const rates = spread.map(({ rate }) => rate);
  figure("sale.http", median(rates), "sales/s", undefined, {
    runs: rates,
    statuses: spread.map(({ statuses }) => statuses),
  });
  figure("sale.cpu", median(cpu), "ms of CPU a sale, server and database", "<= 8", { runs: cpu.map(round) });
  figure("sale.p95", median(spread.map(({ p95Ms }) => p95Ms)), "ms", "<= 60");
  figure("sale.direct", median(direct), "sales/s", undefined, { runs: direct.map(round) });
  figure(
    "sale.http_to_direct",
    median(rates.map((rate, run) => rate / (direct[run] ?? Infinity))),
    "x",
    ">= 0.05",
  );
  figure(
    "sale.one_branch_to_fifty",
    median(single.map(({ rate }, run) => rate / (rates[run] ?? Infinity))),
    "x",
    ">= 0.5",
  );
  const { rows } = await stage.owner.query<{ broken: number }>(
    `select count(*)::int as broken from (
       select count(*) <> max(receipt_number) or count(distinct receipt_number) <> count(*) as bad
       from public.orders group by organization_id, branch_id) o where bad`,
  );
  figure("sale.branches_with_gap_or_double", rows[0]?.broken ?? -1, "branches", "= 0");
}

function sale(shop: BenchShop, n: number): string {
  const lines = [0, 1, 2].map((line) => ({
    productId: shop.products[(n * 3 + line * 7) % shop.products.length],
    quantity: 1,
  }));
  return JSON.stringify({ branchId: shop.branch, lines, tenders: [{ method: "cash", amount: 100_000 }] });
}

function overHttp(
  stage: Stage,
  cookies: readonly string[],
  choose: (n: number) => number,
  amount: number,
): Promise<LoadResult> {
  return load(stage.origin, CLIENTS, amount, (n) => {
    const index = choose(n);
    const shop = stage.shops[index] ?? stage.big;
    const headers = {
      "content-type": "application/json",
      "idempotency-key": randomUUID(),
      cookie: cookies[index] ?? "",
      origin: stage.origin,
    };
    return { path: "/api/pos/sales", method: "POST", headers, body: sale(shop, n) };
  });
}

/** The same function, the same claims, eight connections, no HTTP. Returns sales a second. */
export async function sellDirectly(
  { app, shops, big }: Stage,
  choose: (n: number) => number,
  amount: number,
): Promise<number> {
  let next = 0;
  const startedAt = performance.now();
  const client = async () => {
    const connection = await app.connect();
    for (let n = next++; n < amount; n = next++) {
      const shop = shops[choose(n)] ?? big;
      const claims = JSON.stringify({
        sub: shop.seller,
        session_id: shop.seller,
        iat: Math.floor(Date.now() / 1000),
      });
      const opening =
        "select set_config('role', $1, true), set_config('request.jwt.claims', $2, true), set_config('app.organization_id', '', true)";
      await connection.query("begin");
      await connection.query({ name: "open", text: opening, values: ["authenticated", claims] });
      await connection.query({
        name: "sell",
        text: "select private.record_sale($1, $2)",
        values: [randomUUID(), sale(shop, n)],
      });
      await connection.query("commit");
    }
    connection.release();
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return amount / ((performance.now() - startedAt) / 1000);
}
