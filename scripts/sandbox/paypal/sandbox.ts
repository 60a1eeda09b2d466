import type { SandboxContext, SandboxGateway } from "../gateway";
import { html, json, type Reply, redirect, type SandboxRequest } from "../http";
import { openStore } from "../store";
import { answerApi, operationOf, type PaypalKeys } from "./api";
import { approveSubscription, chargeDue } from "./billing";
import { findPlan } from "./catalog";
import { controls } from "./controls";
import { createEvents } from "./events";
import { approveOrder } from "./orders";
import { languageOf, orderPage, overviewOf, sayPage, subscriptionPage } from "./pages";
import { emptyState, type Order, type PaypalState, type Subscription } from "./state";

const ORDER_PAGE = "/paypal/checkoutnow";
const SUBSCRIPTION_PAGE = "/paypal/webapps/billing/subscriptions";

/**
 * PayPal's stand-in: OAuth, orders, captures, refunds, subscriptions with cycles by the sandbox's clock, disputes,
 * transaction search, and notices signed with a certificate of its own chain. Controls: controls.ts.
 *
 * @param webhookUrl where notices go; PayPal keeps it with the application, no order names it
 */
export function createPaypalSandbox(
  context: SandboxContext,
  keys: PaypalKeys,
  webhookUrl: string | null,
): SandboxGateway {
  const store = openStore<PaypalState>(context.directory, "paypal", emptyState);
  const tokens = new Map<string, number>();
  const addressOfNotices = () => store.state.webhookUrl ?? webhookUrl;
  const events = createEvents({ context, webhookId: keys.webhookId, webhookUrl: addressOfNotices });
  const around = { store, events, origin: context.origin, now: () => context.clock.now() };

  function payOrder(request: SandboxRequest, order: Order): Reply {
    const language = languageOf(request.headers["accept-language"]);
    if (request.method !== "POST") return html(200, orderPage(order, language));
    const action = new URLSearchParams(request.body).get("action");
    if (action === "cancel") return redirect(back(order.cancelUrl, { token: order.id }));
    if (action === "declined") order.fate = "INSTRUMENT_DECLINED";
    approveOrder(around, order);
    if (action === "leave") return html(200, sayPage("left", language));
    return redirect(back(order.returnUrl, { token: order.id, PayerID: "QYR5Z8XDVJNXQ" }));
  }

  function agree(request: SandboxRequest, subscription: Subscription): Reply {
    const language = languageOf(request.headers["accept-language"]);
    if (request.method !== "POST") {
      const plan = findPlan(store.state, subscription.revisedPlanId ?? subscription.planId);
      return html(200, subscriptionPage(subscription, plan, language));
    }
    const names = { subscription_id: subscription.id, ba_token: `BA-${subscription.id.slice(2)}` };
    const action = new URLSearchParams(request.body).get("action");
    if (action === "cancel") return redirect(back(subscription.cancelUrl, names));
    approveSubscription(around, subscription);
    return action === "leave"
      ? html(200, sayPage("left", language))
      : redirect(back(subscription.returnUrl, names));
  }

  function hosted(request: SandboxRequest): Reply | null {
    const { pathname, searchParams } = request.url;
    const order = store.state.orders.find(({ id }) => id === searchParams.get("token"));
    if (pathname === ORDER_PAGE && order) return payOrder(request, order);
    const subscription = store.state.subscriptions.find(
      ({ id }) => id === searchParams.get("subscription_id"),
    );
    if (pathname === SUBSCRIPTION_PAGE && subscription) return agree(request, subscription);
    const isPage = pathname === ORDER_PAGE || pathname === SUBSCRIPTION_PAGE;
    return isPage ? html(404, sayPage("unknown", languageOf(request.headers["accept-language"]))) : null;
  }

  return {
    name: "paypal",
    operationOf: (request) => operationOf(request)?.name ?? null,
    handle(request) {
      const operation = operationOf(request);
      if (operation) {
        const setting = { keys, tokens, webhookUrl: addressOfNotices };
        return answerApi(operation.name, { ...around, request, ids: operation.ids }, setting);
      }
      const { pathname } = request.url;
      const chain = pathname.startsWith("/paypal/v1/notifications/certs/") ? events.chainAt(pathname) : null;
      if (chain !== null) return { status: 200, type: "application/x-pem-file", body: chain };
      return hosted(request) ?? json(404, { name: "RESOURCE_NOT_FOUND", message: "there is nothing here" });
    },
    control(path, change) {
      const [what = ""] = path;
      if (what === "tokens") return tokens.clear();
      if (what === "events") return events.sign(String(change["type"]), "sample", change["resource"]);
      const control = Object.hasOwn(controls, what) ? controls[what] : undefined;
      if (!control) throw new Error(`${Object.keys(controls).join(", ")}, tokens or events`);
      const result = control(around, change);
      store.changed();
      return result;
    },
    tick() {
      for (const subscription of store.state.subscriptions) chargeDue(around, subscription);
    },
    state: () => store.state,
    overview: () => overviewOf(store.state),
    reset: () => store.reset(),
    flush: () => store.flush(),
  };
}

function back(address: string, names: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(names)) url.searchParams.set(name, value);
  return url.href;
}
