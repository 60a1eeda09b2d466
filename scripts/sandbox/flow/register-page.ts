import { escapeHtml } from "../http";
import { page } from "../page";
import type { Customer, Registration } from "./agreements";
import type { Language } from "./pages";
import texts from "./texts.json" with { type: "json" };

/** Where a customer registers a card for what will be charged without asking again. */
export function registerPage(
  registration: Registration | undefined,
  customer: Customer | undefined,
  language: Language,
): string {
  const t = texts[language];
  if (!registration || !customer)
    return page(t.registerTitle, `<div class="card"><p>${t.unknown}</p></div>`, language);
  if (registration.status !== 0) return registeredPage(registration, language, false);
  return page(
    t.registerTitle,
    `<div class="card"><h1 class="brand">flow <small>${t.simulated}</small></h1><p>${t.registerIntro}</p>
     <dl><dt>${t.merchant}</dt><dd>Opttius</dd><dt>${t.payer}</dt><dd>${escapeHtml(customer.email)}</dd></dl>
     <form method="post" action="/flow/app/customer/disclaimer.php">
       <input type="hidden" name="token" value="${escapeHtml(registration.token)}">
       <label>${t.card} <input name="card" inputmode="numeric" autocomplete="cc-number" value="4051 8856 0044 6623" required></label>
       <button name="action" value="approve" class="good" data-testid="flow-register-approve">${t.registerApprove}</button>
       <button name="action" value="reject" class="bad" data-testid="flow-register-reject" formnovalidate>${t.registerReject}</button>
     </form><p class="note">${t.note}</p></div>`,
    language,
  );
}

/** Sends the browser back as Flow does: a POST of `token` to `url_return`. */
export function registeredPage(registration: Registration, language: Language, byItself = true): string {
  const t = texts[language];
  return page(
    t.registerTitle,
    `<div class="card"><h1 class="brand">flow <small>${t.simulated}</small></h1>
     <p role="status"><strong>${registration.status === 1 ? t.registered : t.notRegistered}</strong></p>
     <form id="back" method="post" action="${escapeHtml(registration.urlReturn)}">
       <input type="hidden" name="token" value="${escapeHtml(registration.token)}">
       <button data-testid="flow-back">${t.back}</button>
     </form></div>${byItself ? "<script>document.getElementById('back').submit()</script>" : ""}`,
    language,
  );
}
