/** One way to pay, as the page offers it. */
export interface Offer {
  readonly gateway: string;
  /** ISO 4217; each gateway takes one of the currencies of the price list. */
  readonly currency: "CLP" | "USD";
  /** What would be paid now, in minor units. */
  readonly total: number;
  /** What each later period costs, in minor units. */
  readonly price: number;
  /** Whether it can collect each period by itself. */
  readonly renews: boolean;
  /** Its last checkouts failed, so that the next ones are held back for a moment. */
  readonly isDown: boolean;
}

const gatewayCodes = ["flow", "mercadopago", "paypal", "nowpayments"] as const;
export type GatewayCode = (typeof gatewayCodes)[number];

/** The gateway as a message key; one that the texts do not know shows as `other`. */
export function gatewayCode(id: string): GatewayCode | "other" {
  return gatewayCodes.find((known) => known === id) ?? "other";
}
