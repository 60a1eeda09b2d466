import "server-only";
import { sql } from "@/lib/db";
import { asService } from "@/lib/db/service";
import type { Applied } from "./claimed-notices";
import type { AutoRenewalState, NativeSubscriptions, PaymentState } from "./gateway";
import { type Outcome, succeeded } from "./outcome";
import type { StoredAutoRenewal } from "./stored-auto-renewal";

/** What a gateway answered about a renewal and what it has collected. */
export interface AutoRenewalAnswer {
  /** Null: the gateway knows no such renewal. */
  readonly state: AutoRenewalState | null;
  readonly charges: readonly PaymentState[];
}

/** The payer may still have to agree, or something is left to do once they did. */
const UNFINISHED = ["creating", "pending", "expired"];
const ENDED = ["cancelled", "expired", "failed"];

/**
 * Asks about a renewal and does what is left to do at the gateway: completes it after the payer agreed, ends it
 * where that is wanted. Safe to repeat: adapters look before they make.
 */
export async function askAboutAutoRenewal(
  native: NativeSubscriptions,
  renewal: StoredAutoRenewal,
): Promise<Outcome<AutoRenewalAnswer>> {
  const asked = await stateOf(native, renewal);
  if (!asked.ok) return asked;
  const state = asked.value;
  if (state === null || state.normalized === "pending") return succeeded({ state, charges: [] });
  const charges = await native.listCharges([...renewal.names, ...state.references], renewal.chargesSince);
  return charges.ok ? succeeded({ state, charges: charges.value }) : charges;
}

function stateOf(
  native: NativeSubscriptions,
  renewal: StoredAutoRenewal,
): Promise<Outcome<AutoRenewalState | null>> {
  if (renewal.isCancelWanted && !ENDED.includes(renewal.status)) return end(native, renewal);
  if (UNFINISHED.includes(renewal.status)) return native.complete(renewal.request, renewal.names);
  return native.fetchStatus(renewal.names);
}

/** At once: what was paid for remains with the shop, and nothing more is collected. */
async function end(
  native: NativeSubscriptions,
  renewal: StoredAutoRenewal,
): Promise<Outcome<AutoRenewalState | null>> {
  const known = await native.fetchStatus(renewal.names);
  if (!known.ok) return known;
  if (known.value === null) return succeeded(UNFINISHED.includes(renewal.status) ? neverBegan() : null);
  if (ENDED.includes(known.value.normalized)) return known;
  const cancelled = await native.cancel([...renewal.names, ...known.value.references], "now");
  // What nobody agreed to may be nothing that a gateway cancels: it runs out by itself.
  const isRefused = !cancelled.ok && cancelled.failure.kind === "invalid";
  return isRefused && known.value.normalized === "pending" ? known : cancelled;
}

function neverBegan(): AutoRenewalState {
  return {
    normalized: "cancelled",
    rawStatus: "not found",
    reference: null,
    amountMinor: null,
    currency: null,
    nextChargeAt: null,
    methodLabel: null,
    objection: null,
    references: [],
  };
}

/**
 * Applies an answer and closes the notices that it settles, in one transaction.
 *
 * @param fetchedAt when the question began, by the database's clock
 */
export function applyAutoRenewal(
  renewal: Pick<StoredAutoRenewal, "organizationId" | "id">,
  { state, charges }: AutoRenewalAnswer,
  fetchedAt: Date,
  events: readonly number[],
): Promise<Applied> {
  return asService(async (db) => {
    const { rows } = await sql<{ applied: Applied }>`
      select private.apply_auto_renewal_state(${renewal.organizationId}, ${renewal.id}, ${state && JSON.stringify(state)}::jsonb,
        ${JSON.stringify(charges)}::jsonb, ${fetchedAt}, ${events}::bigint[]) as applied`.execute(db);
    const [row] = rows;
    if (!row) throw new Error("a renewal's state was applied without an answer");
    return row.applied;
  });
}

/** Notes that a setup came to nothing; whatever the gateway knows of stays open. */
export function failAutoRenewal(
  renewal: Pick<StoredAutoRenewal, "organizationId" | "id">,
  reason: string,
): Promise<void> {
  return asService(async (db) => {
    await sql`select private.fail_auto_renewal(${renewal.organizationId}, ${renewal.id}, ${reason})`.execute(
      db,
    );
  });
}
