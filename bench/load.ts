import { Agent, request as send } from "node:http";

/** One request of a load; `n` counts from 0 over all clients. */
export interface Shot {
  readonly path: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Requests a second. */
  readonly rate: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Answers by status; anything unexpected shows here. */
  readonly statuses: Record<number, number>;
}

/** Fires `amount` requests from `clients` keep-alive connections, each waiting for its answer before the next. */
export async function load(
  origin: string,
  clients: number,
  amount: number,
  shot: (n: number, client: number) => Shot,
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const durations: number[] = [];
  const statuses: Record<number, number> = {};
  let next = 0;
  const startedAt = performance.now();
  const client = async (number: number) => {
    for (let n = next++; n < amount; n = next++) {
      const firedAt = performance.now();
      const status = await fire(agent, origin, shot(n, number));
      durations.push(performance.now() - firedAt);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  durations.sort((a, b) => a - b);
  const at = (share: number) =>
    round(durations[Math.min(durations.length - 1, Math.floor(durations.length * share))] ?? 0);
  return {
    requests: amount,
    seconds,
    rate: round(amount / seconds),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    statuses,
  };
}

function fire(
  agent: Agent,
  origin: string,
  { path, method = "GET", headers = {}, body }: Shot,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = send(
      new URL(path, origin),
      { agent, method, headers: { ...headers, ...(body && { "content-length": Buffer.byteLength(body) }) } },
      (answer) => {
        answer.resume();
        answer.once("end", () => resolve(answer.statusCode ?? 0));
        answer.once("error", reject);
      },
    );
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Middle of three (or more) runs: this machine is noisy. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** One figure as one JSON line. `target` is the promise, in words. */
export function figure(
  name: string,
  value: number,
  unit: string,
  target?: string,
  more: Record<string, unknown> = {},
): void {
  console.log(
    JSON.stringify({ figure: name, value: round(value), unit, ...(target && { target }), ...more }),
  );
}
