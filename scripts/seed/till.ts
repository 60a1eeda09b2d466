import { createHash } from "node:crypto";
import { roundCash, splitTax } from "@/lib/chile";
import { type Category, type Product, priceAt } from "./catalogue";
import type { Row } from "./insert-rows";
import type { Customer } from "./people";
import type { Random } from "./random";

export interface Line {
  readonly product: Product;
  readonly quantity: number;
  readonly discountBp: number;
}

/** A sale with its lines and tenders, as `private.record_sale` would have left it. */
export interface Sale {
  readonly order: Row<"orders"> & {
    id: string;
    branch_id: string;
    member_id: string;
    business_date: string;
    created_at: Date;
  };
  readonly items: Row<"order_items">[];
  readonly payments: (Row<"order_payments"> & { amount: number; method: Method })[];
  readonly lines: readonly Line[];
}

export type Method = "cash" | "debit" | "credit" | "transfer";

export interface Counter {
  readonly organization: string;
  readonly branch: string;
  readonly member: { readonly memberId: string; readonly name: string };
  readonly receiptNumber: number;
  readonly at: Date;
  readonly date: string;
}

/** What people come for, and how often. */
const errands: readonly {
  readonly want: readonly Category[];
  readonly weight: number;
  readonly named: number;
}[] = [
  { want: ["frame", "lens"], weight: 38, named: 1 },
  { want: ["lens"], weight: 9, named: 1 },
  { want: ["sunglasses"], weight: 14, named: 0.4 },
  { want: ["contact_lens"], weight: 13, named: 0.85 },
  { want: ["accessory"], weight: 17, named: 0.08 },
  { want: ["service"], weight: 9, named: 0.7 },
];
const NOTES = [1_000, 2_000, 5_000, 10_000, 20_000];

/** Fills a basket from what the branch has; empty when it has nothing of what was asked for. */
export function fillBasket(
  random: Random,
  byCategory: ReadonlyMap<Category, readonly Product[]>,
  available: (product: Product) => number,
  maxDiscountBp: number,
): { lines: Line[]; named: boolean } {
  const errand = random.weighted(errands, ({ weight }) => weight);
  const wanted = errand.want.flatMap((category) => choose(random, byCategory, available, category));
  if (wanted.length < errand.want.length) return { lines: [], named: false };
  const extras = [
    ...(random.chance(0.16) ? choose(random, byCategory, available, "accessory") : []),
    ...(errand.want.includes("lens") && random.chance(0.25)
      ? choose(random, byCategory, available, "service")
      : []),
  ];
  const discountBp = random.chance(0.14)
    ? Math.min(maxDiscountBp, random.pick([300, 500, 500, 1000, 1000, 1500]))
    : 0;
  const products = [...new Map([...wanted, ...extras].map((product) => [product.id, product])).values()];
  const lines = products.map((product) => ({
    product,
    quantity: Math.min(unitsOf(random, product), available(product)),
    discountBp: product.category === "service" ? 0 : discountBp,
  }));
  return { lines, named: random.chance(errand.named) };
}

/** Rings a basket up with the rules of the database: gross prices, tax of the document, cash rounded by law. */
export function ringUp(
  random: Random,
  counter: Counter,
  lines: readonly Line[],
  customer: Customer | null,
): Sale {
  const items = lines.map((line, index) => itemOf(random, counter, line, index + 1));
  const gross = sum(items, ({ unit_price, quantity }) => unit_price * quantity);
  const discount = sum(items, (item) => item.discount);
  const exempt = sum(items, (item) => (item.tax_kind === "exempt" ? item.total : 0));
  const { net, tax } = splitTax(gross - discount - exempt);
  const { payments, cashRounding, change } = pay(random, counter, gross - discount);
  const id = random.uuid();
  return {
    order: {
      organization_id: counter.organization,
      id,
      branch_id: counter.branch,
      receipt_number: counter.receiptNumber,
      status: "completed",
      customer_id: customer?.id ?? null,
      customer_name: customer?.name ?? null,
      member_id: counter.member.memberId,
      sold_by_name: counter.member.name,
      cash_session_id: null,
      business_date: counter.date,
      item_count: sum(items, ({ quantity }) => quantity),
      gross,
      discount,
      net,
      tax,
      exempt,
      total: gross - discount,
      cash_rounding: cashRounding,
      change,
      note: null,
      prints: random.chance(0.9) ? 1 : 0,
      idempotency_key: `demo-${id}`,
      request_hash: createHash("sha256").update(id).digest(),
      voided_at: null,
      voided_by_name: null,
      void_reason: null,
      created_at: counter.at,
    },
    items: items.map((item) => ({ ...item, order_id: id })),
    payments: payments.map((payment) => ({ ...payment, order_id: id })),
    lines,
  };
}

