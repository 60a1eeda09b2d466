import "server-only";
import { z } from "zod";
import { checkboxField, countField, line, orNull } from "@/lib/chile/fields";
import { parsePesos } from "@/lib/money";
import { chosenIds, movingPlace } from "@/lib/paging";

/** What an optical shop sells, in the order of its shelves. */
export const categories = ["frame", "sunglasses", "lens", "contact_lens", "accessory", "service"] as const;
export type Category = (typeof categories)[number];

const DEAREST = 100_000_000;

/** Pesos as a form sends them (`12990`) or as somebody types them (`$ 12.990`). */
const pesos = z
  .union([z.number(), z.string().transform((text) => parsePesos(text) ?? Number.NaN)])
  .pipe(
    z
      .int({ error: "money.invalid" })
      .min(0, { error: "money.negative" })
      .max(DEAREST, { error: "money.tooMuch" }),
  );

/** Spaces that a scanner or a paste brings along are none of the code's. */
const barcode = z
  .string()
  .transform((text) => text.replaceAll(/\s/g, ""))
  .pipe(z.string().regex(/^[0-9A-Za-z._/-]{4,48}$/, { error: "products.refusals.barcode" }));

const fields = z.object({
  /** Empty: the next free code of the category is given. */
  sku: orNull(line(40)),
  barcode: orNull(barcode),
  name: line(160).pipe(z.string().min(1)),
  category: z.enum(categories),
  brand: orNull(line(80)),
  /** IVA included. */
  price: pesos,
  /** Net, as the supplier charges it. */
  cost: orNull(pesos),
  exempt: checkboxField,
  tracksStock: checkboxField,
  allowsNegative: checkboxField,
  lowStockAt: orNull(countField(0, 100_000)),
});

type Fields = z.output<typeof fields>;

/** A service keeps no stock, and what keeps none is never short. */
function ofItsKind<F extends Fields>(input: F): F {
  const tracksStock = input.category !== "service" && input.tracksStock;
  if (tracksStock) return { ...input, tracksStock };
  return { ...input, tracksStock, allowsNegative: false, lowStockAt: null };
}

/** A product as a form sends it. */
export const newProduct = fields.transform(ofItsKind);
export type NewProduct = z.output<typeof newProduct>;

/** The same, for a record that was read before: `version` says which state of it the person saw. */
export const changedProduct = fields
  .extend({
    id: z.uuid(),
    version: z.coerce.number().int().positive(),
    sku: line(40).pipe(z.string().min(1)),
  })
  .transform(ofItsKind);
export type ChangedProduct = z.output<typeof changedProduct>;

export const productReference = z.object({ id: z.uuid() });
export const chosenProducts = z.object({ ids: chosenIds });

/** Which products a list shows. Anything unreadable in an address falls back: a link never breaks. */
const productFilter = z.object({
  search: z.string().max(200).catch("").default(""),
  category: z.enum(categories).nullable().catch(null).default(null),
  /** `low`: at or below the threshold in the branch. */
  stock: z.enum(["any", "low"]).catch("any").default("any"),
  state: z.enum(["active", "archived", "all"]).catch("active").default("active"),
});
export type ProductFilter = z.output<typeof productFilter>;

const productSorts = ["name", "sku", "price", "stock"] as const;

/** The filter that the address of the list, or of its file, asks for. */
export function productsAt(address: URLSearchParams): ProductFilter {
  const { q: search, ...filters } = Object.fromEntries(address);
  return productFilter.parse({ search, ...filters });
}

/** The same, where the query of the list's address is sent along. */
export const productsOfAddress = z
  .object({ query: z.string().max(1_000) })
  .transform(({ query }) => productsAt(new URLSearchParams(query)));

/** Units as an address has them: any number that the database counts. */
const units = z
  .string()
  .regex(/^-?\d{1,10}$/)
  .transform(Number)
  .pipe(z.int32());

export const productQuery = productFilter.extend({
  column: z.enum(productSorts).catch("name").default("name"),
  direction: z.enum(["asc", "desc"]).catch("asc").default("asc"),
  ...movingPlace(units),
});
export type ProductQuery = z.output<typeof productQuery>;
