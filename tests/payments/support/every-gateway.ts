import type { Gateway, Reference } from "@/lib/payments/gateway";
import { flowInHand } from "./flow";
import { mercadoPagoInHand } from "./mercadopago";
import { nowPaymentsInHand } from "./nowpayments";
import { named, paypalInHand } from "./paypal";

/** A gateway over its sandbox, and its payer. */
export interface GatewayInHand {
  readonly id: string;
  readonly gateway: Gateway;
  /** Pays a checkout at the gateway's side; nobody of ours hears of it. */
  pay(names: readonly Reference[]): Promise<void>;
}

/** Every gateway that a shop can pay through, each over a sandbox of its own. Call once in a file. */
export function everyGateway(): readonly GatewayInHand[] {
  const flow = flowInHand();
  const mercadoPago = mercadoPagoInHand();
  const paypal = paypalInHand();
  const nowPayments = nowPaymentsInHand();
  return [
    {
      id: "flow",
      get gateway() {
        return flow.gateway;
      },
      pay: (names) => flow.decide(named(names, "token"), { status: 2 }),
    },
    {
      id: "mercadopago",
      get gateway() {
        return mercadoPago.gateway;
      },
      pay: (names) => mercadoPago.decide(names, { status: "approved" }),
    },
    {
      id: "paypal",
      get gateway() {
        return paypal.gateway;
      },
      async pay(names) {
        await paypal.control("orders", {
          id: named(names, "paypal_order"),
          capture: true,
          fate: "COMPLETED",
        });
      },
    },
    {
      id: "nowpayments",
      get gateway() {
        return nowPayments.gateway;
      },
      async pay(names) {
        await nowPayments.decide(names, { status: "finished" });
      },
    },
  ];
}
