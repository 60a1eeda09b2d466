import type { Reference } from "../gateway";
import { flowReference } from "./map";

// Flow repeats no reference of ours about a subscription but the id of its plan. So every renewal has plans of its own,
// and they carry our reference: `opt-<reference>`, and `opt-<reference>-<pesos>` after a change of price.

const PARAMETER = "renewal";
const REFERENCE = /^[A-Za-z0-9]{8,64}$/;
const PLAN = /^opt-([A-Za-z0-9]{8,64})(?:-\d{1,12})?$/;

/** The plan that a renewal begins with. */
export function planIdOf(reference: string): string {
  return `opt-${reference}`;
}

/** The plan of a later price: the same for the same price, so that a second try finds the first one's. */
export function planIdAt(reference: string, pesos: number): string {
  return `opt-${reference}-${pesos}`;
}

/** Our reference in the id of a plan; null for a plan that is none of ours. */
export function referenceIn(planId: string | null | undefined): string | null {
  return PLAN.exec(planId ?? "")?.[1] ?? null;
}

/** Where Flow calls back about what a renewal's plan collects. */
export function callbackOf(notifyUrl: string, reference: string): string {
  const url = new URL(notifyUrl);
  url.searchParams.set(PARAMETER, reference);
  return url.href;
}

/** The renewal that a callback's address names: a hint, as anybody may write it. */
export function renewalOf(query: URLSearchParams): Reference | null {
  const values = query.getAll(PARAMETER);
  const [value] = values;
  return value !== undefined && values.length === 1 && REFERENCE.test(value)
    ? { kind: flowReference.order, value }
    : null;
}
