import { isMet, rateOf } from "./chance";
import { textOr } from "./http";

/**
 * How an operation misbehaves.
 *
 * - `error500`: nothing is done, 500 with a page of HTML
 * - `timeout`: nothing is done, no answer for `ms`
 * - `malformed`: done, and the answer breaks off in the middle
 * - `lost-answer`: done, and the connection breaks before the answer
 * - `rate-limited`: nothing is done, 429 with `Retry-After: 1`
 * - `slow`: done, answered after `ms`
 */
const faultKinds = ["error500", "timeout", "malformed", "lost-answer", "rate-limited", "slow"] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  readonly gateway: string;
  /** As the gateway calls it (`payment/create`), or `*`. */
  readonly operation: string;
  readonly kind: FaultKind;
  readonly ms: number;
  /** Share of the calls that it befalls, for good; null: the next `count`. */
  readonly rate: number | null;
  count: number;
}

/** The faults ordered through the control API and not yet used up. */
export class Faults {
  private ordered: Fault[] = [];

  /** @throws Error with a sentence when the order is not understood */
  order(request: Record<string, unknown>): Fault {
    const kind = faultKinds.find((known) => known === request["kind"]);
    if (!kind) throw new Error(`kind must be one of ${faultKinds.join(", ")}`);
    const fault = {
      gateway: textOr(request["gateway"], "flow"),
      operation: textOr(request["operation"], "*"),
      kind,
      ms: Number(request["ms"] ?? 30_000),
      rate: rateOf(request),
      count: Number(request["count"] ?? 1),
    };
    this.ordered.push(fault);
    return fault;
  }

  /** The fault that this call meets, if any; uses it up by one. */
  take(gateway: string, operation: string): Fault | null {
    const fault = this.ordered.find(
      (one) =>
        one.gateway === gateway && (one.operation === "*" || one.operation === operation) && isMet(one),
    );
    if (!fault) return null;
    if (fault.rate === null) fault.count -= 1;
    return fault;
  }

  list(): readonly Fault[] {
    return this.ordered.filter(({ count, rate }) => count > 0 || rate !== null);
  }

  clear(): void {
    this.ordered = [];
  }
}
