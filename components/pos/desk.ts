"use client";

import { createContext, use } from "react";
import type { Problem } from "@/components/ui/problem";
import type { SaleTotals, Tender } from "@/lib/sales/totals";
import type { TillActions } from "./actions";
import type { Till } from "./cart";
import type { ProductSource } from "./product-source";
import type { NoAnswer } from "./send-sale";
import type { TillEvent } from "./till-events";

/** The one dialog that may be open over a till. */
export type Layer =
  | { readonly kind: "pay" }
  | { readonly kind: "approve" }
  | { readonly kind: "customer" }
  | { readonly kind: "discount"; readonly productId: string | null }
  | { readonly kind: "park" }
  | { readonly kind: "parked" }
  | { readonly kind: "help" };

/** What parking means now: a cart is put aside, without one those that were are shown. */
export function parkingOf(till: Till): Layer {
  return { kind: till.lines.length > 0 ? "park" : "parked" };
}

/** What stands above the cart until something else happens. */
export type Notice =
  | { readonly kind: "unknownCode"; readonly code: string }
  | { readonly kind: "noLine"; readonly code: string }
  | { readonly kind: "refused"; readonly problem: Problem; readonly lines: readonly RefusedLine[] }
  | { readonly kind: "pricesChanged"; readonly changes: readonly PriceChange[] };

/** So many units of a product that the server would not sell, and why. */
export interface RefusedLine {
  readonly productId: string;
  readonly quantity: number;
  readonly sentence: string;
}

export interface PriceChange {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** What the parts of a till share. */
export interface Desk {
  readonly branchId: string;
  readonly branchName: string;
  /** Highest discount that needs nobody, in basis points. */
  readonly ceilingBp: number;
  readonly canCreateProducts: boolean;
  readonly canCreateCustomers: boolean;
  readonly canSeePlans: boolean;
  readonly actions: TillActions;
  readonly products: ProductSource;
  readonly till: Till;
  readonly totals: SaleTotals;
  readonly dispatch: (event: TillEvent) => void;
  /** Takes a product out of the sale, and offers the way back. */
  readonly removeLine: (productId: string) => void;
  readonly online: boolean;
  /** The member's open drawer, without which no cash is taken. */
  readonly drawerOpen: boolean;
  readonly drawerOpened: () => void;
  readonly parkedCount: number;
  readonly parkedChanged: (count: number) => void;
  readonly layer: Layer | null;
  readonly open: (layer: Layer) => void;
  readonly close: () => void;
  readonly notice: Notice | null;
  readonly notify: (notice: Notice | null) => void;
  /** A sale is on its way right now. */
  readonly sending: boolean;
  /** Why the last try had no answer. */
  readonly noAnswer: NoAnswer | null;
  /** Asks for an approval first where one is needed. */
  readonly startPayment: () => void;
  /** Makes ready for the next code or word, where there is a keyboard. */
  readonly focusField: () => void;
  readonly pay: (tenders: readonly Tender[]) => void;
  readonly retry: () => void;
}

export const DeskContext = createContext<Desk | null>(null);

/** The till around. */
export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (!desk) throw new Error("a part of the till stands outside of it");
  return desk;
}
