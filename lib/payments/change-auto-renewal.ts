import "server-only";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { Caller } from "@/lib/security/session";
import { applyAutoRenewal, askAboutAutoRenewal } from "./ask-auto-renewal";
import type { Gateways } from "./factory";
import type { Checkout, NativeSubscriptions } from "./gateway";
import type { Failure } from "./outcome";
import { askingAlone } from "./renewal-lease";
import { readAutoRenewal, type StoredAutoRenewal } from "./stored-auto-renewal";

/** What became of a wish to change a renewal. */
export interface ChangedAutoRenewal {
  readonly autoRenewalId: string;
  readonly status: string;
  /** What each period costs, as far as the gateway confirmed it. */
  readonly amount: number;
  readonly currency: string;
  readonly cancelRequested: boolean;
  /** Where the payer has to agree again; null: nowhere. */
  readonly redirect: Checkout["redirect"] | null;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Ends a renewal at once; what was paid for remains. The wish is committed before the gateway is asked, and the worker
 * asks again until the gateway confirms: `status` says whether it did.
 *
 * @throws AppError `auto_renewal.not_found`, `access.forbidden`
 */
export async function cancelAutoRenewal(
  member: Pick<Caller, "transaction">,
  autoRenewalId: string,
  gateways: Gateways,
): Promise<ChangedAutoRenewal> {
  const renewal = await request(member, autoRenewalId, null);
  const native = nativeOf(gateways, renewal);
  if (native) await ask(native, renewal);
  return viewOf(renewal, null);
}

/** Has the worker end a renewal: one that another took the place of, or whose shop left. Idempotent. */
export function askToCancelAutoRenewal(organizationId: string, autoRenewalId: string): Promise<void> {
  return asService(async (db) => {
    await sql`select private.ask_to_cancel_auto_renewal(${organizationId}, ${autoRenewalId}, now())`.execute(
      db,
    );
  });
}

/**
 * Has another tier collected from the next charge on, at the price book's price and the renewal's own interval.
 *
 * What was charged so far is fetched first: it is held against the price so far. After a lost answer the wish stays, and
 * the gateway's next answer tells whether it holds.
 *
 * @throws AppError `auto_renewal.not_found`, `auto_renewal.not_active`, `payment.tier_unavailable`, `payment.gateway_off`,
 *   `payment.gateway_unavailable`, `access.forbidden`
 */
export async function changeAutoRenewalTier(
  member: Pick<Caller, "transaction">,
  autoRenewalId: string,
  tier: string,
  gateways: Gateways,
): Promise<ChangedAutoRenewal> {
  const renewal = await request(member, autoRenewalId, tier);
  const native = nativeOf(gateways, renewal);
  if (!native) return refusePrice(renewal, null);
  const asked = await ask(native, renewal);
  if (!asked) return refusePrice(renewal, null);
  const current = await readAutoRenewal(renewal.organizationId, renewal.id);
  const { nextAmountMinor } = current;
  if (nextAmountMinor === null) return viewOf(current, null); // it costs that already
  const money = { ...current.request.money, amountMinor: nextAmountMinor };
  const changed = await native.changePrice(current.names, money, current.request.returnUrl);
  if (!changed.ok) return refusePrice(current, changed.failure);
  const { state, redirect } = changed.value;
  await applyAutoRenewal(current, { state, charges: [] }, current.readAt, []);
  if (redirect === null && state.amountMinor === null) await agreePrice(current);
  return viewOf(current, redirect);
}

/** @param tier the tier to be collected from now on; null: none */
async function request(
  member: Pick<Caller, "transaction">,
  id: string,
  tier: string | null,
): Promise<StoredAutoRenewal> {
  if (!UUID.test(id)) throw new AppError("auto_renewal.not_found");
  const organizationId = await member.transaction(async (db) => {
    const wish =
      tier === null
        ? sql<{ organization: string }>`select private.request_auto_renewal_cancel(${id}) as organization`
        : sql<{
            organization: string;
          }>`select private.request_auto_renewal_price(${id}, ${tier}) as organization`;
    const { rows } = await wish.execute(db);
    return rows[0]?.organization;
  });
  if (!organizationId) throw new AppError("auto_renewal.not_found");
  return readAutoRenewal(organizationId, id);
}

function nativeOf(gateways: Gateways, renewal: StoredAutoRenewal): NativeSubscriptions | null {
  const found = gateways.find(renewal.gateway);
  return found.state === "on" ? found.gateway.subscriptions : null;
}

/** Asks and applies; false when the gateway did not answer, which the worker makes good. */
async function ask(native: NativeSubscriptions, renewal: StoredAutoRenewal): Promise<boolean> {
  const done = await askingAlone(renewal.organizationId, renewal.id, async () => {
    const asked = await askAboutAutoRenewal(native, renewal);
    if (asked.ok) await applyAutoRenewal(renewal, asked.value, renewal.readAt, []);
    else
      log.warn({ autoRenewalId: renewal.id, failure: asked.failure }, "a renewal could not be asked about");
    return asked.ok;
  });
  return done?.answer ?? false; // a worker is setting it up, and hears of the wish after that
}

/** The wish for another price is dropped, unless the gateway may have heard it. */
async function refusePrice(renewal: StoredAutoRenewal, failure: Failure | null): Promise<never> {
  if (failure) log.error({ autoRenewalId: renewal.id, failure }, "a renewal's price was not changed");
  if (failure?.kind !== "unknown-outcome") {
    await asService(async (db) => {
      await sql`select private.drop_auto_renewal_price(${renewal.organizationId}, ${renewal.id})`.execute(db);
    });
  }
  throw new AppError("payment.gateway_unavailable", { autoRenewalId: renewal.id, retryAfterSeconds: 5 });
}

function agreePrice(renewal: StoredAutoRenewal): Promise<void> {
  return asService(async (db) => {
    await sql`select private.agree_auto_renewal_price(${renewal.organizationId}, ${renewal.id})`.execute(db);
  });
}

async function viewOf(
  { organizationId, id }: StoredAutoRenewal,
  redirect: Checkout["redirect"] | null,
): Promise<ChangedAutoRenewal> {
  const { status, isCancelWanted, request: asked } = await readAutoRenewal(organizationId, id);
  const { amountMinor, currency } = asked.money;
  return {
    autoRenewalId: id,
    status,
    amount: amountMinor,
    currency,
    cancelRequested: isCancelWanted,
    redirect,
  };
}
