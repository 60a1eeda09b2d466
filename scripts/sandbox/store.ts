import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const WRITE_AFTER_MS = 20;

/** What a gateway's stand-in remembers; written to a file, so that a restart loses no order. */
export interface Store<State> {
  readonly state: State;
  /** Say so after every change. */
  changed(): void;
  reset(): void;
  flush(): void;
}

/**
 * Opens the state of one gateway.
 *
 * @param directory null keeps it in memory alone
 * @param empty a new state with nothing in it
 */
export function openStore<State extends object>(
  directory: string | null,
  name: string,
  empty: () => State,
): Store<State> {
  const file = directory === null ? null : join(directory, `${name}.json`);
  if (directory !== null) mkdirSync(directory, { recursive: true });
  const state: State = {
    ...empty(),
    ...(file !== null && existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as State) : {}),
  };
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    if (file === null) return;
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file); // a crash leaves the old file or the new one, never half of one
  }
  function changed(): void {
    timer ??= setTimeout(flush, WRITE_AFTER_MS);
  }
  return {
    state,
    changed,
    flush,
    reset() {
      Object.assign(state, empty());
      changed();
    },
  };
}
