import type { SandboxContext, SandboxGateway } from "../gateway";
import { html, json, type Reply, redirect, type SandboxRequest, textOr } from "../http";
import { openStore } from "../store";
import { answerApi, operationNamed } from "./api";
import { Desk, type MercadoPagoKeys } from "./desk";
import {
  CHECKOUT,
  languageOf,
  overviewOf,
  PANEL,
  payPage,
  resultPage,
  SUBSCRIBE,
  subscribePage,
  unknownPage,
} from "./pages";
import { emptyState, type MercadoPagoState, type Payment, type Preference } from "./state";

const ROOT = "/mercadopago/";
const details: Readonly<Record<string, string>> = {
  approved: "accredited",
  rejected: "cc_rejected_other_reason",
  pending: "pending_waiting_payment",
  in_process: "pending_review_manual",
  cancelled: "expired",
  refunded: "refunded",
  in_mediation: "pending",
  charged_back: "in_process",
};

/**
 * Mercado Pago's stand-in: API, hosted pages for payments and subscriptions, signed notices, periods that come
 * due by the sandbox's clock.
 *
 * - `POST /control/mercadopago/payments {id | preference_id | external_reference, status?, status_detail?, lies?,
 *   callback?, again?}` decides a payment, or makes the next try of a preference; `lies` are told by the API
 * - `POST /control/mercadopago/preferences {id, closed: true}` ends a page before its time
 * - `POST /control/mercadopago/preapprovals {id | external_reference, status}` agrees to (`authorized`), pauses or
 *   cancels a subscription
 * - `POST /control/mercadopago/cards {decline}` makes every card of a subscription refuse, or take again
 * - `POST /control/mercadopago/search {behindMs}` lets searches find payments only when they are that old
 * - `POST /control/mercadopago/chargebacks {id}` lets the payer's bank take a payment back
 */
export function createMercadoPagoSandbox(context: SandboxContext, keys: MercadoPagoKeys): SandboxGateway {
  const store = openStore<MercadoPagoState>(context.directory, "mercadopago", emptyState);
  const desk = new Desk(context, keys, store);
  const apiPath = ({ url }: SandboxRequest) => url.pathname.slice(ROOT.length).replace(/\/+$/, "");
  const isPage = ({ url }: SandboxRequest) => [CHECKOUT, SUBSCRIBE, PANEL].includes(url.pathname);

  return {
    name: "mercadopago",
    operationOf: (request) => (isPage(request) ? null : operationNamed(request.method, apiPath(request))),
    handle(request) {
      if (request.url.pathname === CHECKOUT) return checkout(desk, request);
      if (request.url.pathname === SUBSCRIBE) return subscribe(desk, request);
      if (request.url.pathname === PANEL) return panel(desk, request);
      return answerApi(apiPath(request), request, keys.accessToken, desk, context.origin);
    },
    control: ([what], change) => control(desk, what ?? "", change),
    tick: () => desk.collect(),
    state: () => store.state,
    overview: () => overviewOf(store.state),
    reset: () => store.reset(),
    flush: () => store.flush(),
  };
}

function checkout(desk: Desk, request: SandboxRequest): Reply {
  const language = languageOf(request.headers["accept-language"]);
  const form = request.method === "POST" ? new URLSearchParams(request.body) : request.url.searchParams;
  const preference = desk.store.state.preferences.find(({ id }) => id === form.get("pref_id"));
  if (!preference) return html(404, unknownPage(language));
  const action = request.method === "POST" ? form.get("action") : null;
  if (action === null || desk.isClosed(preference))
    return html(200, payPage(preference, desk.isClosed(preference), language));
  if (action === "leave") return leave(preference, null) ?? html(200, payPage(preference, false, language));
  const status = action === "approve" ? "approved" : action === "reject" ? "rejected" : "pending";
  const payment = desk.try(preference, status, details[status] ?? "");
  const back = backUrl(preference, payment);
  if (status === "approved" && back !== null) return redirect(back); // auto_return
  return html(200, resultPage(preference, payment, back, language));
}

function leave(preference: Preference, payment: Payment | null): Reply | null {
  const back = backUrl(preference, payment);
  return back === null ? null : redirect(back);
}

/** The browser's way back, with what Mercado Pago tells in the query; "null" is its word for nothing. */
function backUrl(preference: Preference, payment: Payment | null): string | null {
  const { success, failure, pending } = preference.backUrls;
  const base = payment?.status === "approved" ? success : payment?.status === "pending" ? pending : failure;
  if (base === undefined) return null;
  const url = new URL(base);
  const id = payment ? String(payment.id) : "null";
  const fields = {
    collection_id: id,
    collection_status: payment?.status ?? "null",
    payment_id: id,
    status: payment?.status ?? "null",
    external_reference: preference.externalReference ?? "null",
    payment_type: payment ? "credit_card" : "null",
    merchant_order_id: payment ? String(payment.id + 7) : "null",
    preference_id: preference.id,
    site_id: "MLC",
    processing_mode: "aggregator",
    merchant_account_id: "null",
  };
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  return url.toString();
}

