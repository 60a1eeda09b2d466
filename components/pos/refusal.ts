import type { Problem } from "@/components/ui/problem";
import type { CartLine, Till } from "./cart";
import type { Layer, Notice, PriceChange, RefusedLine } from "./desk";

/** What is said of a refused sale, and where it leads: back to the cart, to the drawer, or to an approval. */
export function afterRefusal(
  problem: Problem,
  sent: readonly CartLine[],
  changes: readonly PriceChange[],
): { layer: Layer | null; notice: Notice | null } {
  const notice: Notice = { kind: "refused", problem, lines: refusedLines(problem, sent) };
  switch (problem.code) {
    case "cash_session.required":
      return { layer: { kind: "pay" }, notice: null };
    case "sale.approval_invalid":
    case "sale.discount_not_allowed":
      return { layer: { kind: "approve" }, notice };
    case "sale.price_changed":
      return { layer: null, notice: changes.length > 0 ? { kind: "pricesChanged", changes } : notice };
    default:
      return { layer: null, notice };
  }
}

/** Whether the approval of a sale serves no more: it was refused, or it went into a sale that was voided since. */
export function losesApproval({ code }: Problem): boolean {
  return (
    code === "sale.approval_invalid" || code === "sale.discount_not_allowed" || code === "sale.already_voided"
  );
}

/** The notice as far as it still concerns the cart: of what was taken out, or of fewer units, nothing needs saying. */
export function stillTrue(notice: Notice | null, till: Till): Notice | null {
  if (notice?.kind !== "refused" || notice.lines.length === 0) return notice;
  const lines = notice.lines.filter((refused) =>
    till.lines.some(
      ({ productId, quantity }) => productId === refused.productId && quantity >= refused.quantity,
    ),
  );
  return lines.length === 0 ? null : { ...notice, lines };
}

/** What was refused of one product of the cart. */
export function refusedOf(notice: Notice | null, productId: string): string | null {
  if (notice?.kind !== "refused") return null;
  return notice.lines.find((refused) => refused.productId === productId)?.sentence ?? null;
}

/** Pointers `/lines/N…` of the request as products; the lines are the ones that were sent. */
function refusedLines({ errors = [] }: Problem, sent: readonly CartLine[]): RefusedLine[] {
  return errors.flatMap(({ pointer, detail }) => {
    const [, index] = /^\/lines\/(\d+)(?:\/|$)/.exec(pointer) ?? [];
    const line = index === undefined ? undefined : sent[Number(index)];
    if (!line) return [];
    // Some sentences name the product themselves.
    const sentence = detail.includes(line.name) ? detail : `${line.name}: ${detail}`;
    return [{ productId: line.productId, quantity: line.quantity, sentence }];
  });
}
