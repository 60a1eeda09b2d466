import { escapeHtml } from "../http";
import { page } from "../page";
import type { Amount, Order, PaypalState, Plan, Subscription } from "./state";
import texts from "./texts.json" with { type: "json" };

export type Language = keyof typeof texts;

/** The payer's language, Spanish unless the browser asks for English first. */
export function languageOf(acceptLanguage: string | undefined): Language {
  return /^\s*en\b/i.test(acceptLanguage ?? "") ? "en" : "es";
}

/** What the payer agrees to: an order, a subscription, or another price of one. */
export function orderPage(order: Order, language: Language): string {
  const t = texts[language];
  const isOpen = order.status === "CREATED" || order.status === "PAYER_ACTION_REQUIRED";
  const facts: [string, string][] = [[t.order, `${order.description ?? ""} · ${order.id}`]];
  const actions: [string, string, string][] = [
    ["approve", t.approve, "good"],
    ["declined", t.declined, ""],
    ["leave", t.leave, ""],
    ["cancel", t.cancel, "bad"],
  ];
  return card(language, order.amount, "", facts, isOpen ? actions : []);
}

export function subscriptionPage(subscription: Subscription, plan: Plan, language: Language): string {
  const t = texts[language];
  const isOpen = subscription.status === "APPROVAL_PENDING" || subscription.revisedPlanId !== null;
  const facts: [string, string][] = [
    [t.order, `${plan.name} · ${subscription.id}`],
    [t.payer, subscription.email ?? ""],
  ];
  const actions: [string, string, string][] = [
    ["approve", t.agree, "good"],
    ["leave", t.leave, ""],
    ["cancel", t.cancel, "bad"],
  ];
  return card(language, plan.price, everyOf(plan, t), facts, isOpen ? actions : []);
}

/** A month and a year have a word; anything else is told in PayPal's own. */
function everyOf({ unit, count }: Plan, t: (typeof texts)[Language]): string {
  if (count === 1 && unit === "YEAR") return t.year;
  return count === 1 && unit === "MONTH" ? t.month : `/ ${count} ${unit}`;
}

/** A page that only says something. */
export function sayPage(what: "left" | "unknown", language: Language): string {
  const t = texts[language];
  return page(
    t.title,
    `<div class="card"><h1 class="brand">PayPal <small>${t.simulated}</small></h1><p role="status">${t[what]}</p></div>`,
    language,
  );
}

/** What the sandbox's own page shows of PayPal. */
export function overviewOf(state: PaypalState): string {
  const orders = state.orders.slice(-50).reverse();
  const subscriptions = state.subscriptions.slice(-50).reverse();
  return `<table><thead><tr><th>Order</th><th>Subject</th><th>Amount</th><th>Status</th></tr></thead><tbody>
    ${orders.map((one) => `<tr><td><a href="/paypal/checkoutnow?token=${one.id}">${one.id}</a></td><td>${escapeHtml(one.description ?? "")}</td><td>${one.amount.value} ${one.amount.currency_code}</td><td>${one.status}</td></tr>`).join("")}
    </tbody></table>
    ${subscriptions.length === 0 ? "" : `<h3>Subscriptions</h3><table><tbody>${subscriptions.map((one) => `<tr><td>${one.id}</td><td>${one.status}</td><td>${one.nextBillingTime ?? ""}</td></tr>`).join("")}</tbody></table>`}`;
}

function card(
  language: Language,
  amount: Amount,
  every: string,
  facts: readonly [string, string][],
  actions: readonly [string, string, string][],
): string {
  const t = texts[language];
  const price = new Intl.NumberFormat(language === "es" ? "es-CL" : "en-US", {
    minimumFractionDigits: 2,
  }).format(Number(amount.value));
  const buttons = actions.map(
    ([name, label, look]) =>
      `<button name="action" value="${name}" class="${look}" data-testid="paypal-${name}">${label}</button>`,
  );
  return page(
    t.title,
    `<div class="card"><h1 class="brand">PayPal <small>${t.simulated}</small></h1>
     <p class="amount">${price} ${escapeHtml(amount.currency_code)} ${every}</p>
     <dl><dt>${t.merchant}</dt><dd>Opttius</dd>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join("")}</dl>
     ${buttons.length === 0 ? `<p role="status"><strong>${t.done}</strong></p>` : `<form method="post">${buttons.join("")}</form>`}
     <p class="note">${t.note}</p></div>`,
    language,
  );
}
