import type { Bare } from "./bare";
import { cpuMs } from "./cpu";
import { figure, load, median, round } from "./load";
import { sellDirectly } from "./sales";
import type { Stage } from "./stage";

const RUNS = 3;
const BARE = "bare";
const PAGES = ["/", "/pos", "/customers"];

/** A full day of a busy branch. */
const SALES_TODAY = 120;
/** Until the engine has compiled what a page runs: a shop's first page of the day is not what is compared. */
const WARM_UP = 200;

/**
 * Server time of the busiest pages, in a shop with 21 000 customers and a full day behind it, against a bare page with
 * one query.
 */
export async function pages(stage: Stage, bare: Bare): Promise<void> {
  await sellDirectly(stage, () => 0, SALES_TODAY);
  const headers = { cookie: await stage.cookie(stage.big) };
  const ask = (path: string, clients: number, amount: number) => {
    const ours = path !== BARE;
    return load(ours ? stage.origin : bare.origin, clients, amount, () =>
      ours ? { path, headers } : { path: "/" },
    );
  };
  for (const path of [BARE, ...PAGES]) await ask(path, 4, WARM_UP);
  for (const clients of [1, 16]) {
    const amount = clients === 1 ? 150 : 240;
    const cpu: Record<string, number[]> = {};
    const p95: Record<string, number[]> = {};
    for (let run = 0; run < RUNS; run++) {
      for (const path of [BARE, ...PAGES]) {
        const roots = [path === BARE ? bare.pid : stage.processes.web, stage.processes.postgres];
        await ask(path, clients, clients * 3);
        const before = cpuMs(roots);
        const result = await ask(path, clients, amount);
        (cpu[path] ??= []).push((cpuMs(roots) - before) / amount);
        (p95[path] ??= []).push(result.p95Ms);
        const wrong = Object.keys(result.statuses).filter((status) => status !== "200");
        if (wrong.length > 0) throw new Error(`${path} answered ${wrong.join(", ")}`);
      }
    }
    const bareCpu = median(cpu[BARE] ?? []);
    for (const path of PAGES) {
      const ratio = median((cpu[path] ?? []).map((ms, run) => ms / (cpu[BARE]?.[run] ?? Infinity)));
      const more = {
        clients,
        cpuMs: round(median(cpu[path] ?? [])),
        bareCpuMs: round(bareCpu),
        p95Ms: median(p95[path] ?? []),
      };
      figure(`page ${path}`, ratio, "x the CPU of a bare page", "<= 2.5", more);
    }
  }
}
