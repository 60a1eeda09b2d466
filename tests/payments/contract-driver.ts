import type {
  AutoRenewalRequest,
  Gateway,
  Reference,
  ReportedStatus,
  WebhookRequest,
} from "@/lib/payments/gateway";
import type { Outcome } from "@/lib/payments/outcome";
import type { FaultKind } from "@/scripts/sandbox/faults";

/** A notice as it arrives; without an address of its own it is posted to the plain webhook address. */
export type SentNotice = Pick<WebhookRequest, "headers" | "rawBody"> & { readonly url?: URL };

/** What a test must be able to do to the automatic renewals of a sandbox. */
export interface RenewalDriver {
  /** Plays the payer on the page that setup opened. */
  agree(setup: readonly Reference[], fate: "agree" | "refuse"): Promise<void>;
  /** Lets one period pass at the gateway and its charge be taken; `decline`: the card refuses. */
  cycle(interval: AutoRenewalRequest["interval"], fate?: "pay" | "decline"): Promise<void>;
  /** How many renewals (subscriptions, preapprovals) the gateway knows under our reference. */
  renewalsNamed(reference: string): Promise<number>;
}

/** What a gateway's tests must be able to do to its sandbox, so that every adapter passes the same suite. */
export interface ContractDriver {
  /** A new adapter over the sandbox, without the history of other tests. */
  readonly gateway: Gateway;
  /** The same adapter with wrong credentials. */
  withWrongKey(): Gateway;
  /** Plays the payer: pays or refuses what a checkout opened. */
  decide(checkout: readonly Reference[], fate: "pay" | "reject"): Promise<void>;
  /** Makes the gateway report something untrue about a payment. */
  lie(checkout: readonly Reference[], lie: "amount" | "currency" | "reference" | "status"): Promise<void>;
  fault(
    operation: "checkout" | "state" | "refund",
    kind: FaultKind,
    count: number,
    ms?: number,
  ): Promise<void>;
  /** How many checkouts the gateway knows under our reference. */
  checkoutsNamed(reference: string): Promise<number>;
  /** Whether a payment can be found by our own reference alone; where not, nobody can pay a checkout whose answer was lost. */
  readonly findsByOwnReference: boolean;
  /** What a payment is after its card was refused; `pending` where the payer may try again on the same page. */
  readonly refusedIs?: ReportedStatus;
  /** Undefined where the gateway has no automatic renewals. */
  readonly renewals?: RenewalDriver;
  /** A notice as the gateway sends it about a checkout. */
  notice(checkout: readonly Reference[]): SentNotice | Promise<SentNotice>;
  /** The browser's return as the gateway sends it. */
  returnFields(checkout: readonly Reference[]): URLSearchParams;
  /** Notices that must be refused, by what is wrong with them. */
  badNotices(): Readonly<Record<string, SentNotice>> | Promise<Readonly<Record<string, SentNotice>>>;
}

/** The value of an outcome that has to be one. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.kind}: ${outcome.failure.detail}`);
  return outcome.value;
}

/** What kind of failure an outcome is. */
export function failureOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? "no failure" : outcome.failure.kind;
}
