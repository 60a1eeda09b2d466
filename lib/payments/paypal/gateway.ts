import type { Gateway } from "../gateway";
import { createHttpClient, type HttpClientOptions } from "../http";
import { capabilities } from "./capabilities";
import { createPaypalClient } from "./client";
import { identify } from "./identify";
import { completeReturn, createCheckout, fetchStatus } from "./payments";
import { fetchRefund, refund } from "./refunds";
import type { PaypalSettings } from "./settings";
import { checkSetup } from "./setup";
import { createVerifier } from "./signature";
import { createSubscriptions } from "./subscriptions";
import { listPayments } from "./transactions";

/** PayPal: orders that we capture, refunds of captures, subscriptions, signed notices. Dollars only. */
export function createPaypalGateway(settings: PaypalSettings, onCall?: HttpClientOptions["onCall"]): Gateway {
  const secrets = [settings.clientId, settings.clientSecret];
  const http = createHttpClient({
    gateway: "paypal",
    baseUrl: settings.apiUrl,
    secrets,
    ...(onCall ? { onCall } : {}),
  });
  const client = createPaypalClient(settings, http, secrets);
  return {
    id: "paypal",
    capabilities,
    createCheckout: (request) => createCheckout(client, request),
    completeReturn: (request, isOpen) => completeReturn(client, request, isOpen),
    fetchStatus: (references, mayCapture) => fetchStatus(client, references, mayCapture),
    verifyWebhook: createVerifier(settings, client),
    refund: (request) => refund(client, request),
    fetchRefund: (references) => fetchRefund(client, references),
    identify: (reference) => identify(client, reference),
    subscriptions: createSubscriptions(client),
    listPayments: (from, to) => listPayments(client, from, to),
    checkSetup: (notifyUrl) => checkSetup(client, settings, notifyUrl),
    isDegraded: () => http.isOpen("checkout"),
  };
}
