import { log } from "@/lib/log";

export interface Loop {
  /** Looks now instead of at the next interval. */
  wake(): void;
  /** Finishes what is under way and begins nothing new. */
  stop(): Promise<void>;
}

/** Pause after a first failure; it doubles with each further one in a row, up to the longest. */
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;

/**
 * Repeats work: at once while it finds something, else when woken or after a pause. Failures pause longer and
 * are logged; they never end the loop.
 *
 * @param work returns how much it did
 */
export function startLoop(name: string, everyMs: number, work: () => Promise<number>): Loop {
  let stopped = false;
  let woken = false;
  let failures = 0;
  let endPause: () => void = () => undefined;

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function turn(): Promise<number> {
    try {
      const done = await work();
      failures = 0;
      return done;
    } catch (error) {
      failures += 1;
      log.error({ err: error, loop: name, failures }, "a loop failed and goes on");
      return 0;
    }
  }

  async function run(): Promise<void> {
    while (!stopped) {
      woken = false;
      const done = await turn();
      if (stopped || done > 0 || (woken && failures === 0)) continue;
      await pause(failures === 0 ? everyMs : Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)));
    }
  }

  const running = run();
  return {
    wake() {
      woken = true;
      if (failures === 0) endPause();
    },
    stop() {
      stopped = true;
      endPause();
      return running;
    },
  };
}
