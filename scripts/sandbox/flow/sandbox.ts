import type { SandboxContext, SandboxGateway } from "../gateway";
import { html, json, type Reply, redirect, type SandboxRequest } from "../http";
import { openStore } from "../store";
import { answerApi, type FlowKeys } from "./api";
import { billDue } from "./billing";
import {
  annulLate,
  emptyState,
  type FlowState,
  flowDate,
  type Order,
  type OrderStatus,
  type Refund,
  type RefundStatus,
} from "./orders";
import { languageOf, overviewOf, payPage, returnPage } from "./pages";
import { registeredPage, registerPage } from "./register-page";

const API = "/flow/api/";
const PAY = "/flow/app/web/pay.php";
const REFUND = "/flow/app/web/refund.php";
const REGISTER = "/flow/app/customer/disclaimer.php";
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const refundStatuses: readonly RefundStatus[] = ["created", "accepted", "rejected", "refunded", "canceled"];

/**
 * Flow's stand-in: API, hosted page, callbacks with `token` alone.
 *
 * - `POST /control/flow/orders {token | commerceOrder, status?, callback?, …}` decides an order without a
 *   browser; any other field (`amount`, `currency`, `commerceOrder` under `lies`) is told by getStatus as a lie
 * - `POST /control/flow/refunds {token, status, callback?}` accepts or rejects a refund
 * - `POST /control/flow/customers {customerId | externalId | token, register?, refusesWith?}` registers a card without a
 *   browser or not, and has its charges refused with a code (null: they go through)
 * - `POST /control/flow/{plans,subscriptions,invoices} {planId | subscriptionId | id, lies}` has the API tell a lie
 */
