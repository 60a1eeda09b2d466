import type { Outcome, Step } from "./steps";

/**
 * Runs steps, some at a time, and prints each with its time when it has ended.
 *
 * @returns how many failed
 */
export async function runSteps(steps: readonly Step[], atATime: number): Promise<number> {
  const waiting = [...steps];
  let failed = 0;
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const started = performance.now();
      const outcome = await step.run();
      if (!outcome.passed) failed += 1;
      print(step, outcome, (performance.now() - started) / 1000);
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return failed;
}

function print({ name }: Step, { passed, output }: Outcome, seconds: number): void {
  console.log(`${passed ? "ok    " : "FAILED"}  ${name.padEnd(26)} ${seconds.toFixed(1).padStart(6)} s`);
  if (output) console.log(`${output.replaceAll(/^/gm, "        ")}\n`);
}
