import { escapeHtml } from "../http";
import { page } from "../page";
import { coins, inCoin } from "./coins";
import type { Invoice, NowState, Payment } from "./state";
import texts from "./texts.json" with { type: "json" };

export type Language = keyof typeof texts;

/** The payer's language, Spanish unless the browser asks for English first. */
export function languageOf(acceptLanguage: string | undefined): Language {
  return /^\s*en\b/i.test(acceptLanguage ?? "") ? "en" : "es";
}

/** The hosted page of an invoice: what it costs, in which coin, and what the payer does about it. */
export function invoicePage(
  invoice: Invoice | undefined,
  last: Payment | undefined,
  language: Language,
): string {
  const t = texts[language];
  if (!invoice) return page(t.title, `<div class="card"><p>${t.unknown}</p></div>`, language);
  const said = last ? saidOf(last, t) : null;
  const isOver = last?.status === "finished" || (last?.ahead.length ?? 0) > 0;
  return page(
    t.title,
    `<div class="card"><h1 class="brand">NOWPayments <small>${t.simulated}</small></h1>
     <p class="amount">${priceOf(invoice, language)}</p>
     <dl><dt>${t.merchant}</dt><dd>Opttius</dd>
     <dt>${t.order}</dt><dd>${escapeHtml(invoice.description ?? invoice.orderId ?? "")} · ${invoice.id}</dd></dl>
     ${said === null ? "" : `<p role="status"><strong>${said}</strong></p>`}
     ${isOver ? leaveForm(invoice, t) : payForm(invoice, t)}
     <p class="note">${t.note}</p></div>`,
    language,
  );
}

/** What the sandbox's own page shows of NOWPayments. */
export function overviewOf({ invoices, payments }: NowState): string {
  const rows = invoices.slice(-50).reverse();
  const statusesOf = (invoice: Invoice) =>
    payments
      .filter(({ invoiceId }) => invoiceId === invoice.id)
      .map(({ id, coin, status }) => `${id} ${coin} ${status}`);
  return `<table><thead><tr><th>Invoice</th><th>Order</th><th>Price</th><th>Payments</th></tr></thead><tbody>
    ${rows.map((invoice) => `<tr><td><a href="/nowpayments/payment/?iid=${invoice.id}">${invoice.id}</a></td><td>${escapeHtml(invoice.description ?? "")}</td><td>${invoice.price} ${invoice.priceCurrency}</td><td>${statusesOf(invoice).join("<br>")}</td></tr>`).join("")}
    </tbody></table>`;
}

type Texts = (typeof texts)[Language];

function payForm(invoice: Invoice, t: Texts): string {
  const options = coins.map(
    (coin) => `<option value="${coin}">${coin} · ${inCoin(invoice.price, coin)}</option>`,
  );
  return `<form method="post" action="/nowpayments/payment/">
    <input type="hidden" name="iid" value="${invoice.id}">
    <label>${t.coin} <select name="coin" data-testid="nowpayments-coin">${options.join("")}</select></label>
    ${button("approve", t.approve, "good")}${button("partial", t.partial, "")}${button("wrong", t.wrong, "")}
    ${button("expire", t.expire, "bad")}${button("leave", t.leave, "")}</form>`;
}

function leaveForm(invoice: Invoice, t: Texts): string {
  return `<form method="post" action="/nowpayments/payment/"><input type="hidden" name="iid" value="${invoice.id}">${button("leave", t.leave, "")}</form>`;
}

function button(name: string, label: string, look: string): string {
  return `<button name="action" value="${name}" class="${look}" data-testid="nowpayments-${name}">${label}</button>`;
}

function saidOf({ status, ahead }: Payment, t: Texts): string | null {
  if (ahead.length > 0) return t.underway;
  if (status === "finished" || status === "partially_paid" || status === "expired") return t[status];
  return null;
}

function priceOf({ price, priceCurrency }: Invoice, language: Language): string {
  return new Intl.NumberFormat(language === "es" ? "es-CL" : "en-US", {
    style: "currency",
    currency: priceCurrency.toUpperCase(),
  }).format(price);
}
