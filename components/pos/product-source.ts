import type { TillProduct } from "@/lib/sales";
import type { Category } from "@/lib/sales/schema";
import type { Reading } from "./multiple";

/** Where a till gets its products from. It remembers what it has seen, so that a known code needs no line. */
export interface ProductSource {
  /** The product with this barcode or SKU, or null. @throws Error without an answer */
  readonly findByCode: (code: string) => Promise<TillProduct | null>;
  /** Products that a text or a category means; best sellers without either. @throws Error without an answer */
  readonly search: (
    question: { q?: string; category?: Category | null },
    signal?: AbortSignal,
  ) => Promise<readonly TillProduct[]>;
  /** These products as they are now, past what is remembered. @throws Error without an answer */
  readonly refresh: (ids: readonly string[]) => Promise<readonly TillProduct[]>;
}

const PATIENCE_MS = 8_000;

export interface FoundProduct {
  readonly product: TillProduct;
  readonly quantity: number;
}

/**
 * The product of the first reading that leads to one, and how often it counts; null when none does.
 *
 * @throws Error when none did and one had no answer
 */
export async function findRead(
  source: Pick<ProductSource, "findByCode">,
  [reading, ...others]: readonly Reading[],
): Promise<FoundProduct | null> {
  if (!reading) return null;
  const product = await source.findByCode(reading.code).catch((error: unknown) => ({ error }));
  if (product && !("error" in product)) return { product, quantity: reading.quantity };
  const found = await findRead(source, others);
  if (!found && product) throw product.error;
  return found;
}

/**
 * What a till knows by its code. Old shops may have one code on two products, as the SKU of one and printed on another, or
 * printed on both in different case. The server puts the meant one first, and the till must not answer otherwise: what came
 * for another reason may be the wrong one of the two, so of such codes only answers to them count.
 */
class KnownCodes {
  /** Each product as it was last seen. */
  readonly #seen = new Map<string, TillProduct>();
  readonly #printed = new Map<string, string>();
  /** Only of products that were the answer to this very code: with tiles or a search its better holder need not come. */
  readonly #skus = new Map<string, string>();

  remember(products: readonly TillProduct[], asked: string | undefined): void {
    const code = asked && keyOf(asked);
    if (code) this.#printed.delete(code);
    for (const product of products) {
      this.#seen.set(product.id, product);
      const key = product.barcode && keyOf(product.barcode);
      if (key && (key === code || isWithoutCase(key))) keepFirst(this.#printed, key, product.id);
    }
    const [meant] = products;
    if (meant && code === keyOf(meant.sku)) this.#skus.set(code, meant.id);
  }

  find(code: string): TillProduct | undefined {
    const key = keyOf(code);
    const printed = this.#seen.get(this.#printed.get(key) ?? "");
    if (printed?.barcode && keyOf(printed.barcode) === key) return printed;
    const named = this.#seen.get(this.#skus.get(key) ?? "");
    return named && keyOf(named.sku) === key ? named : undefined;
  }
}

/** Codes mind no case, on the server either. */
const keyOf = (code: string) => code.toLowerCase();

/** Whether nobody else's code can differ from this one by its case alone. */
const isWithoutCase = (key: string) => key === key.toUpperCase();

function keepFirst(codes: Map<string, string>, code: string, id: string): void {
  if (!codes.has(code)) codes.set(code, id);
}

export function createProductSource(branchId: string): ProductSource {
  const codes = new KnownCodes();
  const ask = async (question: Record<string, string>, signal?: AbortSignal) => {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(`/api/pos/products?${new URLSearchParams({ branchId, ...question })}`, {
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
    });
    if (!response.ok) throw new Error(`products answered ${response.status}`);
    const { products } = (await response.json()) as { products: readonly TillProduct[] };
    codes.remember(products, question["code"]);
    return products;
  };

  return {
    async findByCode(code) {
      const known = codes.find(code);
      if (known) return known;
      const [found] = await ask({ code });
      return found ?? null;
    },
    search: ({ q, category }, signal) => ask({ ...(q && { q }), ...(category && { category }) }, signal),
    refresh: (ids) => (ids.length === 0 ? Promise.resolve([]) : ask({ ids: ids.join(",") })),
  };
}
