import type { Opening } from "./calendar";
import type { Product } from "./catalogue";
import type { Customer } from "./people";
import type { Author } from "./stock";

/** Somebody who sells in a branch. */
export interface Seller extends Author {
  readonly memberId: string;
  /** How often he stands there, relative to the others. */
  readonly weight: number;
  readonly maxDiscountBp: number;
  /** Sells today too. */
  readonly today: boolean;
  /** Leaves today's drawer open. */
  readonly staysOpen: boolean;
}

export interface BranchPlan extends Opening {
  readonly id: string;
  /** Its part of the shop's sales, from 0 to 1. */
  readonly share: number;
  readonly sellers: readonly Seller[];
  /** The part of the catalogue that it keeps, from 0 to 1. */
  readonly assortment: number;
  /** The branch that sends it its goods; null for one that buys for itself. */
  readonly suppliedBy: string | null;
}

/** What a shop is made of, before anything happens in it. */
export interface HistoryPlan {
  readonly organization: string;
  readonly branches: readonly BranchPlan[];
  readonly customers: readonly Customer[];
  readonly products: readonly Product[];
  readonly orders: number;
  readonly manager: Author;
  readonly from: Date;
  readonly now: Date;
}
