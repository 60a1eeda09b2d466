import { escapeHtml } from "../http";
import { page } from "../page";
import type { MercadoPagoState, Payment, Preapproval, Preference } from "./state";
import texts from "./texts.json" with { type: "json" };

export const CHECKOUT = "/mercadopago/checkout/v1/redirect";
export const SUBSCRIBE = "/mercadopago/subscriptions/checkout";
export const PANEL = "/mercadopago/panel";

export type Language = keyof typeof texts;

/** The payer's language, Spanish unless the browser asks for English first. */
export function languageOf(acceptLanguage: string | undefined): Language {
  return /^\s*en\b/i.test(acceptLanguage ?? "") ? "en" : "es";
}

/** A page that says that there is nothing to pay. */
export function unknownPage(language: Language): string {
  const t = texts[language];
  return page(
    t.title,
    `<div class="card"><h1 class="brand">mercado pago</h1><p>${t.unknown}</p></div>`,
    language,
  );
}

/** The hosted page of a preference: who is paid how much for what; pay, be refused, pay in cash, leave. */
export function payPage(preference: Preference, isClosed: boolean, language: Language): string {
  const t = texts[language];
  const summary = summaryOf(preference, language);
  if (isClosed)
    return page(t.title, `${summary}<p role="status"><strong>${t.closed}</strong></p></div>`, language);
  return page(
    t.title,
    `${summary}<form method="post" action="${CHECKOUT}">
      <input type="hidden" name="pref_id" value="${escapeHtml(preference.id)}">
      ${button("approve", t.approve, "good")}${button("reject", t.reject, "bad")}
      ${button("pending", t.pending)}${button("leave", t.leave)}
    </form><p class="note">${t.note}</p></div>`,
    language,
  );
}

/** What became of a try: after a refusal the page offers another card before it lets the payer go. */
export function resultPage(
  preference: Preference,
  payment: Payment,
  back: string | null,
  language: Language,
): string {
  const t = texts[language];
  const said = { approved: t.approved, rejected: t.rejected }[payment.status] ?? t.waiting;
  const retry =
    payment.status === "rejected"
      ? `<form method="get" action="${CHECKOUT}"><input type="hidden" name="pref_id" value="${escapeHtml(preference.id)}">
         <button class="good" data-testid="mercadopago-retry">${t.retry}</button></form>`
      : "";
  return page(
    t.title,
    `${summaryOf(preference, language)}<p role="status"><strong>${said}</strong></p>${retry}${backForm(back, t.back)}</div>`,
    language,
  );
}

/** The hosted page of a preapproval without a card. */
export function subscribePage(preapproval: Preapproval, language: Language): string {
  const t = texts[language];
  const every = preapproval.months === 1 ? t.each : t.months.replace("{n}", String(preapproval.months));
  const summary = cardOf(
    t.subscribe,
    `${pesos(preapproval.amount)} <small>${every}</small>`,
    preapproval.reason,
    preapproval.email,
    language,
  );
  if (preapproval.status !== "pending") {
    const said = preapproval.status === "cancelled" ? t.ended : t.active;
    return page(t.subscribe, `${summary}<p role="status"><strong>${said}</strong></p></div>`, language);
  }
  return page(
    t.subscribe,
    `${summary}<form method="post" action="${SUBSCRIBE}">
      <input type="hidden" name="preapproval_id" value="${preapproval.id}">
      ${button("agree", t.agree, "good")}${button("refuse", t.refuse, "bad")}${button("leave", t.leave)}
    </form><p class="note">${t.note}</p></div>`,
    language,
  );
}

/** What the sandbox's own page shows of Mercado Pago, with what a person there can do. */
export function overviewOf(state: MercadoPagoState): string {
  const act = (id: number, name: string) =>
    `<form method="post" action="${PANEL}"><input type="hidden" name="id" value="${id}"><button name="action" value="${name}">${name}</button></form>`;
  const actions = ({ id, status }: Payment) =>
    ["pending", "in_process"].includes(status)
      ? act(id, "approve") + act(id, "reject")
      : status === "approved"
        ? act(id, "chargeback")
        : "";
  const payments = state.payments.slice(-50).reverse();
  const preapprovals = state.preapprovals.slice(-50).reverse();
  return `<table><thead><tr><th>Payment</th><th>Subject</th><th>Amount</th><th>Status</th><th></th></tr></thead><tbody>
    ${payments.map((one) => `<tr><td>${one.id}</td><td>${escapeHtml(one.title)}</td><td>${one.amount}</td><td>${escapeHtml(`${one.status} / ${one.detail}`)}</td><td>${actions(one)}</td></tr>`).join("")}
    </tbody></table>
    ${preapprovals.length === 0 ? "" : `<h3>Subscriptions</h3><table><tbody>${preapprovals.map((one) => `<tr><td><a href="${SUBSCRIBE}?preapproval_id=${one.id}">${one.id}</a></td><td>${escapeHtml(one.reason)}</td><td>${one.amount}</td><td>${one.status}</td><td>${one.nextAt ?? ""}</td></tr>`).join("")}</tbody></table>`}`;
}

function backForm(back: string | null, label: string): string {
  if (back === null) return "";
  const url = new URL(back);
  // A form by GET drops the query of its action: the fields carry it.
  const fields = [...url.searchParams].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return `<form method="get" action="${escapeHtml(url.origin + url.pathname)}">${fields.join("")}<button data-testid="mercadopago-back">${label}</button></form>`;
}

function button(name: string, label: string, look = ""): string {
  return `<button name="action" value="${name}" class="${look}" data-testid="mercadopago-${name}">${label}</button>`;
}

function summaryOf({ item, email }: Preference, language: Language): string {
  return cardOf(texts[language].title, pesos(item.unitPrice * item.quantity), item.title, email, language);
}

function cardOf(
  title: string,
  amount: string,
  subject: string,
  email: string | null,
  language: Language,
): string {
  const t = texts[language];
  return `<div class="card"><h1 class="brand" aria-label="${title}">mercado pago <small>${t.simulated}</small></h1><p class="amount">${amount}</p>
    <dl><dt>${t.merchant}</dt><dd>Opttius</dd><dt>${t.order}</dt><dd>${escapeHtml(subject)}</dd>
    <dt>${t.payer}</dt><dd>${escapeHtml(email ?? "")}</dd></dl>`;
}

function pesos(amount: number): string {
  return new Intl.NumberFormat("es-CL", {
    style: "currency",
    currency: "CLP",
    currencyDisplay: "narrowSymbol",
  }).format(amount);
}
