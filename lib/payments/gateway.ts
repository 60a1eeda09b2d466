import type { Outcome } from "./outcome";

/** Money as the wire and the database carry it: an integer in minor units (CLP has none) and its currency. */
export interface Money {
  readonly amountMinor: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** A name under which a gateway knows a payment or refund. One payment has several: order, token, capture … */
export interface Reference {
  /** What the name is, in the adapter's words (`order`, `token`, `flow_order`). */
  readonly kind: string;
  readonly value: string;
}

/** What a gateway can do. Interface and policy read these, never the gateway's name. */
export interface Capabilities {
  readonly oneOff: boolean;
  readonly recurring: "native" | "merchant-scheduled" | "link-only" | "none";
  readonly refunds: "sync" | "async" | "none";
  readonly partialRefund: boolean;
  readonly pause: boolean;
  /** ISO 4217 codes, the preferred one first. */
  readonly currencies: readonly string[];
  /** The smallest amount taken, in minor units. */
  minAmountMinor(currency: string): number;
}

export interface CheckoutRequest {
  readonly paymentId: string;
  /** Our opaque name for this payment at the gateway; bound to one organization, amount and currency. */
  readonly reference: string;
  /** Sent where the gateway takes one: the same for every try of this checkout. */
  readonly idempotencyKey: string;
  readonly money: Money;
  /** What the payer reads on the gateway's page. */
  readonly subject: string;
  readonly payer: { readonly email: string };
  readonly returnUrl: string;
  readonly notifyUrl: string;
  readonly expiresAt: Date;
}

export interface Checkout {
  readonly redirect: { readonly url: string; readonly method: "GET" | "POST" };
  readonly gatewayRef: Reference;
  readonly secondaryRefs: readonly Reference[];
  readonly expiresAt: Date;
}

/** An order to let the gateway collect each period by itself. */
export interface AutoRenewalRequest {
  readonly autoRenewalId: string;
  /** Our opaque name for it at the gateway; its charges repeat it. */
  readonly reference: string;
  readonly idempotencyKey: string;
  /** What each period costs. */
  readonly money: Money;
  readonly interval: "month" | "year";
  /** When the first charge is due; null: now. */
  readonly firstChargeAt: Date | null;
  readonly subject: string;
  readonly payer: { readonly email: string; readonly name: string };
  readonly returnUrl: string;
  readonly notifyUrl: string;
}

/** What a gateway can report of a payment; `creating` and `review` are ours alone. */
export type ReportedStatus =
  | "pending"
  | "processing"
  | "succeeded"
  | "failed"
  | "cancelled"
  | "expired"
  | "partially_refunded"
  | "refunded"
  | "disputed";

/** A payment as the gateway tells it now: the source of truth for all gateways. */
export interface PaymentState {
  readonly normalized: ReportedStatus;
  /** The gateway's own word, for the record. */
  readonly rawStatus: string;
  /** Our reference as the gateway repeats it; null when it does not. */
  readonly reference: string | null;
  /** Null where the gateway's figure is missing or no integer in minor units: that never equals a price. */
  readonly amountExpectedMinor: number | null;
  readonly amountPaidMinor: number | null;
  readonly amountRefundedMinor: number;
  readonly currency: string | null;
  readonly underpaid: boolean;
  /** Why it failed or waits, in the gateway's words; shown to platform staff only. */
  readonly reason: string | null;
  /** When the gateway last changed it, where it says so. */
  readonly updatedAt: Date | null;
  /** A test payment, another merchant's account: genuine, but no money of ours. */
  readonly objection: "test-mode" | "foreign-account" | null;
  /** Further names learned from the answer. */
  readonly references: readonly Reference[];
}

export interface RefundRequest {
  readonly refundId: string;
  readonly idempotencyKey: string;
  /** Our opaque name for this refund at the gateway. */
  readonly reference: string;
  readonly payment: readonly Reference[];
  readonly money: Money;
  readonly payer: { readonly email: string };
  readonly notifyUrl: string;
}

/** A refund has a life of its own: some are accepted by the payer days later. */
export interface RefundState {
  readonly normalized: "processing" | "succeeded" | "failed" | "cancelled";
  readonly rawStatus: string;
  readonly amountMinor: number | null;
  readonly references: readonly Reference[];
}

/** A message as it came in, before anything is believed. */
export interface WebhookRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly rawBody: Uint8Array;
  /** Takes one of the questions to the outside that this caller's proofs may cost; false when there is none left. */
  readonly mayAsk?: () => boolean;
}

export interface Notice {
  /** Repeats of one notice share it; null where every notice stands for itself. */
  readonly dedupeKey: string | null;
  readonly kind: "payment" | "refund" | "subscription" | "unknown";
  /** Whom it is about; null when it names nobody, and only the record is kept. */
  readonly ref: Reference | null;
  /** False only where the notice itself is signed and complete. */
  readonly needsFetch: boolean;
}

export type Verification =
  | { readonly verdict: "authentic" | "unauthenticated-hint"; readonly notice: Notice }
  /** `unanswered`: whoever can tell did not answer; the gateway is to send it again. */
  | { readonly verdict: "rejected"; readonly reason: "malformed" | "not-authentic" | "unanswered" };

