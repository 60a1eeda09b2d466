import { z } from "zod";
import { place } from "@/lib/paging";
import { tenderMethods } from "./totals";

/** The largest amount that a till takes, in pesos: above any sale, far below what a number holds exactly. */
const MOST_PESOS = 1_000_000_000_000;

const categories = ["frame", "sunglasses", "lens", "contact_lens", "accessory", "service"] as const;
export type Category = (typeof categories)[number];

const saleLine = z.strictObject({
  productId: z.uuid(),
  quantity: z.int().min(1).max(9_999),
  /** Per cent with two decimals: 12.5. */
  discountPercent: z.number().min(0).max(100).multipleOf(0.01).optional(),
});

const tender = z.strictObject({
  method: z.enum(tenderMethods),
  /** Whole pesos; of cash, what was handed over. */
  amount: z.int().min(0).max(MOST_PESOS),
});

/** A sale as a till sends it. Prices are not in it: they are the server's. */
export const newSale = z.strictObject({
  branchId: z.uuid(),
  customerId: z.uuid().nullish(),
  lines: z.array(saleLine).min(1).max(200),
  tenders: z.array(tender).min(1).max(8),
  approvalId: z.uuid().nullish(),
  note: z.string().trim().max(500).nullish(),
  /** The total that the till showed; another one at the server refuses the sale. */
  expectedTotal: z.int().min(0).max(MOST_PESOS).optional(),
});
export type NewSale = z.output<typeof newSale>;
/** The same before it is parsed: what a till writes down and sends. */
export type SaleBody = z.input<typeof newSale>;

/** Which products a till asks for: a scanned code, known ids (to see their prices again), a text, or a category. */
export const productQuestion = z.strictObject({
  branchId: z.uuid(),
  q: z.string().trim().max(80).optional(),
  code: z.string().trim().min(1).max(60).optional(),
  ids: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.uuid()).min(1).max(200))
    .optional(),
  category: z.enum(categories).optional(),
});
export type ProductQuestion = z.output<typeof productQuestion>;

/** A discount that somebody else has to allow. */
export const discountApproval = z.object({
  branchId: z.uuid(),
  approverId: z.uuid(),
  pin: z.string().regex(/^\d{4,8}$/, { error: "pin.invalid" }),
  /** Highest share of any line. */
  discountBp: z.coerce.number().int().min(1).max(10_000),
  /** Pesos off the whole sale, as the approver sees them. */
  discount: z.coerce.number().int().min(0).max(MOST_PESOS),
});
export type DiscountApproval = z.output<typeof discountApproval>;

/** Makes a second try harmless. */
const parkingKey = z.string().regex(/^[\x21-\x7e]{8,80}$/);

/** A cart put aside. Its shape is the till's own; here it is only bounded. */
export const newParkedSale = z.object({
  key: parkingKey,
  branchId: z.uuid(),
  label: z.string().trim().min(1).max(80),
  cart: z.record(z.string(), z.unknown()),
});
export type NewParkedSale = z.output<typeof newParkedSale>;

export const branchReference = z.object({ branchId: z.uuid() });
/** A parked sale and who reaches for it; a till that is older than its server has no key. */
export const parkedSaleTaking = z.object({ id: z.uuid(), key: parkingKey.optional() });
export type ParkedSaleTaking = z.output<typeof parkedSaleTaking>;
export const orderReference = z.object({ orderId: z.uuid() });

export const orderVoiding = z.object({
  orderId: z.uuid(),
  reason: z.string().trim().min(3).max(500),
  /** The drawer that gives the cash back; without one it is the one that took it, or else one's own. */
  sessionId: z.uuid().optional(),
});
export type OrderVoiding = z.output<typeof orderVoiding>;

export const orderStatuses = ["completed", "voided"] as const;

/** Which sales a list shows. Anything unreadable in an address falls back: a link never breaks. */
export const orderFilter = z.object({
  search: z.string().trim().max(120).catch("").default(""),
  status: z.enum(orderStatuses).nullable().catch(null).default(null),
  branchId: z.uuid().nullable().catch(null).default(null),
  /** First and last business day. */
  from: z.iso.date().nullable().catch(null).default(null),
  to: z.iso.date().nullable().catch(null).default(null),
});
export type OrderFilter = z.output<typeof orderFilter>;

export const orderQuery = orderFilter.extend({
  ...place,
});
export type OrderQuery = z.output<typeof orderQuery>;
