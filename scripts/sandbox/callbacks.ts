import { setTimeout as sleep } from "node:timers/promises";
import { isMet, rateOf } from "./chance";
import { textOr } from "./http";

/**
 * How the next callbacks of a gateway misbehave.
 *
 * - `duplicate`: `copies` at once
 * - `late`: after `ms`
 * - `lost`: never
 * - `reorder`: held back until the next one is due, and sent after it
 * - `forged`: the genuine one stays away, and somebody else's imitation comes in its place
 * - `malformed`: breaks off in the middle
 * - `shuffle`: after a random time up to `ms`, beside whatever else befalls it
 */
const callbackModes = ["duplicate", "late", "lost", "reorder", "forged", "malformed", "shuffle"] as const;
export type CallbackMode = (typeof callbackModes)[number];

/** One callback as it is to be sent. */
export interface Callback {
  readonly gateway: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What a forger who has seen the genuine one would send; without it, the genuine one with another body. */
  readonly forged?: Pick<Callback, "headers" | "body">;
  /** Waits between tries while the merchant does not answer 2xx, in milliseconds; none: it is sent once. */
  readonly retryAfterMs?: readonly number[];
}

export interface Delivery {
  readonly at: string;
  readonly gateway: string;
  readonly url: string;
  readonly body: string;
  /** What the receiver answered, or why there was no answer. */
  readonly result: number | string;
}

interface Misbehaviour {
  readonly gateway: string;
  readonly mode: CallbackMode;
  readonly ms: number;
  readonly copies: number;
  /** Share of the callbacks that it befalls, for good; null: the next `count`. */
  readonly rate: number | null;
  count: number;
}

const ANSWER_WITHIN_MS = 15_000;
const MOST_DELIVERIES = 500;

/** Sends callbacks to the merchant, as often as the gateway would, or as wrongly as ordered. */
export class Callbacks {
  private ordered: Misbehaviour[] = [];
  private held: Callback[] = [];
  private delivered: Delivery[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  /** @throws Error with a sentence when the order is not understood */
  order(request: Record<string, unknown>): Misbehaviour {
    const mode = callbackModes.find((known) => known === request["mode"]);
    if (!mode) throw new Error(`mode must be one of ${callbackModes.join(", ")}`);
    const misbehaviour = {
      gateway: textOr(request["gateway"], "flow"),
      mode,
      ms: Number(request["ms"] ?? 2_000),
      copies: Number(request["copies"] ?? 2),
      rate: rateOf(request),
      count: Number(request["count"] ?? 1),
    };
    this.ordered.push(misbehaviour);
    return misbehaviour;
  }

  /** Sends in the background: the payer does not wait for the merchant's server. */
  send(callback: Callback): void {
    const met = this.ordered.find(
      (one) => one.mode !== "shuffle" && one.gateway === callback.gateway && isMet(one),
    );
    if (met?.rate === null) met.count -= 1;
    if (met?.mode === "lost") return this.record(callback, "lost");
    if (met?.mode === "reorder") {
      this.held.push(callback);
      return;
    }
    if (met?.mode === "forged")
      return this.start({ ...callback, ...(callback.forged ?? { body: `${callback.body}0` }) }, 0);
    if (met?.mode === "malformed")
      return this.start({ ...callback, body: callback.body.slice(0, callback.body.length / 2) }, 0);
    const copies = met?.mode === "duplicate" ? met.copies : 1;
    for (let copy = 0; copy < copies; copy += 1) this.start(callback, met?.mode === "late" ? met.ms : 0);
    const earlier = this.held;
    this.held = [];
    for (const one of earlier.reverse()) this.start(one, 200);
  }

  list(): { ordered: readonly Misbehaviour[]; held: number; deliveries: readonly Delivery[] } {
    return {
      ordered: this.ordered.filter(({ count, rate }) => count > 0 || rate !== null),
      held: this.held.length,
      deliveries: this.delivered,
    };
  }

  /** Forgets what was ordered; what was held back stays so. */
  heal(): void {
    this.ordered = [];
  }

  clear(): void {
    this.ordered = [];
    this.held = [];
    this.delivered = [];
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled(this.underWay);
  }

  private start(callback: Callback, waitMs: number): void {
    const spread = this.ordered.findLast((one) => one.mode === "shuffle" && one.gateway === callback.gateway);
    const wait = waitMs + Math.random() * (spread?.ms ?? 0);
    const sending = this.deliver(callback, wait).finally(() => this.underWay.delete(sending));
    this.underWay.add(sending);
  }

  private async deliver(callback: Callback, waitMs: number): Promise<void> {
    for (const wait of [waitMs, ...(callback.retryAfterMs ?? [])]) {
      try {
        if (wait > 0) await sleep(wait, undefined, { signal: this.stopping.signal });
      } catch {
        return; // the sandbox stops
      }
      if (await this.isTaken(callback)) return;
    }
  }

  private async isTaken(callback: Callback): Promise<boolean> {
    try {
      const answer = await fetch(callback.url, {
        method: "POST",
        headers: callback.headers,
        body: callback.body,
        redirect: "manual",
        signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
      await answer.arrayBuffer();
      this.record(callback, answer.status);
      return answer.ok;
    } catch (error) {
      this.record(callback, error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  private record({ gateway, url, body }: Callback, result: number | string): void {
    this.delivered.push({ at: new Date().toISOString(), gateway, url, body, result });
    if (this.delivered.length > MOST_DELIVERIES) this.delivered.shift();
  }
}