/** The browser's way back. Never grants anything: it says which payment to look at. */
export interface ReturnRequest {
  readonly method: string;
  readonly url: URL;
  /** Fields of a form that was posted; empty for GET. */
  readonly form: URLSearchParams;
}

/** What a gateway knows of an automatic renewal; apart from the states of its charges, which are payments. */
export interface AutoRenewalState {
  /** `pending`: the payer has not agreed yet, or something is left to do (`complete`). Nothing is active before that. */
  readonly normalized: "pending" | "active" | "paused" | "past_due" | "cancelled" | "expired";
  readonly rawStatus: string;
  /** Our reference as the gateway repeats it; null when it does not. */
  readonly reference: string | null;
  /** What it collects each period; null where the gateway does not say. */
  readonly amountMinor: number | null;
  readonly currency: string | null;
  readonly nextChargeAt: Date | null;
  /** What the payer would recognise (`Visa ···· 0366`); null where the gateway keeps it to itself. */
  readonly methodLabel: string | null;
  readonly objection: PaymentState["objection"];
  readonly references: readonly Reference[];
}

/** Money that a gateway pulls by itself, for those that can. */
export interface NativeSubscriptions {
  /** Opens the page on which the payer agrees. */
  setup(request: AutoRenewalRequest): Promise<Outcome<Checkout>>;
  /**
   * Does what is left once the payer agreed (Flow: a plan and a subscription on the registered card), where
   * anything is; looks before it makes, so that a second call makes nothing twice.
   */
  complete(
    request: AutoRenewalRequest,
    references: readonly Reference[],
  ): Promise<Outcome<AutoRenewalState | null>>;
  /** Null as value: the gateway knows no such renewal. */
  fetchStatus(references: readonly Reference[]): Promise<Outcome<AutoRenewalState | null>>;
  /** Another price from the next charge on; `redirect` where the payer has to agree to it again. */
  changePrice(
    references: readonly Reference[],
    money: Money,
    returnUrl: string,
  ): Promise<Outcome<{ readonly state: AutoRenewalState; readonly redirect: Checkout["redirect"] | null }>>;
  cancel(references: readonly Reference[], when: "now" | "period-end"): Promise<Outcome<AutoRenewalState>>;
  /** Every charge since then, paid or not, each with a reference of its own; `reference` is the renewal's. */
  listCharges(references: readonly Reference[], since: Date): Promise<Outcome<readonly PaymentState[]>>;
}

/** What a gateway says of our account there, asked before it is switched on. */
export interface SetupReport {
  /** Whose account the credentials open, where the gateway tells. */
  readonly account: string | null;
  readonly testMode: boolean;
  /** `unknown` where the gateway has no call that tells where notices go. */
  readonly notices: "arrive" | "missing" | "unknown";
}

/**
 * The port that every payment gateway fits. An adapter keeps transport, translation and proof apart and
 * throws only for bugs; what the outside world does comes back as an `Outcome`.
 */
export interface Gateway {
  readonly id: string;
  readonly capabilities: Capabilities;
  /** Refuses an unsupported currency or amount before any call. */
  createCheckout(request: CheckoutRequest): Promise<Outcome<Checkout>>;
  /**
   * Reads which payment a browser comes back from; does the gateway's work, where there is any (a capture).
   *
   * @param isOpen whether a name is one of ours that still waits: anybody may write an address, and only then is the
   *   gateway asked
   */
  completeReturn(
    request: ReturnRequest,
    isOpen?: (reference: Reference) => Promise<boolean>,
  ): Promise<Outcome<Reference | null>>;
  /**
   * Asks about a payment; takes the money of one that the payer agreed to, where that is left to us and still wanted.
   *
   * @param references every name known of one payment; null as value: the gateway knows no such payment
   * @param mayCapture whether the payment is still to be taken, asked at the last moment; without it nothing is taken
   */
  fetchStatus(
    references: readonly Reference[],
    mayCapture?: () => Promise<boolean>,
  ): Promise<Outcome<PaymentState | null>>;
  verifyWebhook(request: WebhookRequest): Promise<Verification> | Verification;
  refund(request: RefundRequest): Promise<Outcome<RefundState>>;
  /** @param references every name known of one refund; null as value: the gateway knows no such refund */
  fetchRefund(references: readonly Reference[]): Promise<Outcome<RefundState | null>>;
  /**
   * Which of our references (kind `order`) or names that we keep a name is about that only a notice brought, as
   * the gateway tells it when asked; null: nobody's. Grants nothing: whoever is named is asked about in turn.
   */
  identify(reference: Reference): Promise<Outcome<Reference | null>>;
  readonly subscriptions: NativeSubscriptions | null;
  /** Every payment that the gateway dates between two instants, for the nightly comparison; null: it has no list. */
  readonly listPayments: ((from: Date, to: Date) => Promise<Outcome<readonly PaymentState[]>>) | null;
  /** Whether the credentials are taken and notices would arrive at `notifyUrl`. Changes nothing there. */
  checkSetup(notifyUrl: string): Promise<Outcome<SetupReport>>;
  /** True while its checkouts fail so often that the next ones are held back: offer another gateway. */
  isDegraded(): boolean;
}
