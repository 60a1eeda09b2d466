import "server-only";
import { env } from "@/lib/env";

/** Where payments are real; every other address of a gateway is a sandbox of some kind. */
const REAL_HOSTS = new Set(["www.flow.cl", "api.mercadopago.com", "api-m.paypal.com", "api.nowpayments.io"]);

/** Whether a gateway of this installation moves no money, so that pages must say so. */
export function movesTestMoney(): boolean {
  return Object.values(env.gateways).some(
    (gateway) => gateway && !REAL_HOSTS.has(new URL(gateway.apiUrl).host),
  );
}
