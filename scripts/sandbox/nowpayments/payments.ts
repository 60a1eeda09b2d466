import type { SandboxContext } from "../gateway";
import type { Store } from "../store";
import { inCoin } from "./coins";
import { signatureOf } from "./signature";
import type { Invoice, NowState, Payment, SigningStyle, Status } from "./state";

/** Between two steps of a payment; blocks take longer, and nobody wants to wait for them here. */
const STEP_MS = 250;
const EXPIRES_MS = 7 * 86_400_000;
/** How long a fixed rate is kept. */
const FIXED_MS = 20 * 60_000;

export interface Ledger {
  readonly store: Store<NowState>;
  /** A new payment of an invoice; `topUp` asks for what is left of another one's price. */
  open(invoice: Invoice, coin: string, from?: { parent?: Payment; topUp?: Payment }): Payment;
  /** Coins arrive: the payment goes through its steps, with a notice each. */
  deposit(payment: Payment, amount: number): void;
  /** One step, at once. */
  move(payment: Payment, status: Status, notify?: boolean): void;
  invoiceOf(payment: Payment): Invoice;
  /** A notice as it is sent, in one of the spellings of its signature. */
  notice(payment: Payment, style?: SigningStyle): { headers: Record<string, string>; body: string };
  /** Whatever has come due: steps, and payments that nobody made in a week. */
  tick(): void;
}

/** What happens to payments, and who is told. */
export function createLedger(
  context: SandboxContext,
  store: Store<NowState>,
  ipnSecret: string,
  retryMs: number,
): Ledger {
  const now = () => context.clock.now();
  let timer: NodeJS.Timeout | null = null;

  function invoiceOf(payment: Payment): Invoice {
    const invoice = store.state.invoices.find(({ id }) => id === payment.invoiceId);
    if (!invoice) throw new Error("a payment without an invoice");
    return invoice;
  }

  function notice(payment: Payment, style: SigningStyle = store.state.style) {
    const body = describeNotice(payment, invoiceOf(payment));
    const signature = signatureOf(body, ipnSecret, style);
    return {
      headers: { "content-type": "application/json", "x-nowpayments-sig": signature },
      body: JSON.stringify(body),
    };
  }

  function tell(payment: Payment): void {
    const { notifyUrl } = invoiceOf(payment);
    if (notifyUrl === null) return;
    const genuine = notice(payment);
    const paid = {
      ...describeNotice(payment, invoiceOf(payment)),
      payment_status: "finished",
      actually_paid: payment.payAmount,
    };
    context.callbacks.send({
      gateway: "nowpayments",
      url: notifyUrl,
      ...genuine,
      forged: {
        headers: { ...genuine.headers, "x-nowpayments-sig": signatureOf(paid, "guessed", "node") },
        body: JSON.stringify(paid),
      },
      retryAfterMs: [retryMs, retryMs, retryMs],
    });
  }

  function move(payment: Payment, status: Status, notify = true): void {
    payment.status = status;
    payment.updatedAt = now().toISOString();
    store.changed();
    if (notify) tell(payment);
  }

  function lifeOf(payment: Payment): number {
    return invoiceOf(payment).fixedRate ? FIXED_MS : EXPIRES_MS;
  }

  function tick(): void {
    const at = now().getTime();
    for (const payment of store.state.payments) {
      const next = payment.nextAt <= at ? payment.ahead.shift() : undefined;
      if (next) {
        payment.nextAt = at + STEP_MS;
        move(payment, next);
      } else if (payment.status === "waiting" && at - Date.parse(payment.createdAt) > lifeOf(payment))
        move(payment, "expired");
    }
    if (store.state.payments.some(({ ahead }) => ahead.length > 0)) wake();
  }

  /** One timer for all payments: the next one to come looks after every one that is due. */
  function wake(): void {
    timer ??= setTimeout(() => {
      timer = null;
      tick();
    }, STEP_MS).unref();
  }

  return {
    store,
    invoiceOf,
    notice,
    move,
    tick,
    open(invoice, coin, { parent, topUp } = {}) {
      const id = store.state.nextId++;
      const paidPart = topUp ? topUp.actuallyPaid / topUp.payAmount : 0;
      const price = Number((invoice.price * (1 - paidPart)).toFixed(2));
      const at = now().toISOString();
      const payment: Payment = {
        id,
        invoiceId: invoice.id,
        parentId: parent?.id ?? null,
        purchaseId: (topUp ?? parent)?.purchaseId ?? store.state.nextId++,
        status: "waiting",
        coin,
        price,
        payAmount:
          topUp?.coin === coin
            ? Number((topUp.payAmount - topUp.actuallyPaid).toFixed(8))
            : inCoin(price, coin),
        actuallyPaid: 0,
        createdAt: at,
        updatedAt: at,
        ahead: [],
        nextAt: 0,
        lies: {},
      };
      store.state.payments.push(payment);
      move(payment, "waiting");
      return payment;
    },
    deposit(payment, amount) {
      payment.actuallyPaid = amount;
      payment.ahead = ["confirmed", "sending", amount < payment.payAmount ? "partially_paid" : "finished"];
      payment.nextAt = now().getTime() + STEP_MS;
      move(payment, "confirming");
      wake();
    },
  };
}

/** A payment as `GET /payment/{id}` tells it. */
export function describePayment(payment: Payment, invoice: Invoice): Record<string, unknown> {
  return {
    ...common(payment, invoice),
    created_at: payment.createdAt,
    updated_at: payment.updatedAt,
    type: "crypto2crypto",
    ...payment.lies,
  };
}

function describeNotice(payment: Payment, invoice: Invoice): Record<string, unknown> {
  const fee = {
    currency: payment.coin,
    depositFee: payment.actuallyPaid * 0.005,
    withdrawalFee: 0,
    serviceFee: 0,
  };
  return { ...common(payment, invoice), actually_paid_at_fiat: 0, fee, ...payment.lies };
}

function common(payment: Payment, invoice: Invoice): Record<string, unknown> {
  return {
    payment_id: payment.id,
    parent_payment_id: payment.parentId,
    invoice_id: Number(invoice.id),
    payment_status: payment.status,
    pay_address: `sandbox-${payment.purchaseId}`,
    payin_extra_id: null,
    price_amount: payment.price,
    price_currency: invoice.priceCurrency,
    pay_amount: payment.payAmount,
    actually_paid: payment.actuallyPaid,
    pay_currency: payment.coin,
    order_id: invoice.orderId,
    order_description: invoice.description,
    purchase_id: String(payment.purchaseId),
    outcome_amount: payment.actuallyPaid * 0.995,
    outcome_currency: payment.coin,
    payment_extra_ids: payment.parentId === null ? null : [payment.parentId],
  };
}
