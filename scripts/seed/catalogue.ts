import { inDaytime } from "./calendar";
import catalogue from "./data/catalogue.json";
import type { Row } from "./insert-rows";
import { at, type Random } from "./random";

export type Category = "frame" | "sunglasses" | "lens" | "contact_lens" | "accessory" | "service";

/** A product that sales can take from. */
export interface Product {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly category: Category;
  readonly brand: string | null;
  readonly barcode: string | null;
  readonly taxKind: "taxable" | "exempt";
  readonly tracksStock: boolean;
  readonly cost: number;
  readonly lowStockAt: number | null;
  /** Units that a branch likes to have. */
  readonly target: number;
  /** How often people ask for it, relative to others of its category. */
  readonly popularity: number;
  /** Prices with the moment from which they held, oldest first. */
  readonly prices: readonly { readonly from: Date; readonly price: number }[];
}

interface Draft {
  sku: string;
  name: string;
  brand: string | null;
  price: number;
  exempt?: boolean;
  /** Ground in a laboratory for one person: never on a shelf. */
  madeToOrder?: boolean;
}

/** How many products of a shop belong to each category, of a hundred. */
const shares: Record<Category, number> = {
  frame: 44,
  sunglasses: 17,
  lens: 19,
  contact_lens: 6,
  accessory: 9,
  service: 5,
};
const targets: Record<Category, readonly [number, number]> = {
  frame: [2, 4],
  sunglasses: [2, 5],
  lens: [14, 50],
  contact_lens: [6, 16],
  accessory: [15, 45],
  service: [0, 0],
};
const lowStock: Record<Category, number | null> = {
  frame: 1,
  sunglasses: 1,
  lens: 6,
  contact_lens: 3,
  accessory: 6,
  service: null,
};

/**
 * Makes the products of a shop, of every category.
 *
 * @param from when the shop began to sell; some prices change between then and `to`
 */
export function makeProducts(random: Random, count: number, from: Date, to: Date): Product[] {
  const drafts: Record<Category, Draft[]> = {
    frame: frames(random),
    sunglasses: sunglasses(),
    lens: lenses(),
    contact_lens: catalogue.contactLenses.map(listed("LDC")),
    accessory: catalogue.accessories.map(listed("ACC")),
    service: catalogue.services.map(listed("SER")),
  };
  const categories = Object.keys(shares) as Category[];
  const quotas = categories.map((category) =>
    Math.min(drafts[category].length, Math.round((count * shares[category]) / 100)),
  );
  // Frames take what rounding and short lists leave over.
  quotas[0] = count - quotas.slice(1).reduce((sum, quota) => sum + quota, 0);
  let serial = random.integer(1, 9) * 1_000_000;
  return categories.flatMap((category, index) =>
    spaced(drafts[category], at(quotas, index)).map((draft, rank) =>
      product(random, category, draft, rank, ++serial, from, to),
    ),
  );
}

/** The columns of a product. */
export function productRow(organization: string, product: Product): Row<"products"> {
  const last = at(product.prices, product.prices.length - 1);
  return {
    organization_id: organization,
    id: product.id,
    sku: product.sku,
    barcode: product.barcode,
    name: product.name,
    category: product.category,
    brand: product.brand,
    price: last.price,
    cost: product.cost,
    tax_kind: product.taxKind,
    tracks_stock: product.tracksStock,
    allows_negative: false,
    low_stock_at: product.lowStockAt,
    version: product.prices.length,
    created_by: null,
    created_at: at(product.prices, 0).from,
    updated_at: last.from,
  };
}

/** What a product cost at a moment, in pesos. */
export function priceAt(product: Product, moment: Date): number {
  return (product.prices.findLast(({ from }) => from <= moment) ?? at(product.prices, 0)).price;
}

