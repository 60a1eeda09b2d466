/**
 * What can go wrong between us and a gateway, as the caller must tell it apart.
 *
 * - `declined`: the gateway understood and said no (card, limit, closed account)
 * - `invalid`: it refused our request; sending it again gives the same answer
 * - `auth`: our credentials or signature are wrong; people must act
 * - `unsupported`: it cannot do this at all; nothing was sent
 * - `rate-limited`: later
 * - `unavailable`: nothing happened there, or a question went unanswered; asking again is safe
 * - `unknown-outcome`: it may have happened. Query, never repeat.
 */
export type FailureKind =
  | "declined"
  | "invalid"
  | "auth"
  | "unsupported"
  | "rate-limited"
  | "unavailable"
  | "unknown-outcome";

export interface Failure {
  readonly kind: FailureKind;
  /** The gateway's own code, or our name for a fault of the line (`timeout`, `breaker-open`). */
  readonly code: string;
  /** For logs and for platform staff; already free of secrets. */
  readonly detail: string;
  /** When to come back, where the gateway said so. */
  readonly retryAfterMs?: number;
}

/** An answer from the outside world: its failures are values, because callers must choose. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

export function succeeded<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function failed(
  kind: FailureKind,
  code: string,
  detail: string,
  retryAfterMs?: number,
): Outcome<never> {
  return {
    ok: false,
    failure: { kind, code, detail, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
  };
}
