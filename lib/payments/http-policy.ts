import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  circuitBreaker,
  handleWhenResult,
  SamplingBreaker,
  wrap,
} from "cockatiel";
import { failed, type Outcome } from "./outcome";

/** What a call is for; each has its own patience (RELIABILITY, outgoing calls). */
export type Operation = "checkout" | "state" | "refund";

interface Patience {
  /** Longest wait for one try, in milliseconds. */
  readonly tryMs: number;
  /** Longest wait for all tries together, in milliseconds. */
  readonly totalMs: number;
  readonly retries: number;
  /** Calls under way at once in this process; more are refused at once, not queued. */
  readonly concurrent: number;
}

export const patience: Readonly<Record<Operation, Patience>> = {
  checkout: { tryMs: 4_000, totalMs: 8_000, retries: 1, concurrent: 20 },
  state: { tryMs: 5_000, totalMs: 5_000, retries: 0, concurrent: 10 },
  refund: { tryMs: 10_000, totalMs: 10_000, retries: 0, concurrent: 4 },
};

const SAMPLE_MS = 30_000;
const SAMPLE_CALLS = 10;
const OPEN_MS = 30_000;

/** Runs calls of one gateway and operation within its bulkhead and circuit breaker. */
export interface Guard {
  run<T>(call: () => Promise<Outcome<T>>): Promise<Outcome<T>>;
  /** True while calls are held back: the gateway is better not offered. Afterwards the next call tries it again. */
  isOpen(): boolean;
}

/** A guard of its own for one gateway and operation; its state lives in this process. */
export function createGuard(operation: Operation): Guard {
  const breaker = circuitBreaker(handleWhenResult(isOutage), {
    breaker: new SamplingBreaker({
      threshold: 0.5,
      duration: SAMPLE_MS,
      minimumRps: (SAMPLE_CALLS * 1_000) / SAMPLE_MS,
    }),
    halfOpenAfter: OPEN_MS,
  });
  let heldUntil = 0;
  breaker.onBreak(() => (heldUntil = Date.now() + OPEN_MS));
  const policy = wrap(bulkhead(patience[operation].concurrent, 0), breaker);

  return {
    // By time, not by the next success: a gateway that is not offered gets no call that could succeed.
    isOpen: () => Date.now() < heldUntil,
    async run(call) {
      try {
        return await policy.execute(call);
      } catch (error) {
        if (error instanceof BrokenCircuitError)
          return failed("unavailable", "breaker-open", "calls are held back for 30 s");
        if (error instanceof BulkheadRejectedError)
          return failed("unavailable", "too-busy", "too many calls under way");
        throw error;
      }
    },
  };
}

/** Tries beyond the first may be at most a tenth of a minute's calls (and one where there are few). */
export function createRetryBudget(now: () => number = Date.now): { call(): void; mayRetry(): boolean } {
  let minute = 0;
  let calls = 0;
  let retries = 0;
  const turn = () => {
    const current = Math.floor(now() / 60_000);
    if (current !== minute) [minute, calls, retries] = [current, 0, 0];
  };
  return {
    call() {
      turn();
      calls += 1;
    },
    mayRetry() {
      turn();
      if (retries >= Math.max(1, Math.floor(calls / 10))) return false;
      retries += 1;
      return true;
    },
  };
}

/** A refusal is an answer; only silence and breakage tell of an outage. */
function isOutage(result: unknown): boolean {
  const outcome = result as Outcome<unknown>;
  return (
    !outcome.ok && (outcome.failure.kind === "unavailable" || outcome.failure.kind === "unknown-outcome")
  );
}
