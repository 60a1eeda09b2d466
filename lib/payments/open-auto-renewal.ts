import "server-only";
import { createHash } from "node:crypto";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { Caller } from "@/lib/security/session";
import { failAutoRenewal } from "./ask-auto-renewal";
import type { Gateways } from "./factory";
import type { Checkout, Gateway, NativeSubscriptions } from "./gateway";
import { type CheckoutSetting, requireGateway } from "./open-payment";
import type { Failure } from "./outcome";
import type { NewAutoRenewal } from "./schema";
import { readAutoRenewal, type StoredAutoRenewal } from "./stored-auto-renewal";

export interface OpenedAutoRenewal {
  readonly autoRenewalId: string;
  readonly status: "pending";
  /** What each period will cost. */
  readonly amount: number;
  readonly currency: string;
  readonly redirectUrl: string;
  readonly redirectMethod: "GET" | "POST";
}

interface IntentRow {
  id: string;
  organization_id: string;
  is_new: boolean;
  redirect_url: string | null;
  redirect_method: "GET" | "POST" | null;
}

/**
 * Opens an automatic renewal and the gateway's page on which the payer agrees to it. Nothing is collected before
 * what the shop has runs out. The intent is committed before the gateway hears of it, as with a payment.
 *
 * @param key the same key gives the same renewal, whatever became of it
 * @throws AppError `idempotency.key_reused`, `idempotency.in_progress`, `payment.tier_unavailable`, `payment.gateway_off`,
 *   `payment.gateway_unavailable`, `payment.currency_unsupported`, `payment.renewal_unsupported`, `access.forbidden`
 */
export async function openAutoRenewal(
  payer: Pick<Caller, "transaction">,
  input: NewAutoRenewal,
  key: string,
  setting: CheckoutSetting,
): Promise<OpenedAutoRenewal> {
  const { gateway, native } = requireNative(setting.gateways, input.gateway);
  const intent = await commitIntent(payer, input, key, gateway, setting);
  const renewal = await readAutoRenewal(intent.organization_id, intent.id);
  if (!intent.is_new) return answer(renewal, intent.redirect_url, intent.redirect_method);
  const setup = await native.setup(renewal.request);
  if (!setup.ok) return refuse(renewal, setup.failure);
  await recordSetup(renewal, setup.value);
  return answer(renewal, setup.value.redirect.url, setup.value.redirect.method);
}

function requireNative(
  gateways: Gateways,
  id: string,
): { readonly gateway: Gateway; readonly native: NativeSubscriptions } {
  const gateway = requireGateway(gateways, id);
  if (!gateway.subscriptions) throw new AppError("payment.renewal_unsupported", { gateway: id });
  return { gateway, native: gateway.subscriptions };
}

async function commitIntent(
  payer: Pick<Caller, "transaction">,
  input: NewAutoRenewal,
  key: string,
  gateway: Gateway,
  setting: CheckoutSetting,
): Promise<IntentRow> {
  const { tier, interval } = input;
  const hash = createHash("sha256")
    .update(JSON.stringify(["renewal", gateway.id, tier, interval]))
    .digest("hex");
  const currency = gateway.capabilities.currencies[0] ?? "";
  const returnUrl = `${setting.appUrl}/api/payments/return/${gateway.id}`;
  const notifyUrl = `${setting.appUrl}/api/webhooks/${gateway.id}`;
  return payer.transaction(async (db) => {
    const { rows } = await sql<IntentRow>`
      select * from private.open_auto_renewal(${key}, ${gateway.id}, ${currency}, ${tier}, ${interval}, ${hash}, ${setting.language},
        ${setting.subject(input)}, ${returnUrl}, ${notifyUrl})`.execute(db);
    const [intent] = rows;
    if (!intent) throw new Error("open_auto_renewal answered nothing");
    return intent;
  });
}

function recordSetup(renewal: StoredAutoRenewal, setup: Checkout): Promise<void> {
  const references = JSON.stringify([setup.gatewayRef, ...setup.secondaryRefs]);
  const { url, method } = setup.redirect;
  return asService(async (db) => {
    await sql`select private.record_auto_renewal_setup(${renewal.organizationId}, ${renewal.id}, ${url}, ${method},
      ${references}::jsonb, ${setup.expiresAt})`.execute(db);
  });
}

/** A setup without a page. An unknown outcome leaves it `creating`: the sweep asks the gateway. */
async function refuse(renewal: StoredAutoRenewal, failure: Failure): Promise<never> {
  log.error(
    { autoRenewalId: renewal.id, failure: failure.kind, code: failure.code, detail: failure.detail },
    "no automatic renewal was set up",
  );
  if (failure.kind !== "unknown-outcome") await failAutoRenewal(renewal, `${failure.kind}: ${failure.code}`);
  if (failure.kind === "unsupported")
    throw new AppError("payment.currency_unsupported", { autoRenewalId: renewal.id });
  throw unavailable(renewal, failure.retryAfterMs);
}

function answer(
  renewal: StoredAutoRenewal,
  redirectUrl: string | null,
  redirectMethod: "GET" | "POST" | null,
): OpenedAutoRenewal {
  // The first answer to this key was a failure; so is every later one.
  if (redirectUrl === null || redirectMethod === null) throw unavailable(renewal);
  const { amountMinor, currency } = renewal.request.money;
  return {
    autoRenewalId: renewal.id,
    status: "pending",
    amount: amountMinor,
    currency,
    redirectUrl,
    redirectMethod,
  };
}

function unavailable(renewal: StoredAutoRenewal, retryAfterMs = 5_000): AppError {
  return new AppError("payment.gateway_unavailable", {
    autoRenewalId: renewal.id,
    retryAfterSeconds: Math.ceil(retryAfterMs / 1_000),
  });
}