function choose(
  random: Random,
  byCategory: ReadonlyMap<Category, readonly Product[]>,
  available: (product: Product) => number,
  category: Category,
): Product[] {
  const units = category === "lens" ? 2 : 1;
  const candidates = (byCategory.get(category) ?? []).filter((product) => available(product) >= units);
  return candidates.length > 0 ? [random.weighted(candidates, ({ popularity }) => popularity)] : [];
}

function unitsOf(random: Random, { category }: Product): number {
  if (category === "lens") return 2; // one an eye
  if (category === "contact_lens") return random.pick([1, 2, 2, 4]);
  if (category === "accessory") return random.pick([1, 1, 1, 2]);
  return 1;
}

function itemOf(
  random: Random,
  { organization, branch, at }: Counter,
  { product, quantity, discountBp }: Line,
  position: number,
) {
  const unitPrice = priceAt(product, at);
  const discount = Math.floor((unitPrice * quantity * discountBp + 5_000) / 10_000);
  return {
    organization_id: organization,
    id: random.uuid(),
    branch_id: branch,
    position,
    product_id: product.id,
    product_name: product.name,
    sku: product.sku,
    quantity,
    unit_price: unitPrice,
    discount_bp: discountBp,
    discount,
    total: unitPrice * quantity - discount,
    tax_kind: product.taxKind,
  };
}

function pay(random: Random, { organization, branch, at }: Counter, total: number) {
  const methods = random.weighted<readonly [readonly Method[], number]>(
    [
      [["cash"], total < 60_000 ? 40 : 14],
      [["debit"], 34],
      [["credit"], total < 60_000 ? 14 : 34],
      [["transfer"], 8],
      [["debit", "cash"], total < 30_000 ? 0 : 5],
    ],
    ([, weight]) => weight,
  )[0];
  const base = {
    organization_id: organization,
    branch_id: branch,
    cash_session_id: null,
    kind: "payment",
    created_at: at,
  };
  const byCard = methods.includes("cash")
    ? methods.length > 1
      ? Math.floor(total / 2 / 10_000) * 10_000
      : 0
    : total;
  const inCash = total - byCard;
  const cashRounding = inCash > 0 ? roundCash(inCash) - inCash : 0;
  const due = inCash + cashRounding;
  const handed = inCash > 0 ? handedOver(random, due) : 0;
  const payments: { method: Method; amount: number; handed_over: number | null }[] = [];
  const card = methods.find((method) => method !== "cash");
  if (card && byCard > 0) payments.push({ method: card, amount: byCard, handed_over: null });
  if (inCash > 0) payments.push({ method: "cash", amount: due, handed_over: handed });
  return {
    payments: payments.map((payment) => ({ ...base, id: random.uuid(), ...payment })),
    cashRounding,
    change: handed - due,
  };
}

/** People hand over notes, and sometimes the exact amount. */
function handedOver(random: Random, due: number): number {
  if (random.chance(0.35)) return due;
  const note = random.pick(NOTES.filter((value) => value === 20_000 || value >= due / 12));
  return Math.ceil(due / note) * note;
}

function sum<T>(list: readonly T[], of: (item: T) => number): number {
  return list.reduce((all, item) => all + of(item), 0);
}
