import type { Currency } from "@/lib/money";

/** What a tier costs, in the order in which it is shown. Names of the form's fields; amounts in minor units. */
export const prices = [
  { term: "priceClpMonth", currency: "CLP" },
  { term: "priceClpYear", currency: "CLP" },
  { term: "priceUsdMonth", currency: "USD" },
  { term: "priceUsdYear", currency: "USD" },
] as const satisfies readonly { readonly term: string; readonly currency: Currency }[];

/** What a tier holds; null is unlimited. */
export const maxima = ["maxBranches", "maxUsers", "maxCustomers", "maxProducts"] as const;

type PriceTerm = (typeof prices)[number]["term"];
type MaximumTerm = (typeof maxima)[number];

/** What one version of a tier says. An amount that cannot be read is left out. */
export type TierTerms = { readonly [Term in PriceTerm]?: number } & {
  readonly [Term in MaximumTerm]?: number | null;
} & { readonly features: readonly string[] };

/** One thing that a version says otherwise than the version before. */
export type TierChange =
  | { readonly term: PriceTerm; readonly currency: Currency; readonly before: number; readonly after: number }
  | { readonly term: MaximumTerm; readonly before: number | null; readonly after: number | null };

/** What differs between two versions; what one of them leaves out does not. */
export function changesBetween(before: TierTerms, after: TierTerms) {
  const changes: TierChange[] = [];
  for (const { term, currency } of prices) {
    const [old, now] = [before[term], after[term]];
    if (old !== undefined && now !== undefined && old !== now)
      changes.push({ term, currency, before: old, after: now });
  }
  for (const term of maxima) {
    const [old, now] = [before[term], after[term]];
    if (old !== undefined && now !== undefined && old !== now)
      changes.push({ term, before: old, after: now });
  }
  return {
    changes,
    added: after.features.filter((feature) => !before.features.includes(feature)),
    removed: before.features.filter((feature) => !after.features.includes(feature)),
  };
}