/** An EAN-13 of a Chilean company (prefix 780), with its check digit. */
export function ean13(serial: number): string {
  const body = `780${String(serial).padStart(9, "0")}`;
  const sum = [...body].reduce((all, digit, place) => all + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

function product(
  random: Random,
  category: Category,
  draft: Draft,
  rank: number,
  serial: number,
  from: Date,
  to: Date,
): Product {
  const tracksStock = category !== "service" && !draft.madeToOrder;
  const [least, most] = targets[category];
  const margin = category === "service" ? 0.15 : random.integer(32, 46) / 100;
  return {
    id: random.uuid(),
    sku: draft.sku,
    name: draft.name,
    category,
    brand: draft.brand,
    barcode: tracksStock ? ean13(serial) : null,
    taxKind: draft.exempt ? "exempt" : "taxable",
    tracksStock,
    cost: Math.round((draft.price * margin) / 10) * 10,
    lowStockAt: tracksStock ? lowStock[category] : null,
    target: random.integer(least, most),
    popularity: 1 / (1 + (rank % 37) / 6),
    prices: prices(random, draft.price, from, to),
  };
}

/** One price in three is raised once in a while; older prices were lower. */
function prices(random: Random, now: number, from: Date, to: Date): Product["prices"] {
  const raises = random.chance(0.3) ? random.integer(1, 2) : 0;
  const span = to.getTime() - from.getTime();
  const moments = Array.from({ length: raises }, () =>
    inDaytime(random, new Date(from.getTime() + random.integer(10, 95) * (span / 100)), to),
  ).sort((a, b) => a.getTime() - b.getTime());
  return [from, ...moments].map((moment, index) => ({
    from: moment,
    price: endingIn990(now * (1 - 0.07 * (raises - index))),
  }));
}

function frames(random: Random): Draft[] {
  const { brands, colours, sizes, childSizes } = catalogue.frames;
  return brands.flatMap((brand) =>
    Array.from({ length: 4 }, (_, model) => random.integer(20, 89) + model * 100 + 1000).flatMap((model) =>
      Array.from({ length: 4 }, (_, variant) => {
        const [colour = "", code = ""] = at(colours, (model + variant * 3) % colours.length).map(String);
        const [eye, bridge, temple] = random.pick(brand.code === "PEW" ? childSizes : sizes);
        return {
          sku: `ARM-${brand.code}-${model}-${code}`,
          name: `${brand.name} ${model} ${colour} ${eye}-${bridge}-${temple}`,
          brand: brand.name,
          price: endingIn990(brand.price * (1 + (model % 5) / 12)),
        };
      }),
    ),
  );
}

function sunglasses(): Draft[] {
  const { brands, colours } = catalogue.sunglasses;
  return brands.flatMap((brand, place) =>
    [1, 2].flatMap((model) =>
      colours.map(([colour = "", code = ""]) => ({
        sku: `SOL-${brand.code}-${place + 1}${model}0-${code}`,
        name: `${brand.name} ${place + 1}${model}0 ${colour}`,
        brand: brand.name,
        price: endingIn990(brand.price * (1 + (model - 1) / 5)),
      })),
    ),
  );
}

function lenses(): Draft[] {
  const { designs, materials, treatments } = catalogue.lenses;
  return designs.flatMap((design) =>
    materials.flatMap((material) =>
      treatments.map((treatment) => ({
        sku: `CRI-${design.code}-${material.code}-${treatment.code}`,
        name: `${design.name} ${material.name} ${treatment.name}`,
        brand: null,
        price: endingIn990((material.price * design.factor) / 10 + treatment.extra),
        madeToOrder: design.code !== "MON",
      })),
    ),
  );
}

function listed(prefix: string) {
  return (entry: (string | number | boolean)[], index: number): Draft => {
    const brand = typeof entry[1] === "string" ? entry[1] : null;
    return {
      sku: `${prefix}-${String(index + 1).padStart(3, "0")}`,
      name: String(entry[0]),
      brand,
      price: Number(brand === null ? entry[1] : entry[2]),
      exempt: entry[2] === true,
    };
  };
}

/** Some of a list, spread over all of it. */
function spaced<T>(list: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, index) => at(list, Math.floor((index * list.length) / count)));
}

function endingIn990(pesos: number): number {
  return Math.max(990, Math.round((pesos - 990) / 1000) * 1000 + 990);
}
