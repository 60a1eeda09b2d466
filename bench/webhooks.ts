import type { Bare } from "./bare";
import { cpuMs } from "./cpu";
import { figure, load, median, round } from "./load";
import type { Stage } from "./stage";

const RUNS = 3;
const CLIENTS = 16;
const NOTICES = 1_500;

/** Notices of a gateway stored and acknowledged, against a bare JSON route with one query. */
export async function webhooks(stage: Stage, bare: Bare): Promise<void> {
  const ratios: number[] = [];
  const p99: number[] = [];
  const cpu: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const yardstick = await load(bare.origin, CLIENTS, NOTICES, () => ({
      path: "/one",
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    }));
    const before = cpuMs([stage.processes.web, stage.processes.postgres]);
    const notices = await load(stage.origin, CLIENTS, NOTICES, (n) => ({
      path: "/api/webhooks/flow",
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: `token=${(run * NOTICES + n).toString(16).padStart(40, "0").toUpperCase()}`,
    }));
    cpu.push((cpuMs([stage.processes.web, stage.processes.postgres]) - before) / NOTICES);
    ratios.push(notices.rate / yardstick.rate);
    p99.push(notices.p99Ms);
    figure("webhook.rate", notices.rate, "notices/s", undefined, {
      run,
      bareRate: yardstick.rate,
      statuses: notices.statuses,
    });
  }
  figure("webhook.to_bare_route", median(ratios), "x", ">= 0.6");
  figure("webhook.p99", median(p99), "ms", "< 300");
  figure("webhook.cpu", median(cpu), "ms of CPU a notice", undefined, { runs: cpu.map(round) });
}
