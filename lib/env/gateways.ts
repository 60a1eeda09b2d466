import type { Variables } from "./schema";

/** The gateways as configured; null is off. One with only some of its secrets is off too. */
export type Gateways = {
  readonly flow: { readonly apiUrl: string; readonly apiKey: string; readonly secretKey: string } | null;
  readonly mercadopago: {
    readonly apiUrl: string;
    readonly accessToken: string;
    readonly webhookSecret: string;
  } | null;
  readonly paypal: {
    readonly apiUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly webhookId: string;
  } | null;
  readonly nowpayments: {
    readonly apiUrl: string;
    readonly apiKey: string;
    readonly ipnSecret: string;
    /** A person's login, with which payments can be listed; the gateway works without. */
    readonly login?: { readonly email: string; readonly password: string };
  } | null;
};

/** Puts each gateway's settings together, all or nothing. */
export function readGateways(env: Variables): Gateways {
  return {
    flow: complete({ apiUrl: env.FLOW_API_URL, apiKey: env.FLOW_API_KEY, secretKey: env.FLOW_SECRET_KEY }),
    mercadopago: complete({
      apiUrl: env.MERCADOPAGO_API_URL,
      accessToken: env.MERCADOPAGO_ACCESS_TOKEN,
      webhookSecret: env.MERCADOPAGO_WEBHOOK_SECRET,
    }),
    paypal: complete({
      apiUrl: env.PAYPAL_API_URL,
      clientId: env.PAYPAL_CLIENT_ID,
      clientSecret: env.PAYPAL_CLIENT_SECRET,
      webhookId: env.PAYPAL_WEBHOOK_ID,
    }),
    nowpayments: readNowPayments(env),
  };
}

function readNowPayments(env: Variables): Gateways["nowpayments"] {
  const settings = complete({
    apiUrl: env.NOWPAYMENTS_API_URL,
    apiKey: env.NOWPAYMENTS_API_KEY,
    ipnSecret: env.NOWPAYMENTS_IPN_SECRET,
  });
  const login = complete({ email: env.NOWPAYMENTS_EMAIL, password: env.NOWPAYMENTS_PASSWORD });
  return settings && login ? { ...settings, login } : settings;
}

function complete<Settings extends Record<string, string | undefined>>(
  settings: Settings,
): { readonly [Name in keyof Settings]: string } | null {
  return hasAll(settings) ? settings : null;
}

function hasAll<Settings extends Record<string, string | undefined>>(
  settings: Settings,
): settings is Settings & { readonly [Name in keyof Settings]: string } {
  return Object.values(settings).every((value) => value !== undefined);
}
