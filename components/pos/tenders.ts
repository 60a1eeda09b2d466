import { roundCash } from "@/lib/chile";
import { settle, type Tender, type TenderMethod } from "@/lib/sales/totals";

/** What one means of payment would still have to bring: cash in tens, everything else to the peso. */
export function amountDue(total: number, tenders: readonly Tender[], method: TenderMethod): number {
  const { cashDue, missing } = settle(total, tenders);
  if (method !== "cash") return missing;
  const handed = tenders.reduce((sum, tender) => (tender.method === "cash" ? sum + tender.amount : sum), 0);
  return cashDue > 0 ? Math.max(0, roundCash(cashDue) - handed) : 0;
}

/** Tenders with one more; a second amount of the same means joins the first. */
export function withTender(tenders: readonly Tender[], { method, amount }: Tender): Tender[] {
  const known = tenders.find((tender) => tender.method === method);
  if (!known) return [...tenders, { method, amount }];
  return tenders.map((tender) => (tender === known ? { method, amount: known.amount + amount } : tender));
}

/** Notes of Chile that somebody may hand over, from the smallest. */
export const quickNotes = [1_000, 2_000, 5_000, 10_000, 20_000] as const;
const LARGEST_NOTE = 20_000;

/**
 * Whether so much cash is a slip of the hand rather than what somebody handed over. Who has no small notes gives as
 * many large ones as it takes, and maybe one too many.
 */
export function isUnlikelyCash(due: number, amount: number): boolean {
  return amount > (Math.ceil(due / LARGEST_NOTE) + 1) * LARGEST_NOTE;
}
