import type { SandboxContext } from "../gateway";
import type { Store } from "../store";
import { announce, type Topic } from "./notices";
import type {
  AuthorizedPayment,
  Chargeback,
  MercadoPagoState,
  Payment,
  Preapproval,
  Preference,
} from "./state";

export interface MercadoPagoKeys {
  readonly accessToken: string;
  readonly webhookSecret: string;
}

const MOST_TRIES = 4;
const DAY_MS = 86_400_000;

/** What happens inside Mercado Pago: payments come and change, periods come due, and notices go out. */
export class Desk {
  constructor(
    private readonly context: SandboxContext,
    private readonly keys: MercadoPagoKeys,
    readonly store: Store<MercadoPagoState>,
  ) {}

  get liveMode(): boolean {
    return !this.keys.accessToken.startsWith("TEST-");
  }

  now(): string {
    return this.context.clock.now().toISOString();
  }

  newId(): number {
    const id = this.store.state.nextId;
    this.store.state.nextId += 1;
    return id;
  }

  isClosed(preference: Preference): boolean {
    return (
      preference.closesAt !== null && Date.parse(preference.closesAt) <= this.context.clock.now().getTime()
    );
  }

  /** A try to pay a preference. */
  try(preference: Preference, status: string, detail: string, callback = true): Payment {
    const { unitPrice, quantity, currency, title } = preference.item;
    return this.add(
      {
        preferenceId: preference.id,
        preapprovalId: null,
        externalReference: preference.externalReference,
        amount: unitPrice * quantity,
        currency,
        status,
        detail,
        method: status === "pending" ? "servipag" : "visa",
        title,
        email: preference.email,
        notificationUrl: preference.notificationUrl,
      },
      callback,
    );
  }

  settle(payment: Payment, status: string, detail: string, callback = true): void {
    Object.assign(payment, { status, detail, updatedAt: this.now() });
    this.store.changed();
    if (callback) this.tell(payment, "payment", "payment.updated", payment.id);
  }

  chargeBack(payment: Payment): Chargeback {
    const chargeback = { id: this.newId(), paymentId: payment.id };
    this.store.state.chargebacks.push(chargeback);
    this.settle(payment, "charged_back", "in_process");
    this.tell(payment, "topic_chargebacks_wh", "created", chargeback.id);
    return chargeback;
  }

  /** The payer agrees on the hosted page: what is due by now is charged at once. */
  agree(preapproval: Preapproval): void {
    this.change(preapproval, "authorized");
    this.collect();
  }

  change(preapproval: Preapproval, status: string): void {
    preapproval.status = status;
    preapproval.nextAt = status === "cancelled" ? null : this.dueAt(preapproval);
    this.store.changed();
    this.tell(preapproval, "subscription_preapproval", "updated", preapproval.id);
  }

  /** Charges every period and every retry that has come due. */
  collect(): void {
    const now = this.context.clock.now().getTime();
    for (const preapproval of this.store.state.preapprovals) {
      while (
        preapproval.status === "authorized" &&
        preapproval.nextAt !== null &&
        Date.parse(preapproval.nextAt) <= now
      )
        this.charge(preapproval, preapproval.nextAt);
    }
    for (const one of this.store.state.authorizedPayments) {
      while (one.retryAt !== null && Date.parse(one.retryAt) <= now) this.retry(one);
    }
  }

  private charge(preapproval: Preapproval, debitAt: string): void {
    const payment = this.pull(preapproval);
    const one: AuthorizedPayment = {
      id: this.newId(),
      preapprovalId: preapproval.id,
      status: "processed",
      debitAt,
      retryAt: null,
      attempts: 0,
      paymentId: payment.id,
    };
    this.store.state.authorizedPayments.push(one);
    preapproval.charged += 1;
    preapproval.nextAt = this.dueAt(preapproval);
    this.afterPull(one, payment, preapproval);
  }

  private retry(one: AuthorizedPayment): void {
    const preapproval = this.store.state.preapprovals.find(({ id }) => id === one.preapprovalId);
    if (preapproval?.status !== "authorized") {
      one.retryAt = null;
      one.status = "cancelled";
      return;
    }
    const payment = this.pull(preapproval);
    one.attempts += 1;
    one.paymentId = payment.id;
    this.afterPull(one, payment, preapproval);
  }

  private afterPull(one: AuthorizedPayment, payment: Payment, preapproval: Preapproval): void {
    const mayRetry = payment.status === "rejected" && one.attempts < MOST_TRIES;
    one.status = payment.status === "approved" ? "processed" : mayRetry ? "recycling" : "cancelled";
    one.retryAt = mayRetry
      ? new Date(Date.parse(one.debitAt) + (one.attempts + 1) * DAY_MS).toISOString()
      : null;
    this.store.changed();
    this.tell(
      preapproval,
      "subscription_authorized_payment",
      one.attempts === 0 ? "created" : "updated",
      one.id,
    );
  }

  private pull(preapproval: Preapproval): Payment {
    const isDeclined = this.store.state.cardsDecline;
    return this.add(
      {
        preferenceId: null,
        preapprovalId: preapproval.id,
        externalReference: preapproval.externalReference,
        amount: preapproval.amount,
        currency: preapproval.currency,
        status: isDeclined ? "rejected" : "approved",
        detail: isDeclined ? "cc_rejected_insufficient_amount" : "accredited",
        method: "visa",
        title: preapproval.reason,
        email: preapproval.email,
        notificationUrl: preapproval.notificationUrl,
      },
      true,
    );
  }

  private add(
    made: Omit<Payment, "id" | "createdAt" | "updatedAt" | "refunds" | "lies">,
    callback: boolean,
  ): Payment {
    const at = this.now();
    const payment: Payment = {
      ...made,
      id: this.newId(),
      createdAt: at,
      updatedAt: at,
      refunds: [],
      lies: {},
    };
    this.store.state.payments.push(payment);
    this.store.changed();
    if (callback) this.tell(payment, "payment", "payment.created", payment.id);
    return payment;
  }

  /** Counted from the start, so that a month of thirty days moves no later date. */
  private dueAt({ startsAt, charged, months }: Preapproval): string {
    const start = new Date(startsAt);
    const due = new Date(start);
    due.setUTCDate(1);
    due.setUTCMonth(start.getUTCMonth() + charged * months);
    const lastDay = new Date(Date.UTC(due.getUTCFullYear(), due.getUTCMonth() + 1, 0)).getUTCDate();
    due.setUTCDate(Math.min(start.getUTCDate(), lastDay));
    return due.toISOString();
  }

  private tell(
    { notificationUrl: url }: { readonly notificationUrl: string | null },
    topic: Topic,
    action: string,
    id: string | number,
  ): void {
    announce(this.context, this.keys.webhookSecret, { url, topic, action, id, liveMode: this.liveMode });
  }
}
