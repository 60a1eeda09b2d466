import { StartError } from "../services/start-error";

/** Prints one line. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/**
 * Does one step of a start and prints it with the time it took.
 *
 * @param work may return a few words to print beside the name
 */
export async function step<T>(
  name: string,
  work: () => Promise<T> | T,
  note: (result: T) => string = () => "",
): Promise<T> {
  const startedAt = performance.now();
  const result = await work();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  say(`  ${name.padEnd(22)}${seconds.padStart(6)} s   ${note(result)}`.trimEnd());
  return result;
}

/** Runs a command's work; an expected obstacle prints its sentence, anything else its stack. */
export async function main(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`\n${error instanceof StartError ? error.message : (error as Error).stack}\n`);
    process.exitCode = 1;
  }
}
