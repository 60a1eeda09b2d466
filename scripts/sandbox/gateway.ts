import type { Callbacks } from "./callbacks";
import type { SandboxClock } from "./clock";
import type { Reply, SandboxRequest } from "./http";

/** What the server gives each stand-in. */
export interface SandboxContext {
  /** Address of the sandbox, without a slash at its end. */
  readonly origin: string;
  readonly callbacks: Callbacks;
  /** The time at the gateways; `POST /control/clock` moves it. */
  readonly clock: SandboxClock;
  /** Where state is kept; null: in memory. */
  readonly directory: string | null;
}

/** One gateway's stand-in. A new one is a folder beside `flow/` and a line in `server.ts`. */
export interface SandboxGateway {
  /** First part of every path, and the name in control calls. */
  readonly name: string;
  /** The operation that a request of the API calls, as faults name it; null for pages. */
  operationOf(request: SandboxRequest): string | null;
  handle(request: SandboxRequest): Reply | Promise<Reply>;
  /** Sets what the API cannot: a payment's fate, a wrong amount. `path` is what follows `/control/<name>/`. */
  control(path: readonly string[], change: Record<string, unknown>): unknown;
  /** Does what has come due by the clock (a recurring charge, an expiry); called after each move and each second. */
  tick?(): void;
  /** Everything it remembers, for `/control/state`. */
  state(): unknown;
  /** A page for people: what there is, what can be done with it. */
  overview(): string;
  reset(): void;
  flush(): void;
}
