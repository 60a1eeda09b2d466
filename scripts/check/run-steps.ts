import type { Outcome, Step } from "./steps";

/**
 * Runs steps, some at a time, and prints each with its time when it has ended.
 *
 * @param say where the lines go
 * @returns how many failed
 */
export async function runSteps(
  steps: readonly Step[],
  atATime: number,
  say: (line: string) => void = console.log,
): Promise<number> {
  const waiting = [...steps];
  let failed = 0;
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const started = performance.now();
      const outcome = await step.run();
      if (!outcome.passed) failed += 1;
      report(say, step, outcome, (performance.now() - started) / 1000);
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return failed;
}

function report(
  say: (line: string) => void,
  { name }: Step,
  { passed, output }: Outcome,
  seconds: number,
): void {
  say(`${passed ? "ok    " : "FAILED"}  ${name.padEnd(26)} ${seconds.toFixed(1).padStart(6)} s`);
  if (output) say(`${output.replaceAll(/^/gm, "        ")}\n`);
}
