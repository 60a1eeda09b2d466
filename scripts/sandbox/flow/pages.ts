import { escapeHtml } from "../http";
import { page } from "../page";
import type { FlowState, Order } from "./orders";
import texts from "./texts.json" with { type: "json" };

export type Language = keyof typeof texts;

/** The payer's language, Spanish unless the browser asks for English first. */
export function languageOf(acceptLanguage: string | undefined): Language {
  return /^\s*en\b/i.test(acceptLanguage ?? "") ? "en" : "es";
}

/** The hosted payment page: who is paid how much for what; pay, reject or leave. */
export function payPage(order: Order | undefined, language: Language): string {
  const t = texts[language];
  if (!order) return page(t.title, `<div class="card"><p>${t.unknown}</p></div>`, language);
  if (order.status !== 1) return returnPage(order, language, false);
  const action = (name: string, label: string, look: string) =>
    `<button name="action" value="${name}" class="${look}" data-testid="flow-${name}">${label}</button>`;
  return page(
    t.title,
    `${summary(order, language)}
     <form method="post" action="/flow/app/web/pay.php">
       <input type="hidden" name="token" value="${escapeHtml(order.token)}">
       ${action("approve", t.approve, "good")}${action("reject", t.reject, "bad")}${action("leave", t.leave, "")}
     </form><p class="note">${t.note}</p></div>`,
    language,
  );
}

/** Sends the browser back as Flow does: a POST of `token` to `urlReturn`, by itself unless the payer reloads an old page. */
export function returnPage(order: Order, language: Language, byItself = true): string {
  const t = texts[language];
  const said = { 1: t.left, 2: t.paid, 3: t.rejected, 4: t.annulled }[order.status];
  return page(
    t.title,
    `${summary(order, language)}<p role="status"><strong>${said}</strong></p>
     <form id="back" method="post" action="${escapeHtml(order.urlReturn)}">
       <input type="hidden" name="token" value="${escapeHtml(order.token)}">
       <button data-testid="flow-back">${t.back}</button>
     </form></div>${byItself ? "<script>document.getElementById('back').submit()</script>" : ""}`,
    language,
  );
}

/** What the sandbox's own page shows of Flow. */
export function overviewOf(state: FlowState): string {
  const orders = state.orders.slice(-50).reverse();
  const refunds = state.refunds.slice(-50).reverse();
  const refundAction = (token: string, status: string) =>
    `<button name="status" value="${status}">${status}</button><input type="hidden" name="token" value="${token}">`;
  return `<table><thead><tr><th>Order</th><th>Subject</th><th>Amount</th><th>Status</th></tr></thead><tbody>
    ${orders.map((order) => `<tr><td><a href="/flow/app/web/pay.php?token=${order.token}">${order.flowOrder}</a></td><td>${escapeHtml(order.subject)}</td><td>${order.amount}</td><td>${order.status}</td></tr>`).join("")}
    </tbody></table>
    ${refunds.length === 0 ? "" : `<h3>Refunds</h3><table><tbody>${refunds.map((refund) => `<tr><td>${refund.flowRefundOrder}</td><td>${refund.amount}</td><td>${refund.status}</td><td><form method="post" action="/flow/app/web/refund.php">${["refunded", "rejected"].map((status) => refundAction(refund.token, status)).join("")}</form></td></tr>`).join("")}</tbody></table>`}`;
}

function summary(order: Order, language: Language): string {
  const t = texts[language];
  const amount = new Intl.NumberFormat("es-CL", {
    style: "currency",
    currency: "CLP",
    currencyDisplay: "narrowSymbol",
  }).format(order.amount);
  return `<div class="card"><h1 class="brand">flow <small>${t.simulated}</small></h1><p class="amount">${amount}</p>
    <dl><dt>${t.merchant}</dt><dd>Opttius</dd><dt>${t.order}</dt><dd>${escapeHtml(order.subject)} · ${order.flowOrder}</dd>
    <dt>${t.payer}</dt><dd>${escapeHtml(order.email)}</dd></dl>`;
}
