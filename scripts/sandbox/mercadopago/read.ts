import { z } from "zod";
import type { Preapproval, Preference } from "./state";

/** An error as Mercado Pago words it. */
export class MercadoPagoError extends Error {
  constructor(
    readonly status: 400 | 401 | 404 | 409,
    private readonly error: string,
    message: string,
    private readonly code?: number,
  ) {
    super(message);
  }

  body(): unknown {
    const cause = this.code === undefined ? [] : [{ code: this.code, description: this.message, data: null }];
    return { message: this.message, error: this.error, status: this.status, cause };
  }
}

/** Pesos have no decimals; Mercado Pago refuses them for Chile. */
const pesos = z.int().positive();
const url = z.url({ protocol: /^https?$/ });

const preferenceBody = z.object({
  items: z
    .array(
      z.object({
        id: z.string().nullish(),
        title: z.string().min(1),
        quantity: z.int().positive(),
        unit_price: pesos,
        currency_id: z.literal("CLP"),
      }),
    )
    .length(1),
  payer: z.object({ email: z.email().nullish() }).nullish(),
  external_reference: z.string().max(256).nullish(),
  notification_url: url.nullish(),
  back_urls: z.object({ success: url, failure: url, pending: url }).partial().default({}),
  auto_return: z.enum(["approved", "all"]).nullish(),
  expires: z.boolean().default(false),
  expiration_date_to: z.iso.datetime({ offset: true }).nullish(),
});

/** @throws MercadoPagoError */
export function readPreference(body: string): Omit<Preference, "id" | "createdAt"> {
  const given = read(preferenceBody, body);
  const [item] = given.items;
  if (!item) throw new MercadoPagoError(400, "invalid_items", "unit_price invalid");
  if (given.auto_return && !given.back_urls.success)
    throw new MercadoPagoError(
      400,
      "invalid_auto_return",
      "auto_return invalid. back_url.success must be defined",
    );
  const { success, failure, pending } = given.back_urls;
  return {
    externalReference: given.external_reference ?? null,
    item: {
      id: item.id ?? null,
      title: item.title,
      unitPrice: item.unit_price,
      quantity: item.quantity,
      currency: item.currency_id,
    },
    email: given.payer?.email ?? null,
    notificationUrl: given.notification_url ?? null,
    backUrls: {
      ...(success ? { success } : {}),
      ...(failure ? { failure } : {}),
      ...(pending ? { pending } : {}),
    },
    closesAt: given.expires ? (given.expiration_date_to ?? null) : null,
  };
}

const recurring = z.object({
  frequency: z.int().positive(),
  frequency_type: z.literal("months"),
  transaction_amount: pesos,
  currency_id: z.literal("CLP"),
  start_date: z.iso.datetime({ offset: true }).nullish(),
});
const preapprovalBody = z.object({
  reason: z.string().min(1),
  external_reference: z.string().nullish(),
  payer_email: z.email(),
  back_url: url,
  notification_url: url.nullish(),
  status: z.literal("pending"), // without a card there is nothing else
  auto_recurring: recurring,
});

/** @throws MercadoPagoError */
export function readPreapproval(body: string): Omit<
  Preapproval,
  "id" | "status" | "nextAt" | "charged" | "createdAt" | "startsAt"
> & {
  startsAt: string | null;
} {
  const given = read(preapprovalBody, body);
  return {
    reason: given.reason,
    externalReference: given.external_reference ?? null,
    email: given.payer_email,
    backUrl: given.back_url,
    notificationUrl: given.notification_url ?? null,
    amount: given.auto_recurring.transaction_amount,
    currency: given.auto_recurring.currency_id,
    months: given.auto_recurring.frequency,
    startsAt: given.auto_recurring.start_date ?? null,
  };
}

const changeBody = z.object({
  status: z.enum(["authorized", "paused", "cancelled"]).optional(),
  auto_recurring: recurring.pick({ transaction_amount: true, currency_id: true }).optional(),
});

/** @throws MercadoPagoError */
export function readPriceChange(body: string): { status: string | null; amount: number | null } {
  const given = read(changeBody, body);
  return { status: given.status ?? null, amount: given.auto_recurring?.transaction_amount ?? null };
}

/** @throws MercadoPagoError for every other change: nothing else of a payment can be changed here */
export function readCancellation(body: string): void {
  read(z.object({ status: z.literal("cancelled") }), body);
}

/** Null: all that is left. @throws MercadoPagoError */
export function readRefundAmount(body: string): number | null {
  return read(z.object({ amount: pesos.optional() }), body === "" ? "{}" : body).amount ?? null;
}

function read<Shape extends z.ZodType>(shape: Shape, body: string): z.infer<Shape> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new MercadoPagoError(400, "bad_request", "invalid JSON");
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new MercadoPagoError(400, "bad_request", `${issue?.path.join(".")}: ${issue?.message}`, 3);
}
