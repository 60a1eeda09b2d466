import { z } from "zod";
import type { Gateways as GatewaySettings } from "@/lib/env";

export type GatewayId = keyof GatewaySettings;
export type GatewayMode = "sandbox" | "production";

const gatewayModes = ["sandbox", "production"] as const satisfies readonly GatewayMode[];

/** As long as the environment demands of a secret; no gateway has longer ones. */
const secret = z.string().trim().min(8).max(500);

/** What each gateway must be given. Its address is no part of it: nobody may point credentials at a host of their own. */
const credentials = {
  flow: z.strictObject({ apiKey: secret, secretKey: secret }),
  mercadopago: z.strictObject({ accessToken: secret, webhookSecret: secret }),
  paypal: z.strictObject({ clientId: secret, clientSecret: secret, webhookId: secret }),
  nowpayments: z.strictObject({ apiKey: secret, ipnSecret: secret }),
} as const satisfies Record<GatewayId, z.ZodObject>;

/** Where each gateway answers. Mercado Pago has one address; its credentials decide which world they open. */
const gatewayAddresses: Readonly<Record<GatewayId, Readonly<Record<GatewayMode, string>>>> = {
  flow: { production: "https://www.flow.cl/api", sandbox: "https://sandbox.flow.cl/api" },
  mercadopago: { production: "https://api.mercadopago.com", sandbox: "https://api.mercadopago.com" },
  paypal: { production: "https://api-m.paypal.com", sandbox: "https://api-m.sandbox.paypal.com" },
  nowpayments: {
    production: "https://api.nowpayments.io/v1",
    sandbox: "https://api-sandbox.nowpayments.io/v1",
  },
};

/** One gateway's secrets by name, as the console takes them and the vault keeps them. */
export type Credentials = Readonly<Record<string, string>>;

/** Whether a text names a gateway that this product knows. */
export function isGatewayId(text: string): text is GatewayId {
  return Object.hasOwn(credentials, text);
}

/** The names of a gateway's secrets, in the order in which they are asked for. */
export function credentialNames(id: GatewayId): string[] {
  return Object.keys(credentials[id].shape);
}

/** A gateway's secrets when all of them are there and look like secrets; otherwise what is wrong with which. */
export function parseCredentials(id: GatewayId, given: unknown): z.ZodSafeParseResult<Credentials> {
  return credentials[id].safeParse(given);
}

/**
 * The settings of an installation with one gateway's taken from the console instead.
 *
 * @throws z.ZodError when the secrets are not that gateway's: they were parsed when they were stored
 */
export function withCredentials(
  settings: GatewaySettings,
  id: GatewayId,
  apiUrl: string,
  given: Credentials,
): GatewaySettings {
  switch (id) {
    case "flow":
      return { ...settings, flow: { apiUrl, ...credentials.flow.parse(given) } };
    case "mercadopago":
      return { ...settings, mercadopago: { apiUrl, ...credentials.mercadopago.parse(given) } };
    case "paypal":
      return { ...settings, paypal: { apiUrl, ...credentials.paypal.parse(given) } };
    case "nowpayments":
      return { ...settings, nowpayments: { apiUrl, ...credentials.nowpayments.parse(given) } };
  }
}

/**
 * Where a gateway is asked in one mode: its own address, unless the environment names one that is not the
 * gateway's at all (a simulator).
 *
 * @param named the address in the environment
 */
export function addressOf(id: GatewayId, mode: GatewayMode, named: string): string {
  return isReal(id, named) ? gatewayAddresses[id][mode] : named;
}

/** Whether an address is one of the gateway's own. */
export function isReal(id: GatewayId, address: string): boolean {
  return gatewayModes.some((mode) => new URL(gatewayAddresses[id][mode]).host === new URL(address).host);
}

/** Which world an address belongs to; what is not the gateway's production is a sandbox of some kind. */
export function modeOfAddress(id: GatewayId, address: string): GatewayMode {
  return new URL(gatewayAddresses[id].production).host === new URL(address).host ? "production" : "sandbox";
}
