import type { SandboxContext, SandboxGateway } from "../gateway";
import { html, json, type Reply, redirect, type SandboxRequest } from "../http";
import { openStore } from "../store";
import { answerApi, type NowKeys, operationOf, type Tokens } from "./api";
import { coins } from "./coins";
import { controlPayment } from "./controls";
import { invoicePage, languageOf, overviewOf } from "./pages";
import { createLedger, describePayment } from "./payments";
import { emptyState, type Invoice, type NowState, type Payment, signingStyles } from "./state";

const PAGE = "/nowpayments/payment/";

export interface NowSandboxKeys extends NowKeys {
  readonly ipnSecret: string;
}

/**
 * NOWPayments' stand-in: invoices, payments in several coins, signed notices for each step, a list for people.
 *
 * - `POST /control/nowpayments/payments {…}` decides a payment without a browser (controls.ts)
 * - `POST /control/nowpayments/notices {payment, style?}` gives a notice without sending it
 * - `POST /control/nowpayments/style {style}`: whose sample signs from now on: node, php, python
 * - `POST /control/nowpayments/tokens`: forgets everybody who signed in
 *
 * @param retryMs between two tries of a notice that was not taken
 */
export function createNowPaymentsSandbox(
  context: SandboxContext,
  keys: NowSandboxKeys,
  retryMs = 60_000,
): SandboxGateway {
  const store = openStore<NowState>(context.directory, "nowpayments", emptyState);
  const ledger = createLedger(context, store, keys.ipnSecret, retryMs);
  const tokens: Tokens = new Map();
  const lastOf = (invoice: Invoice) =>
    store.state.payments.findLast(({ invoiceId }) => invoiceId === invoice.id);

  function act(invoice: Invoice, action: string, coin: string): string | null {
    if (action === "leave") return invoice.cancelUrl;
    const last = lastOf(invoice);
    const topUp = last?.status === "partially_paid" ? { topUp: last } : {};
    const payment = ledger.open(invoice, coin, topUp);
    if (action === "approve") ledger.deposit(payment, payment.payAmount);
    if (action === "partial") ledger.deposit(payment, Number((payment.payAmount / 2).toFixed(8)));
    if (action === "expire") ledger.move(payment, "expired");
    if (action === "wrong") sendOtherCoin(invoice, payment);
    const back = {
      approve: invoice.successUrl,
      partial: invoice.partiallyPaidUrl,
      expire: invoice.cancelUrl,
      wrong: invoice.successUrl,
    }[action];
    return back ? withId(back, payment) : null;
  }

  /** The other coin is changed into the right one and called finished, whatever it was worth. */
  function sendOtherCoin(invoice: Invoice, parent: Payment): void {
    const other = coins.find((coin) => coin !== parent.coin) ?? parent.coin;
    const stray = ledger.open(invoice, other, { parent });
    stray.payAmount = stray.payAmount / 10;
    ledger.deposit(stray, stray.payAmount);
  }

  function hosted(request: SandboxRequest): Reply {
    const language = languageOf(request.headers["accept-language"]);
    const form = request.method === "POST" ? new URLSearchParams(request.body) : request.url.searchParams;
    const invoice = store.state.invoices.find(({ id }) => id === form.get("iid"));
    if (!invoice) return html(404, invoicePage(undefined, undefined, language));
    const action = request.method === "POST" ? form.get("action") : null;
    const coin = coins.find((one) => one === form.get("coin")) ?? coins[0] ?? "";
    const back = action === null ? null : act(invoice, action, coin);
    return back === null ? html(200, invoicePage(invoice, lastOf(invoice), language)) : redirect(back);
  }

  return {
    name: "nowpayments",
    operationOf,
    handle(request) {
      const operation = operationOf(request);
      const call = { request, ledger, keys, tokens, origin: context.origin, now: context.clock.now() };
      if (operation !== null) return answerApi(operation, call);
      if (request.url.pathname === PAGE) return hosted(request);
      return json(404, { message: "there is nothing here" });
    },
    control([what], change) {
      if (what === "payments") {
        const payment = controlPayment(ledger, change);
        return describePayment(payment, ledger.invoiceOf(payment));
      }
      if (what === "tokens") return tokens.clear();
      const style = signingStyles.find((known) => known === change["style"]);
      if (what === "style" && style) {
        store.state.style = style;
        return { style };
      }
      const payment = store.state.payments.find(({ id }) => String(id) === String(change["payment"]));
      if (what === "notices" && payment) return ledger.notice(payment, style);
      throw new Error("payments, notices of a known payment, tokens, or style: node, php or python");
    },
    tick: () => ledger.tick(),
    state: () => store.state,
    overview: () => overviewOf(store.state),
    reset: () => store.reset(),
    flush: () => store.flush(),
  };
}

/** NOWPayments names its payment in the address that the payer comes back to. */
function withId(address: string, payment: Payment): string {
  const url = new URL(address);
  url.searchParams.set("NP_id", String(payment.id));
  return url.href;
}
