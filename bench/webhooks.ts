import type { Bare } from "./bare";
import { cpuMs } from "./cpu";
import { figure, load, median, round } from "./load";
import type { Stage } from "./stage";

const RUNS = 3;
const CLIENTS = 16;
const NOTICES = 1_500;

/**
 * Notices of a gateway stored and acknowledged, against a bare JSON route with one query. Measured twice: beside the
 * worker, which asks the sandbox about each notice on the same processors, and with the worker held.
 */
export async function webhooks(stage: Stage, bare: Bare): Promise<void> {
  await acknowledge(stage, bare, "webhook", 0);
  process.kill(stage.processes.worker, "SIGSTOP");
  try {
    await acknowledge(stage, bare, "webhook.alone", RUNS);
  } finally {
    process.kill(stage.processes.worker, "SIGCONT");
  }
}

async function acknowledge(stage: Stage, bare: Bare, name: string, firstRun: number): Promise<void> {
  const ratios: number[] = [];
  const p99: number[] = [];
  const cpu: number[] = [];
  for (let run = firstRun; run < firstRun + RUNS; run++) {
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
    figure(`${name}.rate`, notices.rate, "notices/s", undefined, {
      run: run - firstRun,
      bareRate: yardstick.rate,
      statuses: notices.statuses,
    });
  }
  figure(`${name}.to_bare_route`, median(ratios), "x", ">= 0.6");
  figure(`${name}.p99`, median(p99), "ms", "< 300");
  figure(`${name}.cpu`, median(cpu), "ms of CPU a notice", undefined, { runs: cpu.map(round) });
}