export function createFlowSandbox(context: SandboxContext, keys: FlowKeys): SandboxGateway {
  const store = openStore<FlowState>(context.directory, "flow", emptyState);
  const orderOf = (token: string | null) => store.state.orders.find((order) => order.token === token);

  const callBack = (url: string, token: string) =>
    context.callbacks.send({
      gateway: "flow",
      url,
      headers: FORM,
      body: new URLSearchParams({ token }).toString(),
    });

  function annul(): void {
    if (annulLate(store.state, context.clock.now())) store.changed();
  }

  function bill(): void {
    const now = context.clock.now();
    if (
      billDue({ state: store.state, now, callBack: (order) => callBack(order.urlConfirmation, order.token) })
    )
      store.changed();
  }

  function registerCard(token: string | null, isAgreed: boolean) {
    const registration = store.state.registrations.find((one) => one.token === token);
    const customer = store.state.customers.find(({ customerId }) => customerId === registration?.customerId);
    if (registration?.status === 0 && customer) {
      registration.status = isAgreed ? 1 : 2;
      if (isAgreed) customer.card = { type: "Visa", last4: "6623" };
      store.changed();
    }
    return { registration, customer };
  }

  function register(request: SandboxRequest): Reply {
    const language = languageOf(request.headers["accept-language"]);
    if (request.method !== "POST") {
      const token = request.url.searchParams.get("token");
      const registration = store.state.registrations.find((one) => one.token === token);
      const customer = store.state.customers.find(
        ({ customerId }) => customerId === registration?.customerId,
      );
      return html(registration ? 200 : 404, registerPage(registration, customer, language));
    }
    const form = new URLSearchParams(request.body);
    const { registration, customer } = registerCard(form.get("token"), form.get("action") === "approve");
    return registration
      ? html(200, registeredPage(registration, language))
      : html(404, registerPage(undefined, customer, language));
  }

  function decide(order: Order, status: OrderStatus): void {
    if (order.status === 1 && status !== 1) {
      order.status = status;
      order.paidDate = status === 2 ? flowDate(context.clock.now()) : null;
      store.changed();
    }
    callBack(order.urlConfirmation, order.token);
  }

  function pay(request: SandboxRequest): Reply {
    const language = languageOf(request.headers["accept-language"]);
    if (request.method !== "POST") {
      const order = orderOf(request.url.searchParams.get("token"));
      return html(order ? 200 : 404, payPage(order, language));
    }
    const form = new URLSearchParams(request.body);
    const order = orderOf(form.get("token"));
    if (!order) return html(404, payPage(undefined, language));
    if (order.status === 1)
      decide(order, form.get("action") === "approve" ? 2 : form.get("action") === "reject" ? 3 : 1);
    return html(200, returnPage(order, language));
  }

  function settleRefund(refund: Refund, status: RefundStatus): void {
    refund.status = status;
    store.changed();
    callBack(refund.urlCallBack, refund.token);
  }

  function controlOrder(change: Record<string, unknown>): unknown {
    const { token, commerceOrder, status, callback, lies } = change;
    const order = store.state.orders.find(
      (one) => one.token === token || one.commerceOrder === commerceOrder,
    );
    if (!order) throw new Error("there is no such order");
    if (typeof lies === "object" && lies !== null) order.lies = { ...lies };
    if (status === 1 || status === 2 || status === 3 || status === 4) {
      order.status = status;
      order.paidDate = status === 2 ? flowDate(context.clock.now()) : null;
    }
    store.changed();
    if (callback === true) callBack(order.urlConfirmation, order.token);
    return order;
  }

  function controlRefund(change: Record<string, unknown>): unknown {
    const refund = store.state.refunds.find((one) => one.token === change["token"]);
    const status = refundStatuses.find((known) => known === change["status"]);
    if (!refund || !status)
      throw new Error(`token must name a refund, and status be one of ${refundStatuses.join(", ")}`);
    if (change["callback"] === false) {
      refund.status = status;
      store.changed();
    } else settleRefund(refund, status);
    return refund;
  }

  function controlCustomer(change: Record<string, unknown>): unknown {
    const { token, register: fate, refusesWith } = change;
    const registration = store.state.registrations.find((one) => one.token === token);
    const customer = store.state.customers.find(
      (one) =>
        one.customerId === (registration?.customerId ?? change["customerId"]) ||
        one.externalId === change["externalId"],
    );
    if (!customer) throw new Error("there is no such customer");
    if (registration && typeof fate === "boolean") registerCard(registration.token, fate);
    if (refusesWith === null || typeof refusesWith === "number") customer.refusesWith = refusesWith;
    store.changed();
    return customer;
  }

  function controlLies(
    what: "plans" | "subscriptions" | "invoices",
    change: Record<string, unknown>,
  ): unknown {
    const { plans, subscriptions, invoices } = store.state;
    const found =
      what === "plans"
        ? plans.find(({ planId }) => planId === change["planId"])
        : what === "subscriptions"
          ? subscriptions.find(({ subscriptionId }) => subscriptionId === change["subscriptionId"])
          : invoices.find(({ id }) => id === change["id"]);
    const { lies } = change;
    if (!found || typeof lies !== "object" || lies === null) throw new Error(`one of ${what} and its lies`);
    found.lies = { ...lies };
    store.changed();
    return found;
  }

  return {
    name: "flow",
    operationOf: ({ url }) => (url.pathname.startsWith(API) ? url.pathname.slice(API.length) : null),
    handle(request) {
      const { pathname } = request.url;
      annul();
      if (pathname.startsWith(API))
        return answerApi(pathname.slice(API.length), request, keys, {
          store,
          origin: context.origin,
          now: context.clock.now(),
          bill,
        });
      if (pathname === PAY) return pay(request);
      if (pathname === REGISTER) return register(request);
      if (pathname === REFUND && request.method === "POST") {
        const form = new URLSearchParams(request.body);
        controlRefund({ token: form.get("token"), status: form.get("status") });
        return redirect("/");
      }
      return json(404, { message: "there is nothing here" });
    },
    control(path, change) {
      if (path[0] === "orders") return controlOrder(change);
      if (path[0] === "refunds") return controlRefund(change);
      if (path[0] === "customers") return controlCustomer(change);
      if (path[0] === "plans" || path[0] === "subscriptions" || path[0] === "invoices")
        return controlLies(path[0], change);
      throw new Error("orders, refunds, customers, plans, subscriptions or invoices");
    },
    tick() {
      annul();
      bill();
    },
    state: () => store.state,
    overview: () => overviewOf(store.state),
    reset: () => store.reset(),
    flush: () => store.flush(),
  };
}
