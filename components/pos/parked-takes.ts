import type { ParkedSale } from "@/lib/sales";
import type { Called } from "./actions";

/** What came of reaching for a parked sale. */
export type Take =
  /** It is ours, and off the list. */
  | "taken"
  /** Somebody else has it. */
  | "gone"
  | "refused"
  /** Taken or not, nobody knows: reach for it again. */
  | "unanswered";

/**
 * Reads an answer. Taking deletes, so a second try finds nothing where the first went through and its answer was lost:
 * after a try of our own "not there" means that it is ours.
 */
export function takeOf(answer: Called<unknown>, triedBefore: boolean): Take {
  if (answer.ok) return "taken";
  const { problem } = answer;
  if (!problem || problem.status >= 500) return "unanswered";
  if (problem.code !== "parked_sale.not_found") return "refused";
  return triedBefore ? "taken" : "gone";
}

/** Sales whose take had no answer, as long as the page lives: they may be off the list, and are nowhere else then. */
export class UnansweredTakes {
  readonly #sales = new Map<string, { readonly branchId: string; readonly sale: ParkedSale }>();

  has(id: string): boolean {
    return this.#sales.has(id);
  }

  keep(branchId: string, sale: ParkedSale): void {
    this.#sales.set(sale.id, { branchId, sale });
  }

  forget(id: string): void {
    this.#sales.delete(id);
  }

  /** The list of a branch with what we may have taken off it, first. */
  with(branchId: string, listed: readonly ParkedSale[]): ParkedSale[] {
    const missing = [...this.#sales.values()].filter(
      (kept) => kept.branchId === branchId && !listed.some(({ id }) => id === kept.sale.id),
    );
    return [...missing.map(({ sale }) => sale), ...listed];
  }
}
