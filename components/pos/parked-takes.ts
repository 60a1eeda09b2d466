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

/** Reads an answer. A second try under the key of the first is told again that it is ours: "not there" is somebody else's. */
export function takeOf(answer: Called<unknown>): Take {
  if (answer.ok) return "taken";
  const { problem } = answer;
  if (!problem || problem.status >= 500) return "unanswered";
  return problem.code === "parked_sale.not_found" ? "gone" : "refused";
}

/** Sales whose take had no answer, as long as the page lives: they may be off the list, and are nowhere else then. */
export class UnansweredTakes {
  readonly #sales = new Map<
    string,
    { readonly branchId: string; readonly sale: ParkedSale; readonly key: string }
  >();

  /** The key that the sale was reached for under, if it was. */
  keyOf(id: string): string | undefined {
    return this.#sales.get(id)?.key;
  }

  keep(branchId: string, sale: ParkedSale, key: string): void {
    this.#sales.set(sale.id, { branchId, sale, key });
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
