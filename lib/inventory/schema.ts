import "server-only";
import { z } from "zod";
import { countField, line, orNull } from "@/lib/chile/fields";
import { parsePesos } from "@/lib/money";
import { movingPlace, place } from "@/lib/paging";

/** Products that fit into one stock document; the database holds to it too (`private.stock_moves`). */
export const MOST_LINES = 500;
const MOST_UNITS = 100_000;

/** Made once for each opened form: however often the form is sent, it acts once. */
const key = z.string().regex(/^[\x21-\x7e]{8,40}$/, { error: "inventory.refusals.key" });
const units = countField(1, MOST_UNITS);
const note = orNull(line(200));
const reason = line(200).pipe(z.string().min(3, { error: "inventory.refusals.reason" }));

const pesos = z
  .string()
  .transform((text) => parsePesos(text) ?? Number.NaN)
  .pipe(z.int({ error: "money.invalid" }).min(0).max(100_000_000, { error: "money.tooMuch" }));

/** Fields of any other name would make one line as long as the request. */
const LINE = /^lines\.(\d+)\.(productId|quantity|unitCost)$/;

/**
 * Gathers `lines.0.quantity`, `lines.0.productId` … of a form into a list, in the order of their numbers. However many
 * they are: a line left out here would be lost without a word, and no form that fits into a request is too long to gather.
 */
function gatherLines(form: unknown): unknown {
  if (typeof form !== "object" || form === null || "lines" in form) return form;
  const lines = new Map<number, Record<string, unknown>>();
  for (const [name, value] of Object.entries<unknown>({ ...form })) {
    const [, index, field] = LINE.exec(name) ?? [];
    if (index === undefined || field === undefined) continue;
    const line = lines.get(Number(index)) ?? {};
    lines.set(Number(index), { ...line, [field]: value });
  }
  const inOrder = [...lines].sort(([a], [b]) => a - b).map(([, line]) => line);
  return { ...form, lines: inOrder };
}

/** Counted before any is looked at: of too many lines one sentence is said, not one for each. */
const someLines = <L extends z.ZodType>(line: L) =>
  z
    .array(z.unknown())
    .min(1, { error: "inventory.refusals.lines" })
    .max(MOST_LINES, { error: "inventory.refusals.tooManyLines" })
    .pipe(z.array(line));

/** Goods that came in. */
export const reception = z.preprocess(
  gatherLines,
  z.object({
    key,
    branchId: z.uuid(),
    note,
    lines: someLines(z.object({ productId: z.uuid(), quantity: units, unitCost: orNull(pesos) })),
  }),
);
export type Reception = z.output<typeof reception>;

/** Goods that go from one branch to another. */
export const transfer = z.preprocess(
  gatherLines,
  z
    .object({
      key,
      branchId: z.uuid(),
      toBranchId: z.uuid(),
      note,
      lines: someLines(z.object({ productId: z.uuid(), quantity: units })),
    })
    .refine(({ branchId, toBranchId }) => branchId !== toBranchId, {
      path: ["toBranchId"],
      error: "inventory.refusals.sameBranch",
    }),
);
export type Transfer = z.output<typeof transfer>;

/** What somebody counted, and why the book was wrong. */
export const adjustment = z.object({
  key,
  branchId: z.uuid(),
  productId: z.uuid({ error: "inventory.refusals.product" }),
  /** Units in the books as the person saw them; below zero for what is sold before it comes in. */
  book: countField(-1_000_000_000, 1_000_000_000),
  counted: countField(0, 1_000_000),
  reason,
});
export type Adjustment = z.output<typeof adjustment>;

export const stockQuery = z.object({
  search: z.string().max(200).catch("").default(""),
  category: z
    .enum(["frame", "sunglasses", "lens", "contact_lens", "accessory", "service"])
    .nullable()
    .catch(null)
    .default(null),
  stock: z.enum(["any", "low"]).catch("any").default("any"),
  ...movingPlace(z.enum(["low", "rest"])),
});
export type StockQuery = z.output<typeof stockQuery>;

export const documentKinds = ["receive", "transfer", "adjust"] as const;

export const documentQuery = z.object({
  kind: z.enum(documentKinds).nullable().catch(null).default(null),
  ...place,
});
export type DocumentQuery = z.output<typeof documentQuery>;

/** What a person scans or types to find goods by, at the branch where they are. */
export const goodsQuestion = z.object({ branchId: z.uuid(), q: z.string().trim().min(1).max(100) });
export type GoodsQuestion = z.output<typeof goodsQuestion>;
