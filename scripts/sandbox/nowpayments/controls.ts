import { textOr } from "../http";
import { coins } from "./coins";
import type { Ledger } from "./payments";
import { type Payment, statuses } from "./state";

/**
 * `{payment | invoice | order, …}`: the payment named, or the last one of the invoice, or a first one of it.
 *
 * - `new: true` opens another one, `coin` in a coin, `parent` or `topUp` (ids) as a re-deposit or a top-up
 * - `status` sets where it stands, `actuallyPaid` and `payAmount` how much; finished without an amount is whole
 * - `lies` are told by the API and by notices instead of the truth
 * - `callback: true` sends a notice
 */
export function controlPayment(ledger: Ledger, change: Record<string, unknown>): Payment {
  const payment = named(ledger, change);
  const { payAmount, actuallyPaid, lies } = change;
  const status = statuses.find((known) => known === change["status"]);
  if (typeof payAmount === "number") payment.payAmount = payAmount;
  if (typeof lies === "object" && lies !== null) payment.lies = { ...lies };
  if (typeof actuallyPaid === "number") payment.actuallyPaid = actuallyPaid;
  else if (status === "finished") payment.actuallyPaid = payment.payAmount;
  ledger.move(payment, status ?? payment.status, change["callback"] === true);
  return payment;
}

function named(ledger: Ledger, change: Record<string, unknown>): Payment {
  const { invoices, payments } = ledger.store.state;
  const byId = (name: string) => {
    const value = change[name];
    const id = typeof value === "number" || typeof value === "string" ? String(value) : null;
    return payments.find((one) => String(one.id) === id);
  };
  const asked = byId("payment");
  if (asked) return asked;
  const invoice = invoices.findLast(
    ({ id, orderId }) => id === textOr(change["invoice"], "-") || orderId === textOr(change["order"], "-"),
  );
  if (!invoice) throw new Error("payment, invoice or order must name one that there is");
  const last =
    change["new"] === true ? undefined : payments.findLast(({ invoiceId }) => invoiceId === invoice.id);
  const [parent, topUp] = [byId("parent"), byId("topUp")];
  const from = { ...(parent ? { parent } : {}), ...(topUp ? { topUp } : {}) };
  return last ?? ledger.open(invoice, textOr(change["coin"], coins[0] ?? ""), from);
}
