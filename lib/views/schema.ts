import { z } from "zod";
import { checkboxField, line, orNull } from "@/lib/chile/fields";
import { bareQuery } from "./query";

/** Lists whose views can be saved. */
const viewLists = ["customers", "products", "stock", "stock_documents", "orders", "cash_sessions"] as const;
export type ViewList = (typeof viewLists)[number];

export const viewQuestion = z.object({ list: z.enum(viewLists) });

/** A view as its form sends it; with an id it replaces an own one. */
export const viewInput = z.object({
  id: orNull(z.uuid()),
  list: z.enum(viewLists),
  name: line(60).pipe(z.string().min(1)),
  /** The query of the list's address. */
  query: z.string().max(1_000).transform(bareQuery),
  /** Shared with whoever works at this branch; null: the own one alone. */
  branchId: orNull(z.uuid()),
  /** Whether the list opens with it. */
  opensFirst: checkboxField,
});
export type ViewInput = z.output<typeof viewInput>;

export const viewReference = z.object({ id: z.uuid() });