function subscribe(desk: Desk, request: SandboxRequest): Reply {
  const language = languageOf(request.headers["accept-language"]);
  const form = request.method === "POST" ? new URLSearchParams(request.body) : request.url.searchParams;
  const preapproval = desk.store.state.preapprovals.find(({ id }) => id === form.get("preapproval_id"));
  if (!preapproval) return html(404, unknownPage(language));
  if (request.method !== "POST") return html(200, subscribePage(preapproval, language));
  const action = form.get("action");
  if (preapproval.status === "pending" && action === "agree") desk.agree(preapproval);
  if (preapproval.status === "pending" && action === "refuse") desk.change(preapproval, "cancelled");
  if (preapproval.backUrl === null) return html(200, subscribePage(preapproval, language));
  const back = new URL(preapproval.backUrl);
  back.searchParams.set("preapproval_id", preapproval.id);
  return redirect(back.toString());
}

/** What a person does on the sandbox's own page. */
function panel(desk: Desk, request: SandboxRequest): Reply {
  const form = new URLSearchParams(request.body);
  const payment = desk.store.state.payments.find(({ id }) => String(id) === form.get("id"));
  if (request.method !== "POST" || !payment) return json(404, { message: "there is nothing here" });
  const action = form.get("action");
  if (action === "chargeback") desk.chargeBack(payment);
  else if (action === "approve") desk.settle(payment, "approved", "accredited");
  else desk.settle(payment, "rejected", "cc_rejected_other_reason");
  return redirect("/");
}

function control(desk: Desk, what: string, change: Record<string, unknown>): unknown {
  if (what === "payments") return controlPayment(desk, change);
  if (what === "preferences") {
    const preference = desk.store.state.preferences.find(({ id }) => id === change["id"]);
    if (!preference || change["closed"] !== true)
      throw new Error("id must name a preference, and closed be true");
    preference.closesAt = new Date(0).toISOString();
    desk.store.changed();
    return preference;
  }
  if (what === "preapprovals") return controlPreapproval(desk, change);
  if (what === "cards") {
    desk.store.state.cardsDecline = change["decline"] === true;
    desk.store.changed();
    return { decline: desk.store.state.cardsDecline };
  }
  if (what === "search") {
    desk.store.state.searchBehindMs = Number(change["behindMs"] ?? 0);
    desk.store.changed();
    return { behindMs: desk.store.state.searchBehindMs };
  }
  if (what === "chargebacks") return desk.chargeBack(paymentNamed(desk, change["id"]));
  throw new Error("payments, preferences, preapprovals, cards, search or chargebacks");
}

function controlPayment(desk: Desk, change: Record<string, unknown>): unknown {
  const { id, preference_id, external_reference, status_detail, lies } = change;
  const status = textOr(change["status"], "");
  const detail = textOr(status_detail, details[status] ?? "");
  const callback = change["callback"] === true;
  const preference = desk.store.state.preferences.find(
    (one) => one.id === preference_id || one.externalReference === external_reference,
  );
  const last = desk.store.state.payments.findLast(({ preferenceId }) => preferenceId === preference?.id);
  let payment = id === undefined ? (change["again"] === true ? undefined : last) : paymentNamed(desk, id);
  if (!payment) {
    if (!preference) throw new Error("there is no such payment or preference");
    payment = desk.try(preference, status || "pending", detail || "pending_waiting_payment", callback);
  } else if (status !== "") desk.settle(payment, status, detail, callback);
  else if (callback) desk.settle(payment, payment.status, payment.detail);
  if (typeof lies === "object" && lies !== null) payment.lies = { ...lies };
  desk.store.changed();
  return payment;
}

function controlPreapproval(desk: Desk, change: Record<string, unknown>): unknown {
  const preapproval = desk.store.state.preapprovals.findLast(
    ({ id, externalReference }) => id === change["id"] || externalReference === change["external_reference"],
  );
  const status = textOr(change["status"], "");
  if (!preapproval || !["authorized", "paused", "cancelled"].includes(status))
    throw new Error("id must name a preapproval, and status be authorized, paused or cancelled");
  if (status === "authorized") desk.agree(preapproval);
  else desk.change(preapproval, status);
  return preapproval;
}

function paymentNamed(desk: Desk, id: unknown): Payment {
  const payment = desk.store.state.payments.find((one) => String(one.id) === String(id));
  if (!payment) throw new Error("there is no such payment");
  return payment;
}
