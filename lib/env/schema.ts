import { z } from "zod";

/** An address of one of the given schemes; the message says what it has to look like. */
function address(schemes: readonly string[], example: string) {
  const fits = (text: string) => URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1));
  return z.string().refine(fits, { error: `must be an address like ${example}` });
}

const web = (example: string) =>
  address(["http", "https"], example).transform((url) => url.replace(/\/+$/, ""));
const postgres = address(["postgres", "postgresql"], "postgresql://user:password@host:5432/database");

/** 32 bytes, the length of an AES-256 key. */
const key = z.string().refine((text) => /^[A-Za-z0-9+/]{43}=$/.test(text), {
  error: "must be 32 bytes in base64: make one with `openssl rand -base64 32`",
});

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, { error: `must be a whole number from ${from} to ${to}` })
    .transform(Number)
    .refine((value) => value >= from && value <= to, {
      error: `must be a whole number from ${from} to ${to}`,
    });

const secret = z.string().min(8, { error: "is too short to be a secret" });
const NEEDED = "is missing";

/**
 * Every variable that the application reads, with what makes a value right.
 * Purpose, source and what breaks without it stand in `.env.example`, which a test holds equal to this.
 */
export const variables = {
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  PORT: wholeNumber(1, 65_535).default(3000),
  APP_URL: web("https://shop.example"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  TRUSTED_PROXY_HOPS: wholeNumber(0, 10).default(0),

  APP_DATABASE_URL: postgres,
  DATABASE_URL: postgres,
  REDIS_URL: address(["redis", "rediss"], "redis://host:6379").optional(),

  SUPABASE_URL: web("https://project.supabase.co"),
  SUPABASE_PUBLISHABLE_KEY: secret,
  SUPABASE_JWT_SECRET: z.string().min(32, { error: "must have 32 characters or more" }).optional(),

  APP_ENCRYPTION_KEY: key,
  BACKUP_ENCRYPTION_KEY: key.optional(),
  STORAGE_URL: address(["file", "s3"], "file:///var/lib/opttius or s3://bucket").optional(),

  SMTP_URL: address(["smtp", "smtps"], "smtp://user:password@host:587").optional(),
  ALERT_EMAIL_TO: z.email({ error: "must be a mail address" }).optional(),
  SLACK_WEBHOOK_URL: web("https://hooks.slack.com/services/…").optional(),
  PAGERDUTY_ROUTING_KEY: secret.optional(),
  PAGERDUTY_URL: web("https://events.pagerduty.com").default("https://events.pagerduty.com"),
  METRICS_TOKEN: z.string().min(16, { error: "must have 16 characters or more" }).optional(),

  FLOW_API_URL: web("https://www.flow.cl/api").default("https://www.flow.cl/api"),
  FLOW_API_KEY: secret.optional(),
  FLOW_SECRET_KEY: secret.optional(),
  MERCADOPAGO_API_URL: web("https://api.mercadopago.com").default("https://api.mercadopago.com"),
  MERCADOPAGO_ACCESS_TOKEN: secret.optional(),
  MERCADOPAGO_WEBHOOK_SECRET: secret.optional(),
  PAYPAL_API_URL: web("https://api-m.paypal.com").default("https://api-m.paypal.com"),
  PAYPAL_CLIENT_ID: secret.optional(),
  PAYPAL_CLIENT_SECRET: secret.optional(),
  PAYPAL_WEBHOOK_ID: secret.optional(),
  NOWPAYMENTS_API_URL: web("https://api.nowpayments.io/v1").default("https://api.nowpayments.io/v1"),
  NOWPAYMENTS_API_KEY: secret.optional(),
  NOWPAYMENTS_IPN_SECRET: secret.optional(),
  NOWPAYMENTS_EMAIL: z.email({ error: "must be a mail address" }).optional(),
  NOWPAYMENTS_PASSWORD: secret.optional(),
} as const;

export type Variables = { readonly [Name in keyof typeof variables]: z.output<(typeof variables)[Name]> };
export type VariableName = keyof Variables;

/** Whether a property is the name of a variable. */
export function isVariable(name: PropertyKey): name is VariableName {
  return typeof name === "string" && Object.hasOwn(variables, name);
}

/** What is wrong with one variable, or its value. An empty text counts as unset. */
export function parseVariable(
  name: VariableName,
  text: string | undefined,
): { ok: true; value: unknown } | { ok: false; problem: string } {
  const parsed = variables[name].safeParse(text === "" ? undefined : text);
  if (parsed.success) return { ok: true, value: parsed.data };
  const reason = text ? (parsed.error.issues[0]?.message ?? "is not valid") : NEEDED;
  return { ok: false, problem: `${name} ${reason}` };
}
