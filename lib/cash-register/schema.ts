import { z } from "zod";
import { place } from "@/lib/paging";
import type { TenderMethod } from "@/lib/sales";

/** What a drawer may hold, as in the table's own checks. */
const MOST_PESOS = 100_000_000;
const MOST_COUNTED = 1_000_000_000_000;

/** An amount from a form: plain digits. Empty is refused, because nothing counted is not zero counted. */
const pesos = (least: number, most: number) =>
  z
    .union([
      z
        .string()
        .trim()
        .regex(/^\d{1,15}$/, "money.invalid"),
      z.int(),
    ])
    .transform(Number)
    .pipe(z.int().min(least, { error: "money.tooLittle" }).max(most, { error: "money.tooMuch" }));

const counted = (most: number) => pesos(0, most);

export const drawerOpening = z.object({
  branchId: z.uuid(),
  /** Cash in the drawer before the first sale. */
  float: counted(MOST_PESOS),
});
export type DrawerOpening = z.output<typeof drawerOpening>;

export const cashMovement = z.object({
  /** Makes a second click harmless. */
  key: z.string().regex(/^[\x21-\x7e]{8,80}$/),
  sessionId: z.uuid(),
  kind: z.enum(["paid_in", "paid_out"]),
  amount: pesos(1, MOST_PESOS),
  reason: z.string().trim().min(3).max(200),
});
export type CashMovement = z.output<typeof cashMovement>;

/** A blind count: what was found, tender by tender. */
export const drawerClosing = z.object({
  sessionId: z.uuid(),
  cash: counted(MOST_COUNTED),
  debit: counted(MOST_COUNTED),
  credit: counted(MOST_COUNTED),
  transfer: counted(MOST_COUNTED),
  note: z.string().trim().max(500).default(""),
});
export type DrawerClosing = z.output<typeof drawerClosing>;

export const sessionStatuses = ["open", "closed"] as const;

/** Which sessions a list shows; anything unreadable falls back. */
export const sessionFilter = z.object({
  status: z.enum(sessionStatuses).nullable().catch(null).default(null),
  branchId: z.uuid().nullable().catch(null).default(null),
  from: z.iso.date().nullable().catch(null).default(null),
  to: z.iso.date().nullable().catch(null).default(null),
});
export type SessionFilter = z.output<typeof sessionFilter>;

export const sessionQuery = sessionFilter.extend({
  ...place,
});
export type SessionQuery = z.output<typeof sessionQuery>;

/** Pesos by tender. */
export type TenderAmounts = Readonly<Record<TenderMethod, number>>;
