import "server-only";
import { createHash } from "node:crypto";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { Caller } from "@/lib/security/session";
import type { Gateways } from "./factory";
import type { Checkout, Gateway } from "./gateway";
import type { Failure } from "./outcome";
import type { NewPayment } from "./schema";

/** What the surroundings of a checkout are: who can be paid through, where the payer and the gateway come back to. */
export interface CheckoutSetting {
  readonly gateways: Gateways;
  /** Address of this application, from configuration. */
  readonly appUrl: string;
  readonly language: "es" | "en";
  /** What the payer reads on the gateway's page. */
  subject(payment: NewPayment): string;
}

export interface OpenedPayment {
  readonly paymentId: string;
  /** `succeeded`: credit or a coupon covered all of it, and no gateway heard of it. */
  readonly status: "pending" | "succeeded";
  readonly amount: number;
  readonly currency: string;
  readonly redirectUrl: string;
  readonly redirectMethod: "GET" | "POST";
}

interface IntentRow {
  id: string;
  organization_id: string;
  is_new: boolean;
  amount: number;
  currency: string;
  reference: string;
  redirect_url: string | null;
  redirect_method: "GET" | "POST" | null;
  payer_email: string;
  expires_at: Date;
}

/**
 * Opens a payment and its page at the gateway. The intent is committed before the gateway hears of it, and no
 * transaction is open while we wait for its answer; a crash between the two is healed by the sweep.
 *
 * @param key the same key gives the same payment, whatever became of it
 * @throws AppError `idempotency.key_reused`, `idempotency.in_progress`, `payment.tier_unavailable`,
 *   `payment.gateway_off`, `payment.gateway_unavailable`, `payment.currency_unsupported`, `payment.in_progress`, `coupon.*`, `access.forbidden`
 */
export async function openPayment(
  payer: Pick<Caller, "transaction">,
  input: NewPayment,
  key: string,
  setting: CheckoutSetting,
): Promise<OpenedPayment> {
  const gateway = requireGateway(setting.gateways, input.gateway);
  const intent = await commitIntent(payer, input, key, gateway, setting.language);
  if (intent.amount === 0) return paidAlready(intent, setting.appUrl);
  if (!intent.is_new) return answer(intent, intent.redirect_url, intent.redirect_method);
  const created = await gateway.createCheckout({
    paymentId: intent.id,
    reference: intent.reference,
    idempotencyKey: intent.id,
    money: { amountMinor: intent.amount, currency: intent.currency },
    subject: setting.subject(input),
    payer: { email: intent.payer_email },
    returnUrl: `${setting.appUrl}/api/payments/return/${gateway.id}`,
    notifyUrl: `${setting.appUrl}/api/webhooks/${gateway.id}`,
    expiresAt: intent.expires_at,
  });
  if (!created.ok) return refuse(intent, created.failure);
  await recordCheckout(intent, created.value);
  return answer(intent, created.value.redirect.url, created.value.redirect.method);
}

async function commitIntent(
  payer: Pick<Caller, "transaction">,
  input: NewPayment,
  key: string,
  gateway: Gateway,
  language: string,
) {
  const { tier, interval, coupon = null } = input;
  const hash = createHash("sha256")
    .update(JSON.stringify([gateway.id, tier, interval, coupon]))
    .digest("hex");
  const currency = gateway.capabilities.currencies[0] ?? "";
  return payer.transaction(async (db) => {
    const { rows } = await sql<IntentRow>`
      select * from private.open_payment(${key}, ${gateway.id}, ${currency}, ${tier}, ${interval}, ${hash}, ${language}, ${coupon})`.execute(
      db,
    );
    const [intent] = rows;
    if (!intent) throw new Error("open_payment answered nothing");
    return intent;
  });
}

/**
 * The gateway that a payer chose.
 *
 * @throws AppError `input.invalid` no such gateway, `payment.gateway_off` without its secrets or taken out of checkouts
 */
export function requireGateway(gateways: Gateways, id: string): Gateway {
  const found = gateways.find(id);
  if (found.state === "unknown") throw AppError.forField("input.invalid", "/gateway", "choice");
  if (found.state === "off" || found.standing.paused)
    throw new AppError("payment.gateway_off", { gateway: id });
  return found.gateway;
}

function recordCheckout(intent: IntentRow, checkout: Checkout): Promise<void> {
  const references = JSON.stringify([checkout.gatewayRef, ...checkout.secondaryRefs]);
  const { url, method } = checkout.redirect;
  return asService(async (db) => {
    await sql`select private.record_checkout(${intent.organization_id}, ${intent.id}, ${url}, ${method},
      ${references}::jsonb, ${checkout.expiresAt})`.execute(db);
  });
}

/**
 * A checkout without a page. An unknown outcome leaves the payment `creating`, because somebody may come to
 * hold its page: the sweep asks the gateway. Anything else certainly came to nothing.
 */
async function refuse(intent: IntentRow, failure: Failure): Promise<never> {
  log.error(
    { paymentId: intent.id, failure: failure.kind, code: failure.code, detail: failure.detail },
    "no checkout was opened",
  );
  if (failure.kind !== "unknown-outcome") {
    await asService(async (db) => {
      await sql`select private.fail_checkout(${intent.organization_id}, ${intent.id}, ${`${failure.kind}: ${failure.code}`})`.execute(
        db,
      );
    });
  }
  if (failure.kind === "unsupported")
    throw new AppError("payment.currency_unsupported", { paymentId: intent.id });
  throw unavailable(intent, failure.retryAfterMs);
}

function answer(
  intent: IntentRow,
  redirectUrl: string | null,
  redirectMethod: "GET" | "POST" | null,
): OpenedPayment {
  // The first answer to this key was a failure; so is every later one.
  if (redirectUrl === null || redirectMethod === null) throw unavailable(intent);
  return {
    paymentId: intent.id,
    status: "pending",
    amount: intent.amount,
    currency: intent.currency,
    redirectUrl,
    redirectMethod,
  };
}

function paidAlready(intent: IntentRow, appUrl: string): OpenedPayment {
  return {
    paymentId: intent.id,
    status: "succeeded",
    amount: 0,
    currency: intent.currency,
    redirectUrl: `${appUrl}/billing?payment=${intent.id}`,
    redirectMethod: "GET",
  };
}

function unavailable(intent: IntentRow, retryAfterMs = 5_000): AppError {
  return new AppError("payment.gateway_unavailable", {
    paymentId: intent.id,
    retryAfterSeconds: Math.ceil(retryAfterMs / 1_000),
  });
}
